"""Messages drawn as cards and read by the real reader; readings are kept, so that only screening is left.

A reading is kept under the digest of the whole design, its fonts, the drawing's seed, and the sources
that draw and read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from zlib import crc32

from rich.console import Console
from rich.progress import track

from benchmarks.drawn import UndrawnError, Words, design_of, draw
from mailroom.reading import Reading
from samples.card import Design
from samples.font_table import HANDS
from samples.fonts import face
from worker.reading.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "readings"
SOURCES = ("worker/reading", "samples", "mailroom/reading.py")
# Of a poor scan, as a sigma in its own pixels.
BLUR = 0.8
_SOURCE_KINDS = frozenset({".py", ".yaml", ".jsonl", ".txt"})


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
    """Draws cards and reads them, or remembers what was read; loads its models when first needed.

    ``sharpness`` is the share of a good scan's resolution; what is scanned at less is blurred as well.
    """

    def __init__(
        self, *, in_print: bool = False, seed: int = 0, sharpness: float = 1.0, folder: Path = KEPT
    ) -> None:
        self._in_print, self._seed, self._folder, self._sharpness = in_print, seed, folder, sharpness
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, words: Words) -> ReadCard:
        """Raises UndrawnError where no face can set the words, or they do not fit."""
        seed = crc32(f"{words.key} {self._seed}".encode())
        made = _scanned_at(self._sharpness, design_of(words, seed, in_print=self._in_print))
        kept = self._folder / f"{self._digest(made, seed)}.json"
        if kept.exists():
            reading = Reading.from_data(json.loads(kept.read_text(encoding="utf-8")))
        else:
            reading = self._reader.read(draw(made, seed))
            # Put in place at once, so that an interruption leaves no half of a reading.
            half = kept.with_suffix(".part")
            half.write_text(json.dumps(reading.as_data(), ensure_ascii=False), encoding="utf-8")
            half.replace(kept)
        return ReadCard(words.key, made.text, made.face, reading)

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    def _digest(self, made: Design, seed: int) -> str:
        fonts = [(file.path.name, file.path.stat().st_size) for file in face(made.face).files]
        return hashlib.sha256(f"{self._sources} {fonts} {seed} {made!r}".encode()).hexdigest()

    @cached_property
    def _sources(self) -> str:
        return digest_of_sources(SOURCES)


def _scanned_at(sharpness: float, made: Design) -> Design:
    if sharpness == 1.0:
        return made
    dpi = round(made.dpi * sharpness)
    return replace(made, dpi=dpi, defects=replace(made.defects, blur=BLUR * 200 / dpi))


def read_all(
    reader: CardReader, cards: Sequence[Words], console: Console
) -> Iterator[tuple[Words, ReadCard | str]]:
    """Each card with what was read, or the reason why it could not be drawn; shows how far it has come."""
    for words in track(cards, "Drawing and reading cards", console=console, transient=True):
        try:
            yield words, reader.read(words)
        except UndrawnError as why:
            yield words, str(why)


def digest_of_sources(places: Iterable[str]) -> str:
    """One digest over the programs and their data in some folders (or files) of the project."""
    found = hashlib.sha256()
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in _SOURCE_KINDS:
                found.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return found.hexdigest()
