"""Which language a text is in, by lingua.

Its small models (three letters at a time) take 60 MB for all languages; the full ones take a
gigabyte and seconds to load.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lingua import LanguageDetector, LanguageDetectorBuilder

FEWEST_LETTERS = 12
LEAST_SURE = 0.35
HINT_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (ISO 639-3) and how likely it is among all that were considered (0 to 1)."""

    language: str
    confidence: float


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()


def warm_up() -> None:
    """Load the models now rather than at the first card."""
    guess_language("Dear friend, a warm greeting to you", ())


def guess_language(text: str, hints: tuple[str, ...]) -> Guess | None:
    """The likeliest language of a text; None when it has too few letters or none stands out.

    ``hints`` (ISO 639-3) count three times as likely beforehand: a case's own languages.
    """
    letters = sum(unicodedata.category(character).startswith("L") for character in text)
    wide = sum(ord(character) >= 0x3000 for character in text)
    if letters + 3 * wide < FEWEST_LETTERS:
        return None
    values = _detector().compute_language_confidence_values(text)
    weights = {item.language.iso_code_639_3.name.lower(): item.value for item in values if item.value > 0}
    weighted = {code: value * (HINT_WEIGHT if code in hints else 1.0) for code, value in weights.items()}
    total = sum(weighted.values())
    if not total:
        return None
    best = max(weighted, key=lambda code: weighted[code])
    share = weighted[best] / total
    return Guess(best, share) if share >= LEAST_SURE else None
