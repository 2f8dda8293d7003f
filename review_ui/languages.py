"""Languages as people and browsers name them; cards carry ISO 639-3 codes."""

from __future__ import annotations

# ISO 639-3 code: the tag that browsers know (BCP 47), the English name.
_LANGUAGES = {
    "amh": ("am", "Amharic"),
    "ara": ("ar", "Arabic"),
    "aze": ("az", "Azerbaijani"),
    "bel": ("be", "Belarusian"),
    "ben": ("bn", "Bengali"),
    "bod": ("bo", "Tibetan"),
    "bul": ("bg", "Bulgarian"),
    "cat": ("ca", "Catalan"),
    "ces": ("cs", "Czech"),
    "cym": ("cy", "Welsh"),
    "dan": ("da", "Danish"),
    "deu": ("de", "German"),
    "ell": ("el", "Greek"),
    "eng": ("en", "English"),
    "epo": ("eo", "Esperanto"),
    "est": ("et", "Estonian"),
    "eus": ("eu", "Basque"),
    "fas": ("fa", "Persian"),
    "fin": ("fi", "Finnish"),
    "fra": ("fr", "French"),
    "gle": ("ga", "Irish"),
    "guj": ("gu", "Gujarati"),
    "heb": ("he", "Hebrew"),
    "hin": ("hi", "Hindi"),
    "hrv": ("hr", "Croatian"),
    "hun": ("hu", "Hungarian"),
    "hye": ("hy", "Armenian"),
    "ind": ("id", "Indonesian"),
    "isl": ("is", "Icelandic"),
    "ita": ("it", "Italian"),
    "jpn": ("ja", "Japanese"),
    "kan": ("kn", "Kannada"),
    "kat": ("ka", "Georgian"),
    "kaz": ("kk", "Kazakh"),
    "khm": ("km", "Khmer"),
    "kir": ("ky", "Kirghiz"),
    "kor": ("ko", "Korean"),
    "lao": ("lo", "Lao"),
    "lav": ("lv", "Latvian"),
    "lit": ("lt", "Lithuanian"),
    "mal": ("ml", "Malayalam"),
    "mar": ("mr", "Marathi"),
    "mkd": ("mk", "Macedonian"),
    "mon": ("mn", "Mongolian"),
    "mya": ("my", "Burmese"),
    "nld": ("nl", "Dutch"),
    "nob": ("nb", "Norwegian"),
    "pan": ("pa", "Punjabi"),
    "pol": ("pl", "Polish"),
    "por": ("pt", "Portuguese"),
    "pus": ("ps", "Pashto"),
    "ron": ("ro", "Romanian"),
    "rus": ("ru", "Russian"),
    "sin": ("si", "Sinhala"),
    "slk": ("sk", "Slovak"),
    "slv": ("sl", "Slovene"),
    "spa": ("es", "Spanish"),
    "sqi": ("sq", "Albanian"),
    "srp": ("sr", "Serbian"),
    "swa": ("sw", "Swahili"),
    "swe": ("sv", "Swedish"),
    "tam": ("ta", "Tamil"),
    "tel": ("te", "Telugu"),
    "tgk": ("tg", "Tajik"),
    "tgl": ("tl", "Tagalog"),
    "tha": ("th", "Thai"),
    "tur": ("tr", "Turkish"),
    "ukr": ("uk", "Ukrainian"),
    "urd": ("ur", "Urdu"),
    "uzb": ("uz", "Uzbek"),
    "vie": ("vi", "Vietnamese"),
    "zho": ("zh", "Chinese"),
}


def choices() -> list[tuple[str, str]]:
    """The codes of all languages with their names, by name."""
    return sorted(((code, name) for code, (_, name) in _LANGUAGES.items()), key=lambda pair: pair[1])


def name_of(code: str | None) -> str:
    """The English name of a language; the code itself where we have no name for it."""
    if code is None:
        return "language unknown"
    return _LANGUAGES[code][1] if code in _LANGUAGES else code


def tag_of(code: str | None) -> str:
    """The tag for an HTML ``lang`` attribute; ``und`` for an unknown language."""
    if code is None:
        return "und"
    return _LANGUAGES[code][0] if code in _LANGUAGES else code
