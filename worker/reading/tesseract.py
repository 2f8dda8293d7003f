"""Tesseract, for print in the scripts that the first engine does not know.

One thread (OMP_THREAD_LIMIT), since a second one on a busy machine costs far more than it gives;
pictures go over uncompressed, since compressing one costs more than reading it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pytesseract
from PIL import Image

from mailroom.reading import Box
from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.geometry import Picture

SECONDS = 60
NO_INVERSION = "-c invert_threshold=0"
"""What is handed over is dark on white; a line that gave little is not worth reading as light on dark."""

SCRIPT_CODES = {
    "Arabic": "Arab",
    "Armenian": "Armn",
    "Bengali": "Beng",
    "Cyrillic": "Cyrl",
    "Devanagari": "Deva",
    "Ethiopic": "Ethi",
    "Georgian": "Geor",
    "Greek": "Grek",
    "Han": "Hani",
    "Hangul": "Hang",
    "Hebrew": "Hebr",
    "Japanese": "Jpan",
    "Korean": "Hang",
    "Latin": "Latn",
    "Tamil": "Taml",
    "Thai": "Thai",
}


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as Tesseract read it: confidence 0 to 1, the line it belongs to, its box."""

    text: str
    confidence: float
    line: tuple[int, int, int]
    box: Box


@dataclass(frozen=True, slots=True)
class Orientation:
    """What Tesseract takes a picture for: its script, and the clockwise turn that sets it upright."""

    script: str
    script_confidence: float
    rotation: int


class Tesseract:
    """The tesseract command; nothing runs before the first use."""

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"

    @cached_property
    def languages(self) -> frozenset[str]:
        """The installed language data; empty when the command itself is missing."""
        try:
            return frozenset(pytesseract.get_languages())
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError):
            return frozenset()

    def read(self, picture: Picture, languages: tuple[str, ...], layout: int = 6) -> list[PrintedWord]:
        """The words of an upright picture, RGB or grey, in the engine's order.

        ``layout`` is Tesseract's page segmentation mode. Raises LanguageMissingError when none of
        the languages is installed, EngineError when the engine fails or takes over a minute.
        """
        known = [language for language in languages if language in self.languages]
        if not known:
            wanted = ", ".join(f"tesseract-ocr-{language}" for language in languages)
            raise LanguageMissingError(f"no Tesseract data for this script: install one of {wanted}")
        config = f"--psm {layout} {NO_INVERSION}"
        table = _run(pytesseract.image_to_data, picture, lang="+".join(known), config=config)
        rows = zip(*(table[key] for key in _COLUMNS), strict=True)
        return [_word(*row) for row in rows if row[0].strip() and float(row[1]) >= 0]

    def orientation(self, picture: Picture) -> Orientation | None:
        """Script and direction by Tesseract's own detector; None when it cannot tell or is missing."""
        if "osd" not in self.languages:
            return None
        try:
            found = _run(pytesseract.image_to_osd, picture, config="--psm 0 -c min_characters_to_try=8")
        except EngineError:
            return None
        script = SCRIPT_CODES.get(re.sub(r"_.*", "", found["script"]))
        if script is None:
            return None
        return Orientation(script, float(found["script_conf"]), int(found["rotate"]))


_COLUMNS = (
    "text",
    "conf",
    "block_num",
    "par_num",
    "line_num",
    "left",
    "top",
    "width",
    "height",
)


def _word(  # noqa: PLR0917
    text: str, conf: float, block: int, par: int, line: int, left: int, top: int, width: int, height: int
) -> PrintedWord:
    box = (left, top, left + width, top + height)
    return PrintedWord(text.strip(), float(conf) / 100, (block, par, line), box)


def _run(ask: Callable[..., Any], picture: Picture, **options: str) -> dict[str, Any]:
    handed = Image.fromarray(np.ascontiguousarray(picture))
    handed.format = "PPM"
    try:
        found: dict[str, Any] = ask(handed, output_type=pytesseract.Output.DICT, timeout=SECONDS, **options)
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise EngineError(f"tesseract failed: {error}") from error
    return found
