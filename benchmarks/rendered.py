"""Messages drawn as cards and read by the real reader; readings are kept, so that only screening is left.

Handwriting is drawn for the scripts whose handwriting an engine reads: Latin, Chinese, Japanese. Others
come in print, as handwriting in them goes to a person as unreadable: their figures are those of print.
A reading is kept under the digest of the whole design, its fonts, the drawing's seed, and the sources
that draw and read.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
from rich.console import Console
from rich.progress import track

from mailroom.reading import Reading
from samples.card import Design, render_side
from samples.font_table import HANDS, script_of
from samples.fonts import FontMissingError, face, hands
from samples.styles import Style, design
from worker.reading.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "readings"
SOURCES = ("worker/reading", "samples", "mailroom/reading.py")
_SOURCE_KINDS = frozenset({".py", ".yaml", ".jsonl", ".txt"})
_SYMBOLS = frozenset({"So", "Sk", "Cn"})
_JOINERS = "\ufe0f\u200d"
READ_BY_HAND = frozenset({"Latn", "Hans", "Jpan"})


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be written on a card; ``language`` is ISO 639-3."""

    key: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadCard:
    """A card that was drawn and read; ``text`` is what really stands on it."""

    key: str
    text: str
    face: str
    reading: Reading

    @property
    def by_hand(self) -> bool:
        """Whether it was drawn in a handwriting face."""
        return self.face in HANDS


class CardReader:
    """Draws cards and reads them, or remembers what was read; loads its models when first needed."""

    def __init__(self, *, in_print: bool = False, seed: int = 0, folder: Path = KEPT) -> None:
        self._in_print, self._seed, self._folder = in_print, seed, folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, words: Words) -> ReadCard:
        """Raises FontMissingError where no face can set the words, ValueError where they do not fit."""
        seed = crc32(f"{words.key} {self._seed}".encode())
        made = self._design(words, seed)
        kept = self._folder / f"{self._digest(made, seed)}.json"
        if kept.exists():
            reading = Reading.from_data(json.loads(kept.read_text(encoding="utf-8")))
        else:
            reading = self._reader.read(render_side(made, seed).picture)
            kept.write_text(json.dumps(reading.as_data(), ensure_ascii=False), encoding="utf-8")
        return ReadCard(words.key, made.text, made.face, reading)

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    def _design(self, words: Words, seed: int) -> Design:
        by_hand = script_of(words.language) in READ_BY_HAND and not self._in_print
        style = Style.HANDWRITING if by_hand else Style.PRINT
        try:
            return design(words.text, words.language, style, np.random.default_rng(seed))
        except FontMissingError:
            # Small pictures among the words are in no face.
            bare = _without_symbols(words.text)
            return design(bare, words.language, style, np.random.default_rng(seed))

    def _digest(self, made: Design, seed: int) -> str:
        fonts = [(file.path.name, file.path.stat().st_size) for file in face(made.face).files]
        return hashlib.sha256(f"{self._sources} {fonts} {seed} {made!r}".encode()).hexdigest()

    @cached_property
    def _sources(self) -> str:
        return digest_of_sources(SOURCES)


def check_hands() -> None:
    """Raises FontMissingError, saying what to do, where the handwriting faces are missing."""
    for name in hands("Latn"):
        face(name)


def read_all(
    reader: CardReader, cards: Sequence[Words], console: Console
) -> Iterator[tuple[Words, ReadCard | str]]:
    """Each card with what was read, or the reason why it could not be drawn; shows how far it has come."""
    for words in track(cards, "Drawing and reading cards", console=console, transient=True):
        try:
            yield words, reader.read(words)
        except FontMissingError as missing:
            yield words, f"no face: {missing}"
        except ValueError:
            yield words, "the text does not fit a card"


def digest_of_sources(places: Iterable[str]) -> str:
    """One digest over the programs and their data in some folders (or files) of the project."""
    found = hashlib.sha256()
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in _SOURCE_KINDS:
                found.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return found.hexdigest()


def _without_symbols(text: str) -> str:
    return "".join(
        char for char in text if char not in _JOINERS and unicodedata.category(char) not in _SYMBOLS
    )
