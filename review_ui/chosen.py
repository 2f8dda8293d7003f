"""The languages and scripts that a person at the desk wants to see, until they sign out."""

from __future__ import annotations

import re
from collections.abc import Collection

from flask import session

from review_ui import languages, scripts

CODES_MOST = 100
_NAME = "writings"
_LANGUAGE = re.compile(r"[a-z]{3}")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")


def codes() -> list[str]:
    """The codes of the languages and scripts; none for all cards."""
    return list(session.get(_NAME, []))


def choose(wanted: Collection[str]) -> None:
    """Show cards in these from now on; all cards if there are none."""
    known = {code for code in wanted if _LANGUAGE.fullmatch(code) or _SCRIPT.fullmatch(code)}
    session[_NAME] = sorted(known)[:CODES_MOST]


def is_script(code: str) -> bool:
    """Whether a code is that of a script and not of a language."""
    return _SCRIPT.fullmatch(code) is not None


def name_of(code: str) -> str:
    """A language, or a script in which something is unread, in words."""
    if not is_script(code):
        return languages.name_of(code)
    return f"unread {scripts.name_of(code) or code} script"
