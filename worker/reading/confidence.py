"""How sure a reading is: the chance that its character error rate is under 0.15.

Engines are too sure of themselves. A logistic curve over what can be seen without the truth, fitted
on pages of known text by different hands (docs/reading-measured.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

CENTRE = 0.905
STEEPNESS = 60.0
PRINT_STEEPNESS = 45.0
LINE_STEEPNESS = 40.0
# A text that is clearly of no language is less sure by this.
NO_LANGUAGE = 0.02


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a reading, each from 0 to 1.

    ``sureness`` is the engine's mean over characters, ``density`` how many letters came of the
    lines' length (1: as many as writing has), ``language`` how clearly the text is of a language.
    """

    sureness: float
    density: float
    language: float


def calibrated(evidence: Evidence) -> float:
    """The chance (0 to 1) of a character error rate under 0.15; rises with each piece of evidence."""
    effective = evidence.sureness - NO_LANGUAGE * (1 - evidence.language)
    chance = _logistic(STEEPNESS * (effective - CENTRE))
    return round(chance * min(1.0, max(0.0, evidence.density)), 3)


def calibrated_print(lead: float) -> float:
    """The same chance for a reading by Tesseract, from how far its score lies above the accepted one."""
    return round(_logistic(PRINT_STEEPNESS * lead), 3)


def line_confidence(sureness: float, side: float) -> float:
    """How sure one line is, kept within what its side allows."""
    own = _logistic(LINE_STEEPNESS * (sureness - CENTRE))
    return round(min(own, 0.5 + side / 2), 3)


def _logistic(odds: float) -> float:
    """The chance (0 to 1) that some log odds stand for."""
    return 1 / (1 + math.exp(-odds))
