"""Lines to learn scripts from: cards of random words, drawn by the samples package, found by the detector.

Each line comes as what the reader's guesser would see of it. Words are those of wordfreq and of
``words.yaml``, so that no text of the benchmark is learnt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from samples.card import Design, render_side
from samples.defects import Defects
from samples.font_table import HANDS, PRINTS, SPARE
from samples.fonts import FontMissingError, face
from worker.reading.detection.detector import Detector
from worker.reading.geometry import Picture, is_tall
from worker.reading.looks.shapes import SHOWN, longest, shapes_of
from worker.reading.other_scripts.strips import whitened
from worker.reading.scripts import (
    PRINT_ALONE,
    SCRIPT_OF_LANGUAGE,
    TESSERACT_DATA,
    UNKNOWN,
    script_of_character,
)
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import shrunk, size_at
from worker.vocabulary import frequencies

WORDS = Path(__file__).with_name("words.yaml")
LANGUAGES = {
    "Latn": ("eng", "fra", "deu", "ces", "pol", "vie"),
    "Hani": ("zho", "jpn"),
    **{script: data for script, data in TESSERACT_DATA.items() if script not in PRINT_ALONE},
    "Cyrl": ("rus", "ukr", "bel", "bul"),
    "Arab": ("ara", "fas", "urd"),
}
FURTHER = {script: (language,) for language, script in SCRIPT_OF_LANGUAGE.items() if script in PRINT_ALONE}
"""Scripts that the wider guesser alone knows."""
MADE_UP = "zxx"
ALL = {**LANGUAGES, **FURTHER, UNKNOWN: (MADE_UP,)}
"""With rarer ones, all taken together, so that they are called unknown and not the next best."""
IN_FONTS = {"Hani": ("Hans", "Jpan"), "Hang": ("Kore",)}
CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
PHRASED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
PENS = ("biro-blue", "biro-black", "ink-blue", "pencil", "felt-blue", "pencil-faint", "biro-red")
STOCKS = ("white", "ivory", "recycled", "blue", "lined", "squared", "seyes", "pink", "kraft", "yellow")
COMMONEST = 4000
MADE, SIGNED = 80, 0.3
LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card drawn in one script and face: the shapes of its lines."""

    script: str
    face: str
    lines: tuple[NDArray[np.float32], ...]


def faces_of(script: str) -> list[str]:
    """All faces for a script, in an order that does not change."""
    wanted = set(IN_FONTS.get(script, (script,)))
    table = {**PRINTS, **SPARE, **HANDS}
    return [name for name, entry in table.items() if wanted & set(entry.scripts)]


def sheets(counts: Mapping[str, int], seed: int) -> Iterator[Sheet]:
    """So many cards of each script, faces in turn; those that cannot be drawn are left out."""
    detector = Detector()
    for number, (script, count) in enumerate(counts.items()):
        rng = np.random.default_rng((seed, number))
        faces = faces_of(script)
        for turn in range(count):
            name = faces[turn % len(faces)]
            try:
                picture = render_side(design_of(script, name, rng), int(rng.integers(2**31))).picture
            except (FontMissingError, ValueError):
                continue
            lines = _lines(picture, detector)
            if lines:
                yield Sheet(script, name, lines)


def _lines(picture: Picture, detector: Detector) -> tuple[NDArray[np.float32], ...]:
    settings = ReaderSettings()
    scale = min(1.0, settings.reading_side / max(picture.shape[:2]))
    sheet = shrunk(picture, size_at(picture.shape, scale))
    quads = [found.quad for found in detector.find(sheet, settings.detection_side)]
    across = [quad for quad in quads if not is_tall(quad)]
    return tuple(shapes_of(whitened(sheet), longest(across)[:SHOWN])) if across else ()


