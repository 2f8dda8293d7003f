"""What reading is measured on: real letters, and cards that the samples package renders.

A rendered card's writer is its face: fitting on some faces and testing on others is testing on other hands.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

from benchmarks.shared_files import SHARED
from mailroom.reading import Content
from samples.card import A5, Design, render_side
from samples.defects import Defects
from samples.font_table import HANDS, PRINTS, FaceEntry, script_of
from samples.fonts import FontMissingError

HERE = Path(__file__).resolve().parent
PENS = ("biro-blue", "biro-black", "ink-blue", "pencil", "felt-blue", "pencil-faint", "biro-red")
STOCKS = ("white", "ivory", "lined", "pink", "kraft", "seyes", "squared", "blue", "recycled", "yellow")
LATIN_CARDS = 60
# Languages whose hands have a goal of their own.
OWN_HANDS = ("eng", "fra")
# Drawn after all others, so that these stay the cards that they were.
LATER = ("pan", "guj", "tel", "kan", "mal", "sin", "mya", "khm")


@dataclass(frozen=True, slots=True)
class Item:
    """One picture file with what is known of it."""

    corpus: str
    writer: str
    path: Path
    text: str
    rotation: int = 0
    content: Content = Content.TEXT
    language: str = "eng"
    kind: str = "handwritten"
    """How it was written, in the words of the real letters' list: handwritten, typed or mixed."""


def letters() -> list[Item]:
    """The real letters; empty where the folder is missing."""
    index = SHARED / "letters" / "letters.jsonl"
    if not index.is_file():
        return []
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [
        Item(
            row["set"],
            row["set"],
            index.parent / row["image"],
            row["text"],
            language=row["language"],
            kind=row["kind"],
        )
        for row in rows
    ]


def cards(folder: Path, only: str | None = None) -> list[Item]:
    """Rendered cards written into ``folder``: print in many scripts, and Latin and other hands.

    With ``only`` those of one corpus, drawn as they come among all.
    """
    chance = random.Random(11)
    items = []
    for number, (corpus, design) in enumerate(_designs(chance)):
        if only not in {None, corpus}:
            continue
        try:
            sample = render_side(design, number)
        except (FontMissingError, ValueError):
            continue
        path = folder / f"{corpus}-{number}.jpg"
        Image.fromarray(sample.picture).save(path, quality=88)
        kind = "typed" if corpus.startswith("print") else "handwritten"
        items.append(
            Item(corpus, design.face, path, design.text, language=design.language or "eng", kind=kind)
        )
    return items


def turned(items: list[Item], folder: Path) -> list[Item]:
    """Each picture in all four directions."""
    out = []
    for item in items:
        picture = np.asarray(Image.open(item.path).convert("RGB"))
        for quarters in range(4):
            path = folder / f"turned-{quarters}-{item.path.stem}.jpg"
            Image.fromarray(np.rot90(picture, quarters)).save(path, quality=88)
            out.append(Item("turned", item.writer, path, item.text, 90 * quarters))
    return out


def sides_with_little(folder: Path) -> list[Item]:
    """Blank sides on every paper, and faint, short or drawn ones that are not blank."""
    chance = random.Random(5)
    motifs = ("sun", "house", "flower", "heart", "tree", "bird", "snowman", "cat", "boat", "star", "child")
    designs = [
        (Content.BLANK, Design(stock=stock, dpi=dpi, defects=_defects(chance)))
        for stock, dpi in itertools.product(STOCKS, (150, 200, 300))
    ]
    designs += [
        (Content.DRAWING, Design(stock=stock, dpi=150, motifs=((motif, 0.5, 0.5, 0.5),)))
        for stock, motif in zip(
            itertools.cycle(("white", "ivory", "kraft", "lined", "blue")), motifs, strict=False
        )
    ]
    designs += [
        (
            Content.TEXT,
            Design(text="Take heart", language="eng", face=face, pen="pencil-faint", stock=stock),
        )
        for face, stock in itertools.product(
            ("caveat", "handlee", "zeyada"), ("white", "kraft", "lined", "recycled")
        )
    ]
    items = []
    for number, (content, design) in enumerate(designs):
        path = folder / f"little-{number}.jpg"
        Image.fromarray(render_side(design, number).picture).save(path, quality=88)
        items.append(Item(f"little: {content.value}", design.stock, path, design.text, content=content))
    return items


def _designs(chance: random.Random) -> Iterator[tuple[str, Design]]:
    texts: dict[str, list[str]] = yaml.safe_load((HERE / "texts.yaml").read_text(encoding="utf-8"))
    yield from _in_texts(chance, {language: texts[language] for language in texts if language not in LATER})
    for number, (language, text) in enumerate(_latin_messages(chance)):
        face = _faces(HANDS, "Latn")[number % len(_faces(HANDS, "Latn"))]
        corpus = f"hand {language}" if language in OWN_HANDS else "hand Latin"
        yield corpus, _design(chance, text, language, face, chance.choice(PENS))
        if number % 3 == 0:
            printed = _faces(PRINTS, "Latn")
            yield (
                "print Latin",
                _design(chance, text, language, printed[number % len(printed)], "typewriter", 8.0),
            )
    yield from _in_texts(chance, {language: texts[language] for language in LATER})


def _in_texts(chance: random.Random, texts: dict[str, list[str]]) -> Iterator[tuple[str, Design]]:
    for language, messages in texts.items():
        script = "Cyrl" if language == "bel" else script_of(language)
        for text, face in itertools.product(messages, _faces(PRINTS, script)[:3]):
            size = chance.choice((7.0, 9.0, 11.5))
            yield f"print {language}", _design(chance, text, language, face, "print", size)
        hands = _faces(HANDS, script)[:2] if script != "Latn" else []
        for text, face in itertools.product(messages, hands):
            yield f"hand {language}", _design(chance, text, language, face, chance.choice(PENS[:4]))


def _latin_messages(chance: random.Random) -> list[tuple[str, str]]:
    path = SHARED / "messages" / "messages.jsonl"
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    latin = [(row["language"], row["text"]) for row in rows if script_of(row["language"]) == "Latn"]
    return chance.sample(latin, min(LATIN_CARDS, len(latin)))


def _faces(table: Mapping[str, FaceEntry], script: str) -> list[str]:
    return [name for name, entry in table.items() if script in entry.scripts]


def _design(  # noqa: PLR0917
    chance: random.Random, text: str, language: str, face: str, pen: str, line_mm: float = 11.5
) -> Design:
    stock = chance.choice(STOCKS if face in HANDS else ("white", "ivory", "recycled", "blue"))
    size = A5 if len(text) > 260 else (148.0, 105.0)
    dpi = chance.choice((150, 200, 300))
    return Design(text, language, face, pen, stock, size, line_mm, dpi, defects=_defects(chance))


def _defects(chance: random.Random) -> Defects:
    return Defects(
        tilt=chance.uniform(-2, 2),
        shadow=chance.choice((0.0, 0.0, 0.4)),
        fade=chance.choice((0.0, 0.0, 0.3)),
        blur=chance.choice((0.0, 0.5)),
        jpeg=chance.choice((60, 75, 90)),
    )
