"""Which faces there are: npm packages of handwriting, files of the system's print fonts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceEntry:
    """A face: its ISO 15924 scripts, whether letters join, and where its files are.

    ``em`` is the em as a part of the line pitch; None derives it from the x-height, times
    ``scale`` for faces with small letters between tall ones. ``weight`` is in
    pixels at a pitch of 60, and thickens the stroke to that of a real pen.
    """

    scripts: tuple[str, ...]
    joined: bool = True
    em: float | None = None
    scale: float = 1.0
    weight: float = 0.0
    files: tuple[str, ...] = ()


_LATIN = ("Latn",)
_BOTH = ("Latn", "Cyrl")

# Keys are names of @fontsource packages.
HANDS: dict[str, FaceEntry] = {
    "caveat": FaceEntry(_BOTH),
    "dancing-script": FaceEntry(_LATIN),
    "patrick-hand": FaceEntry(_LATIN, joined=False),
    "indie-flower": FaceEntry(_LATIN, joined=False),
    "shadows-into-light": FaceEntry(_LATIN, joined=False, scale=1.3),
    "reenie-beanie": FaceEntry(_LATIN, joined=False, scale=1.15, weight=0.3),
    "cedarville-cursive": FaceEntry(_LATIN),
    "nothing-you-could-do": FaceEntry(_LATIN),
    "handlee": FaceEntry(_LATIN, joined=False),
    "la-belle-aurore": FaceEntry(_LATIN, scale=1.15, weight=0.1),
    "playwrite-fr-moderne": FaceEntry(_LATIN),
    "over-the-rainbow": FaceEntry(_LATIN, joined=False, scale=1.35),
    "gloria-hallelujah": FaceEntry(_LATIN, joined=False),
    "zeyada": FaceEntry(_LATIN, scale=1.2, weight=0.1),
    "sue-ellen-francisco": FaceEntry(_LATIN, joined=False, scale=1.15),
    "marck-script": FaceEntry(_BOTH),
    "bad-script": FaceEntry(_BOTH, scale=1.1),
    "neucha": FaceEntry(_BOTH, joined=False, scale=1.1),
    "kalam": FaceEntry(("Latn", "Deva")),
    "mali": FaceEntry(("Thai",), joined=True),
    "nanum-pen-script": FaceEntry(("Kore",), joined=False, em=0.95),
    "gaegu": FaceEntry(("Kore",), joined=False, em=0.85),
    "ma-shan-zheng": FaceEntry(("Hans",), joined=False, em=0.8),
    "long-cang": FaceEntry(("Hans",), joined=False, em=0.85),
    "klee-one": FaceEntry(("Jpan",), joined=False, em=0.68),
    "yomogi": FaceEntry(("Jpan",), joined=False, em=0.68),
    "aref-ruqaa": FaceEntry(("Arab",), em=0.72),
    "gulzar": FaceEntry(("Arab",), em=0.55),
}


def _print(scripts: str, *files: str, em: float | None = None) -> FaceEntry:
    plain = tuple(file if "." in file else f"{file}-Regular.ttf" for file in files)
    return FaceEntry(tuple(scripts.split()), em=em, files=(*plain, "NotoSans-Regular.ttf"))


def _cjk(script: str, style: str, index: int) -> FaceEntry:
    return FaceEntry((script,), em=0.66, files=(f"Noto{style}CJK-Regular.ttc#{index}",))


# Keys are our own names; an entry without files comes from npm like the handwriting.
PRINTS: dict[str, FaceEntry] = {
    "courier-prime": FaceEntry(_LATIN),
    "noto-sans": _print("Latn Cyrl Grek", "NotoSans"),
    "noto-serif": _print("Latn Cyrl Grek", "NotoSerif"),
    "liberation-serif": _print("Latn Cyrl Grek", "LiberationSerif"),
    "liberation-sans": _print("Latn Cyrl Grek", "LiberationSans"),
    "liberation-mono": _print("Latn Cyrl", "LiberationMono"),
    "noto-naskh": _print("Arab", "NotoNaskhArabic", em=0.58),
    "noto-sans-arabic": _print("Arab", "NotoSansArabic", em=0.55),
    "noto-sans-hebrew": _print("Hebr", "NotoSansHebrew", em=0.6),
    "noto-serif-hebrew": _print("Hebr", "NotoSerifHebrew", em=0.6),
    "noto-sans-devanagari": _print("Deva", "NotoSansDevanagari", em=0.6),
    "noto-serif-devanagari": _print("Deva", "NotoSerifDevanagari", em=0.6),
    "noto-sans-thai": _print("Thai", "NotoSansThai", em=0.55),
    "noto-looped-thai": _print("Thai", "NotoLoopedThai", em=0.55),
    "noto-sans-armenian": _print("Armn", "NotoSansArmenian", em=0.58),
    "noto-serif-armenian": _print("Armn", "NotoSerifArmenian", em=0.58),
    "noto-sans-georgian": _print("Geor", "NotoSansGeorgian", em=0.58),
    "noto-serif-georgian": _print("Geor", "NotoSerifGeorgian", em=0.58),
    "noto-sans-ethiopic": _print("Ethi", "NotoSansEthiopic", em=0.6),
    "noto-serif-ethiopic": _print("Ethi", "NotoSerifEthiopic", em=0.6),
    "noto-sans-bengali": _print("Beng", "NotoSansBengali", em=0.6),
    "noto-serif-bengali": _print("Beng", "NotoSerifBengali", em=0.6),
    "noto-sans-tamil": _print("Taml", "NotoSansTamil", em=0.55),
    "noto-serif-tamil": _print("Taml", "NotoSerifTamil", em=0.55),
    "noto-sans-korean": _cjk("Kore", "Sans", 1),
    "noto-serif-korean": _cjk("Kore", "Serif", 1),
    "noto-sans-chinese": _cjk("Hans", "Sans", 2),
    "noto-serif-chinese": _cjk("Hans", "Serif", 2),
    "noto-sans-japanese": _cjk("Jpan", "Sans", 0),
    "noto-serif-japanese": _cjk("Jpan", "Serif", 0),
    "noto-sans-gurmukhi": _print("Guru", "NotoSansGurmukhi", em=0.6),
    "noto-serif-gurmukhi": _print("Guru", "NotoSerifGurmukhi", em=0.6),
    "noto-sans-gujarati": _print("Gujr", "NotoSansGujarati", em=0.6),
    "noto-serif-gujarati": _print("Gujr", "NotoSerifGujarati", em=0.6),
    "noto-sans-telugu": _print("Telu", "NotoSansTelugu", em=0.55),
    "noto-serif-telugu": _print("Telu", "NotoSerifTelugu", em=0.55),
    "noto-sans-kannada": _print("Knda", "NotoSansKannada", em=0.55),
    "noto-serif-kannada": _print("Knda", "NotoSerifKannada", em=0.55),
    "noto-sans-malayalam": _print("Mlym", "NotoSansMalayalam", em=0.55),
    "noto-serif-malayalam": _print("Mlym", "NotoSerifMalayalam", em=0.55),
    "noto-sans-sinhala": _print("Sinh", "NotoSansSinhala", em=0.55),
    "noto-serif-sinhala": _print("Sinh", "NotoSerifSinhala", em=0.55),
    "noto-sans-myanmar": _print("Mymr", "NotoSansMyanmar", em=0.5),
    "noto-serif-myanmar": _print("Mymr", "NotoSerifMyanmar", em=0.5),
    "noto-sans-khmer": _print("Khmr", "NotoSansKhmer", em=0.5),
    "noto-serif-khmer": _print("Khmr", "NotoSerifKhmer", em=0.5),
    "noto-sans-lao": _print("Laoo", "NotoSansLao", em=0.55),
    "noto-serif-lao": _print("Laoo", "NotoSerifLao", em=0.55),
    "noto-serif-tibetan": _print("Tibt", "NotoSerifTibetan", em=0.55),
}

# Further print that no card is drawn in: what tells scripts apart learns from it too.
SPARE: dict[str, FaceEntry] = {
    "noto-kufi": _print("Arab", "NotoKufiArabic", em=0.55),
    "noto-nastaliq": _print("Arab", "NotoNastaliqUrdu", em=0.45),
    "noto-sans-arabic-bold": _print("Arab", "NotoSansArabic-Bold.ttf", em=0.55),
    "noto-sans-hebrew-bold": _print("Hebr", "NotoSansHebrew-Bold.ttf", em=0.6),
    "noto-sans-devanagari-bold": _print("Deva", "NotoSansDevanagari-Bold.ttf", em=0.6),
    "noto-serif-thai": _print("Thai", "NotoSerifThai", em=0.55),
    "noto-sans-armenian-bold": _print("Armn", "NotoSansArmenian-Bold.ttf", em=0.58),
    "noto-sans-georgian-bold": _print("Geor", "NotoSansGeorgian-Bold.ttf", em=0.58),
    "noto-sans-ethiopic-bold": _print("Ethi", "NotoSansEthiopic-Bold.ttf", em=0.6),
    "noto-sans-bengali-bold": _print("Beng", "NotoSansBengali-Bold.ttf", em=0.6),
    "noto-serif-tamil-slanted": _print("Taml", "NotoSerifTamilSlanted", em=0.55),
    "noto-serif-italic": _print("Latn Cyrl Grek", "NotoSerif-Italic.ttf"),
    "noto-sans-bold": _print("Latn Cyrl Grek", "NotoSans-Bold.ttf"),
    "liberation-sans-italic": _print("Latn Cyrl Grek", "LiberationSans-Italic.ttf"),
    "noto-sans-gurmukhi-bold": _print("Guru", "NotoSansGurmukhi-Bold.ttf", em=0.6),
    "noto-sans-gujarati-bold": _print("Gujr", "NotoSansGujarati-Bold.ttf", em=0.6),
    "noto-sans-telugu-bold": _print("Telu", "NotoSansTelugu-Bold.ttf", em=0.55),
    "noto-sans-kannada-bold": _print("Knda", "NotoSansKannada-Bold.ttf", em=0.55),
    "noto-sans-malayalam-bold": _print("Mlym", "NotoSansMalayalam-Bold.ttf", em=0.55),
    "noto-sans-sinhala-bold": _print("Sinh", "NotoSansSinhala-Bold.ttf", em=0.55),
    "noto-sans-myanmar-bold": _print("Mymr", "NotoSansMyanmar-Bold.ttf", em=0.5),
    "noto-sans-khmer-bold": _print("Khmr", "NotoSansKhmer-Bold.ttf", em=0.5),
    "noto-looped-lao": _print("Laoo", "NotoLoopedLao", em=0.55),
    "noto-serif-tibetan-bold": _print("Tibt", "NotoSerifTibetan-Bold.ttf", em=0.55),
}

# Scripts seldom met, all taken for one: what looks like them is unknown.
SPARE |= {
    f"noto-sans-{script.lower()}": _print("Zyyy", f"NotoSans{script}", em=0.55)
    for script in (
        "Oriya",
        "Thaana",
        "NKo",
        "Syriac",
        "Cherokee",
        "Tifinagh",
        "Javanese",
        "MeeteiMayek",
        "Balinese",
        "Cham",
        "TaiTham",
        "TaiViet",
        "OlChiki",
        "CanadianAboriginal",
        "Limbu",
        "Lepcha",
        "Sundanese",
        "Adlam",
        "Vai",
        "Chakma",
        "Yi",
        "Bamum",
        "Lisu",
        "Newa",
    )
}

FETCHED = (*HANDS, "courier-prime")

SCRIPT_OF: dict[str, str] = {
    "ara": "Arab",
    "fas": "Arab",
    "heb": "Hebr",
    "rus": "Cyrl",
    "ukr": "Cyrl",
    **dict.fromkeys(("bul", "srp", "mkd", "kaz", "mon", "kir", "tgk"), "Cyrl"),
    **dict.fromkeys(("urd", "pus"), "Arab"),
    "ell": "Grek",
    "kor": "Kore",
    "hin": "Deva",
    "tha": "Thai",
    "hye": "Armn",
    "kat": "Geor",
    "amh": "Ethi",
    "ben": "Beng",
    "tam": "Taml",
    "zho": "Hans",
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


def script_of(language: str | None) -> str:
    """The ISO 15924 script that a language (ISO 639-3) is written in here; Latin unless listed."""
    return SCRIPT_OF.get(language or "", "Latn")
