"""Tesseract's own script detector, for lines whose looks say little.

It is asked so seldom that the command does: ten megabytes of data need not stay for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pytesseract
from PIL import Image

from worker.reading.geometry import Picture

# As a rule it takes a quarter of one.
SECONDS = 10
ENOUGH = "--psm 0 -c min_characters_to_try=8"

SCRIPT_CODES = {
    "Arabic": "Arab",
    "Armenian": "Armn",
    "Bengali": "Beng",
    "Cyrillic": "Cyrl",
    "Devanagari": "Deva",
    "Ethiopic": "Ethi",
    "Georgian": "Geor",
    "Greek": "Grek",
    "Gujarati": "Gujr",
    "Gurmukhi": "Guru",
    "Han": "Hani",
    "Hangul": "Hang",
    "Hebrew": "Hebr",
    "Japanese": "Jpan",
    "Kannada": "Knda",
    "Khmer": "Khmr",
    "Korean": "Hang",
    "Latin": "Latn",
    "Malayalam": "Mlym",
    "Myanmar": "Mymr",
    "Sinhala": "Sinh",
    "Tamil": "Taml",
    "Telugu": "Telu",
    "Thai": "Thai",
}


@dataclass(frozen=True, slots=True)
class Orientation:
    """What Tesseract takes a picture for: its script, and the clockwise turn that sets it upright."""

    script: str
    rotation: int


def orientation(picture: Picture) -> Orientation | None:
    """Script and direction of a picture, RGB or grey; None when the command cannot tell or is not there."""
    handed = Image.fromarray(np.ascontiguousarray(picture))
    # Uncompressed: compressing one costs more than looking at it.
    handed.format = "PPM"
    try:
        found = pytesseract.image_to_osd(
            handed, config=ENOUGH, output_type=pytesseract.Output.DICT, timeout=SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return None
    script = SCRIPT_CODES.get(re.sub(r"_.*", "", found["script"]))
    if script is None:
        return None
    return Orientation(script, int(found["rotate"]))
