"""Which language a plain text is in, where no reader has said so.

Script decides where it can; among languages that share a script, lingua does, restricted to the
languages that cards are written in.
"""

from __future__ import annotations

from functools import cache

from lingua import IsoCode639_3, LanguageDetector, LanguageDetectorBuilder

from worker.screening.words.letters import alphabet

LETTERS_MIN = 6
SURE_FROM = 0.35
ALSO_FROM = 0.15
CODES = [
    "eng",
    "fra",
    "spa",
    "deu",
    "ita",
    "por",
    "nld",
    "pol",
    "rus",
    "ukr",
    "ara",
    "fas",
    "tur",
    "zho",
    "jpn",
    "hin",
    "kor",
    "ell",
    "ces",
    "swe",
    "dan",
    "nob",
    "fin",
    "ron",
    "hun",
    "cat",
    "bel",
    "bul",
    "heb",
    "vie",
    "ind",
    "srp",
    "hrv",
    "slk",
]
_KIN = (
    frozenset({"ara", "fas", "urd"}),
    frozenset({"rus", "ukr", "bel", "bul", "srp"}),
    frozenset({"spa", "por", "cat", "ita"}),
    frozenset({"dan", "nob", "swe"}),
    frozenset({"ces", "slk"}),
    frozenset({"hrv", "srp"}),
    frozenset({"deu", "nld"}),
)
# By the names of ``letters.alphabet``; Latin is what every other language is written in.
_IN_ALPHABET = {
    "L": frozenset({"eng"}),
    "C": frozenset({"rus", "ukr", "bel", "bul", "mkd", "srp"}),
    "G": frozenset({"ell"}),
    "A": frozenset({"ara", "fas", "urd"}),
    "H": frozenset({"zho", "jpn", "tha"}),
    "o": frozenset({"hin", "kor", "heb"}),
}


def with_kin(languages: frozenset[str]) -> frozenset[str]:
    """The languages (ISO 639-3) and those that a short text of theirs may be taken for."""
    return languages.union(*(kin for kin in _KIN if kin & languages))


def with_other_scripts(languages: frozenset[str], text: str) -> frozenset[str]:
    """The languages, and those that words in another script than theirs are likely in; of Latin, English.

    An empty set, which means any language, stays empty.
    """
    if not languages:
        return languages
    others = {alphabet(char) for char in set(text) if char.isalpha()} - alphabets_of(languages)
    return languages.union(*(_IN_ALPHABET.get(other, frozenset()) for other in others))


def alphabets_of(languages: frozenset[str]) -> frozenset[str]:
    """What the languages are written in, by the names of ``letters.alphabet``."""
    own = (name for name, written in _IN_ALPHABET.items() if languages & written)
    return frozenset(own) or frozenset({"L"})


def detect(text: str) -> tuple[str | None, frozenset[str]]:
    """The language (ISO 639-3, None if unsure) and all that the text may well be in."""
    if sum(char.isalpha() for char in text) < LETTERS_MIN:
        return None, frozenset()
    values = _detector().compute_language_confidence_values(text)
    ranked = [(value.language.iso_code_639_3.name.lower(), value.value) for value in values]
    likely = frozenset(code for code, value in ranked if value >= ALSO_FROM)
    code, value = ranked[0]
    return (code if value >= SURE_FROM else None), likely


@cache
def _detector() -> LanguageDetector:
    wanted = [getattr(IsoCode639_3, code.upper()) for code in CODES]
    return LanguageDetectorBuilder.from_iso_codes_639_3(*wanted).with_low_accuracy_mode().build()
