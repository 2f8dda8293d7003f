"""Which language a text is in, by lingua.

Its small models (three letters at a time) take 60 MB for all languages; the full ones take a
gigabyte and seconds to load.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

FEWEST_LETTERS = 12
LEAST_SURE = 0.35
HINT_WEIGHT = 3.0

READ = """
    afr ara bel ben bul cat ces cym dan deu ell eng est eus fas fin fra gle heb hin hrv hun hye ind isl
    ita jpn kat kaz kor lav lit mar mkd mon nld nob pol por ron rus slk slv spa sqi srp swa swe tam tgl tha
    tur ukr urd vie zho
"""
"""ISO 639-3 codes of the languages told apart; dead ones and close kin only mislead on doubtful text."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language (ISO 639-3) and how likely it is among all that were considered (0 to 1)."""

    language: str
    confidence: float


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    known = [
        language for language in Language.all() if language.iso_code_639_3.name.lower() in READ.split()
    ]
    return LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()


def warm_up() -> None:
    """Load the models now rather than at the first card."""
    guess_language("Dear friend, a warm greeting to you", ())


def guess_language(
    text: str, hints: tuple[str, ...], among: tuple[str, ...] | None = None
) -> LanguageGuess | None:
    """The likeliest language of a text; None when it has too few letters or none stands out.

    ``hints`` (ISO 639-3) count three times as likely beforehand: a case's own languages.
    ``among`` leaves only those to choose from.
    """
    weighted = _weighted(text, hints, among)
    total = sum(weighted.values())
    if not total:
        return None
    best = max(weighted, key=lambda code: weighted[code])
    share = weighted[best] / total
    return LanguageGuess(best, share) if share >= LEAST_SURE else None


def likely_languages(text: str, hints: tuple[str, ...], count: int) -> list[str]:
    """The likeliest languages of a text, best first, however unsure; fewer where few come into question."""
    weighted = _weighted(text, hints, None)
    return sorted(weighted, key=lambda code: -weighted[code])[:count]


def _weighted(text: str, hints: tuple[str, ...], among: tuple[str, ...] | None) -> dict[str, float]:
    letters = sum(unicodedata.category(character).startswith("L") for character in text)
    wide = sum(ord(character) >= 0x3000 for character in text)
    if letters + 3 * wide < FEWEST_LETTERS:
        return {}
    values = _detector().compute_language_confidence_values(text)
    weights = {item.language.iso_code_639_3.name.lower(): item.value for item in values if item.value > 0}
    if among:
        weights = {code: value for code, value in weights.items() if code in among}
    return {code: value * (HINT_WEIGHT if code in hints else 1.0) for code, value in weights.items()}
