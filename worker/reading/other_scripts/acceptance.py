"""What a reading by Tesseract scores as print in a script, and which score is enough.

Tesseract reads anything as the script it is told, so the score alone says whether the lines are in it.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from worker.reading.geometry import width
from worker.reading.lines import ReadLine, text_of_lines
from worker.reading.scripts import data_for, script_of_character
from worker.reading.text.listed import is_spelt

ACCEPTED_FROM = {
    "Arab": 0.72,
    "Deva": 0.72,
    "Grek": 0.70,
    "Thai": 0.86,
    "Guru": 0.76,
    "Khmr": 0.60,
}
"""Scores between those of a script's own print and of any other, where these are not the common ones.

Measured on print by fonts: docs/decisions/0102, 0112 and 0126. Thai data likes everything.
"""
ACCEPTED_FROM_ELSE = 0.80
"""The common one: the right script scored 0.84 to 0.96 and a wrong one 0.79 at most."""

LOOK_ALIKES = {"Laoo": "Thai"}
"""Scripts that no data reads, which Tesseract reads as another: Lao scores 0.88 as Thai, Thai 0.94."""
ACCEPTED_FROM_BESIDE_LOOK_ALIKE = 0.90

SPELT = 0.1
"""So much less is enough where words speak for it; hands whose words do score at least 0.17 too little."""


def score_of(lines: list[ReadLine], script: str) -> float:
    """Mean confidence over characters, times the share of letters that belong to the script (0 to 1).

    Lines that gave nothing lower it by their share of the length.
    """
    marks = [glyph for line in lines for glyph in line.glyphs if not glyph.text.isspace()]
    letters = [found for found in (script_of_character(glyph.text) for glyph in marks) if found]
    if not letters:
        return 0.0
    confidence = float(np.mean([glyph.confidence for glyph in marks]))
    length = sum(width(line.quad) for line in lines)
    read = sum(width(line.quad) for line in lines if line.letters)
    return confidence * read / length * sum(found == script for found in letters) / len(letters)


def is_accepted(
    lines: list[ReadLine], score: float, script: str, in_question: Collection[str] = ()
) -> bool:
    """Whether a reading with that score is taken for its script: by the score, or by its words as well."""
    enough = accepted_from(script, in_question)
    if score >= enough or score < enough - SPELT:
        return score >= enough
    return is_spelt(text_of_lines(lines), data_for(script))


def accepted_from(script: str, in_question: Collection[str] = ()) -> float:
    """The score from which a reading in a script is taken for that script.

    It is higher where a look-alike of it that has no data is ``in_question``.
    """
    if any(LOOK_ALIKES.get(other) == script for other in in_question):
        return ACCEPTED_FROM_BESIDE_LOOK_ALIKE
    return ACCEPTED_FROM.get(script, ACCEPTED_FROM_ELSE)