def design_of(script: str, name: str, rng: np.random.Generator) -> Design:
    """A card of random words in a script and a face; raises FontMissingError where it cannot be drawn."""
    by_hand = name in HANDS
    languages = [language for language in ALL[script] if _fits(language, name)]
    if not languages:
        raise FontMissingError(name)
    language = str(rng.choice(languages))
    size = (148.0, 210.0) if rng.random() < 0.2 else (148.0, 105.0)
    return Design(
        _text(language, script, name, rng),
        {"urd": "ara"}.get(language, language),
        name,
        str(rng.choice(PENS)) if by_hand else str(rng.choice(("print", "typewriter"))),
        str(rng.choice(STOCKS if by_hand else STOCKS[:5])),
        size,
        float(rng.uniform(8.5, 12) if by_hand else rng.uniform(5.5, 11.5)),
        int(rng.choice((150, 200, 300))),
        defects=_wear(rng),
    )


def _wear(rng: np.random.Generator) -> Defects:
    return Defects(
        tilt=float(rng.uniform(-2.5, 2.5)),
        shadow=float(rng.uniform(0, 0.4)) if rng.random() < 0.4 else 0.0,
        fade=float(rng.uniform(0, 0.4)) if rng.random() < 0.4 else 0.0,
        blur=float(rng.uniform(0, 1.3)) if rng.random() < 0.6 else 0.0,
        jpeg=int(rng.integers(50, 92)),
    )


def _fits(language: str, name: str) -> bool:
    """Whether a face has the letters of a language: those of the words it is tried on."""
    if language == MADE_UP:
        return True
    try:
        for word in _words(language)[:60]:
            face(name).runs(word)
    except FontMissingError:
        return False
    return True


@cache
def _words(language: str) -> tuple[str, ...]:
    listed = sorted(frequencies(language).items(), key=lambda pair: (-pair[1], pair[0]))
    own = yaml.safe_load(WORDS.read_text(encoding="utf-8")).get(language, "").split()
    words = [word for word, _ in listed[:COMMONEST] if all(map(script_of_character, word[:1]))]
    script = next(script for script, languages in ALL.items() if language in languages)
    kin = {script, "Jpan"} if script == "Hani" else {script}
    fitting = [word for word in words if {script_of_character(letter) for letter in word} <= {*kin, None}]
    return (*own, *fitting)


def _text(language: str, script: str, name: str, rng: np.random.Generator) -> str:
    """Some sentences of words by chance, commoner ones more often, all of which the face can set."""
    words = _made_up(name, rng) if script == UNKNOWN else _words(language)
    ranks = (len(words) * rng.random(int(rng.integers(18, 60))) ** 2).astype(int)
    chosen = [words[rank] for rank in ranks if _has(name, words[rank])]
    if script in CASED:
        chosen = [word.capitalize() if rng.random() < 0.15 else word for word in chosen]
    marked = [word + str(rng.choice(("", "", "", "", "", ",", "."))) for word in chosen]
    if script in PHRASED:
        # They part phrases, not words; lines break there.
        return "".join(word + " " * (rng.random() < 0.3) for word in marked).strip()
    return ("" if script == "Hani" else " ").join(marked)


def _made_up(name: str, rng: np.random.Generator) -> list[str]:
    """Words by chance of the letters of a face, a vowel sign after some."""
    own = [
        character
        for character in map(chr, sorted(face(name).files[0].characters))
        if character > LAST_LATIN and script_of_character(character) is None
    ]
    letters = [character for character in own if unicodedata.category(character) in {"Lo", "Lu", "Ll"}]
    signs = [character for character in own if unicodedata.category(character) in {"Mc", "Mn"}] or [""]
    return [
        "".join(
            str(rng.choice(letters)) + (str(rng.choice(signs)) if rng.random() < SIGNED else "")
            for _ in range(int(rng.integers(2, 7)))
        )
        for _ in range(MADE)
    ]


def _has(name: str, word: str) -> bool:
    try:
        face(name).runs(word + word.capitalize() + ",. ")
    except FontMissingError:
        return False
    return True
