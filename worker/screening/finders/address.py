"""Post codes with their town, by the patterns of countries in ``packs/data/post_codes.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject

FILE = Path(__file__).parent.parent / "packs" / "data" / "post_codes.yaml"
_REASON = "It gives a postal address or a post code."
_SIGNS = {
    "9": r"\d",
    "A": r"[A-Z]",
    "W": r"[^\W\d_]{2,}",
    "T": r"[A-ZÀ-ÞĀ-ŽА-ЯҐЄІЇ][^\W\d_]{2,}",
    " ": r"[\s,]{0,2}",
}


def find_post_codes(subject: Subject) -> Iterable[Match]:
    """Post codes as they stand in addresses."""
    for match in _pattern().finditer(subject.text):
        yield Match(
            Label.SENDER_DATA, "sender_data.post_code", Severity.LOOK, _REASON, match.start(), match.end()
        )


@cache
def _pattern() -> re.Pattern[str]:
    templates = yaml.safe_load(FILE.read_text(encoding="utf-8"))["templates"]
    return re.compile("|".join(rf"(?<![\w-]){_regex(template)}(?![\w-])" for template in templates))


def _regex(template: str) -> str:
    return "".join(_SIGNS.get(sign, re.escape(sign)) for sign in template)
