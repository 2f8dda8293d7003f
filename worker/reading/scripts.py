"""Scripts: of characters, of texts, and which engine data reads which."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

UNKNOWN = "Zyyy"

NAMED = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "HANGUL": "Hang",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "ETHIOPIC": "Ethi",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "TIBETAN": "Tibt",
}
"""ISO 15924 codes by the first word of a character's Unicode name."""

SCRIPT_OF_LANGUAGE = {
    **dict.fromkeys(("rus", "ukr", "bel", "bul", "mkd", "srp", "kaz", "kir", "mon", "tgk"), "Cyrl"),
    **dict.fromkeys(("ara", "fas", "urd", "pus", "ckb", "uig"), "Arab"),
    **dict.fromkeys(("heb", "yid"), "Hebr"),
    **dict.fromkeys(("hin", "mar", "nep"), "Deva"),
    "ell": "Grek",
    "ben": "Beng",
    "tam": "Taml",
    "tha": "Thai",
    "kor": "Hang",
    "hye": "Armn",
    "kat": "Geor",
    "amh": "Ethi",
    "tir": "Ethi",
    "zho": "Hani",
    "jpn": "Jpan",
    "pan": "Guru",
    "guj": "Gujr",
    "tel": "Telu",
    "kan": "Knda",
    "mal": "Mlym",
    "sin": "Sinh",
    "mya": "Mymr",
    "khm": "Khmr",
    "lao": "Laoo",
    "bod": "Tibt",
}

TESSERACT_DATA = {
    "Cyrl": ("rus", "ukr", "bel"),
    "Arab": ("ara", "fas"),
    "Hebr": ("heb",),
    "Deva": ("hin",),
    "Beng": ("ben",),
    "Taml": ("tam",),
    "Thai": ("tha",),
    "Hang": ("kor",),
    "Armn": ("hye",),
    "Geor": ("kat",),
    "Ethi": ("amh",),
    "Grek": ("ell",),
    "Guru": ("pan",),
    "Gujr": ("guj",),
    "Telu": ("tel",),
    "Knda": ("kan",),
    "Mlym": ("mal",),
    "Sinh": ("sin",),
    "Mymr": ("mya",),
    "Khmr": ("khm",),
}
"""The Tesseract data for each script that PP-OCR cannot read."""

KINDRED_DATA = {"Cyrl": ("bul", "srp", "mkd", "kaz", "mon", "kir", "tgk"), "Arab": ("urd", "pus")}
"""Data for further languages of a script: tried where a text speaks for one of them."""


def data_for(script: str) -> tuple[str, ...]:
    """The languages (ISO 639-3) whose Tesseract data reads a script, the common ones first."""
    return TESSERACT_DATA.get(script, ()) + KINDRED_DATA.get(script, ())


PRINT_ALONE = frozenset({"Guru", "Gujr", "Telu", "Knda", "Mlym", "Sinh", "Mymr", "Khmr", "Laoo", "Tibt"})
"""Scripts of which the wider guesser alone knows the look, and that of print: a hand looks like another."""

RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})


@lru_cache(maxsize=4096)
def script_of_character(character: str) -> str | None:
    """The ISO 15924 script of a letter; None for digits, marks, punctuation and symbols."""
    if not unicodedata.category(character).startswith("L"):
        return None
    return NAMED.get(unicodedata.name(character, "").split(" ")[0].split("-")[0])


def script_of(text: str) -> str:
    """The script most letters of a text belong to; ``Zyyy`` without letters.

    Chinese characters among kana are Japanese.
    """
    counts = Counter(script for script in map(script_of_character, text) if script)
    if not counts:
        return UNKNOWN
    if counts["Jpan"] * 10 > counts["Hani"] > 0:
        counts["Jpan"] += counts.pop("Hani")
    return counts.most_common(1)[0][0]


def only_language_of(script: str) -> str | None:
    """The language (ISO 639-3) that a script is written in, where that is but one of those known here."""
    written = [language for language, used in SCRIPT_OF_LANGUAGE.items() if used == script]
    return written[0] if len(written) == 1 else None


def scripts_of(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The scripts that some languages (ISO 639-3) are written in, without repeats."""
    return tuple(dict.fromkeys(SCRIPT_OF_LANGUAGE.get(language, "Latn") for language in languages))
