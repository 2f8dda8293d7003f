"""Scripts as people name them, and who may read them; readings carry ISO 15924 codes."""

from __future__ import annotations

# ISO 15924 code: the English name, the languages that a card in it is likely to be in.
_SCRIPTS = {
    "Arab": ("Arabic", "Arabic, Persian or Urdu"),
    "Armn": ("Armenian", "Armenian"),
    "Beng": ("Bengali", "Bengali"),
    "Cyrl": ("Cyrillic", "Russian, Ukrainian, Belarusian, Bulgarian or Serbian"),
    "Deva": ("Devanagari", "Hindi, Marathi or Nepali"),
    "Ethi": ("Ethiopic", "Amharic or Tigrinya"),
    "Geor": ("Georgian", "Georgian"),
    "Grek": ("Greek", "Greek"),
    "Gujr": ("Gujarati", "Gujarati"),
    "Guru": ("Gurmukhi", "Punjabi"),
    "Hang": ("Korean", "Korean"),
    "Hani": ("Chinese", "Chinese or Japanese"),
    "Hebr": ("Hebrew", "Hebrew or Yiddish"),
    "Jpan": ("Japanese", "Japanese"),
    "Khmr": ("Khmer", "Khmer"),
    "Knda": ("Kannada", "Kannada"),
    "Laoo": ("Lao", "Lao"),
    "Latn": ("Latin", ""),
    "Mlym": ("Malayalam", "Malayalam"),
    "Mymr": ("Burmese", "Burmese"),
    "Sinh": ("Sinhala", "Sinhala"),
    "Taml": ("Tamil", "Tamil"),
    "Telu": ("Telugu", "Telugu"),
    "Thai": ("Thai", "Thai"),
    "Tibt": ("Tibetan", "Tibetan or Dzongkha"),
    "Zyyy": ("unknown", ""),
}


def name_of(code: str | None) -> str:
    """The English name of a script; empty where it is not known."""
    return _SCRIPTS[code][0] if code in _SCRIPTS else ""


def likely_languages(code: str | None) -> str:
    """The languages in which a card in this script is likely to be; empty where that says nothing."""
    return _SCRIPTS[code][1] if code in _SCRIPTS else ""
