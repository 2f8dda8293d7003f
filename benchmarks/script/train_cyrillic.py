"""Counts how the letters of misread Cyrillic handwriting follow each other: ``make train-cyrillic``.

Cards of random words are drawn in each face that has Cyrillic letters and read by PP-OCR; words
of four languages, spelt with the Latin letters that theirs are mostly taken for, make up for how few faces
there are. Against these stand the words of languages that are written in Latin letters. Takes ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click
import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.script.lines import design_of
from samples.card import render_side
from samples.font_table import HANDS
from samples.fonts import FontMissingError
from worker.reading.detection.line_finder import LineFinder
from worker.reading.looks.cyrillic_look import FILE, KINDS, Leads, is_lead, leads_in, runs_of
from worker.reading.recognition.pp_ocr import PpOcr
from worker.reading.scripts import scripts_of
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import shrunk, size_at
from worker.reading.side.ink import ink_on
from worker.vocabulary import KNOWN, frequencies

TAKEN_FOR = str.maketrans(
    "абвгґдеёєжзиійїклмнопрстуўфхцчшщъьэюяјџѓќѕ",
    "abbrrgeeexzuiuikumnonpcmyyfxurwwbbzosjurks",
) | {ord("ы"): "bu", ord("љ"): "ub", ord("њ"): "nb"}
"""For each Cyrillic letter the Latin one that its handwriting is mostly read as."""

SPELT = ("rus", "ukr", "bul", "mkd")
LATIN = tuple(language for language in sorted(KNOWN) if scripts_of((language,)) == ("Latn",))
CARDS = 110
SEED = 19
# How much a drawn run counts, and how many words a language's list stands for.
DRAWN, OF_SPELT, OF_LATIN = 6.0, 4000.0, 2000.0
# As many runs as speak for what two letters, or one, say of the next.
PAIR_KNOWN, LETTER_KNOWN = 3.0, 5.0

Counts = NDArray[np.float64]


@click.command(help="Count how the letters of misread Cyrillic handwriting follow each other.")
def main() -> None:
    """Draw, read, say how it does on unseen faces, and write the numbers."""
    cv2.setNumThreads(1)
    reader = _FirstEngine()
    faces = {
        script: [name for name, face in HANDS.items() if script in face.scripts]
        for script in ("Cyrl", "Latn")
    }
    hands = {name: list(reader.texts("Cyrl", name, CARDS)) for name in faces["Cyrl"]}
    others = [
        text for name in faces["Latn"] for text in reader.texts("Latn", name, CARDS // len(faces["Latn"]))
    ]
    latin = _counted(_weighted(LATIN, OF_LATIN))
    for held, texts in hands.items():
        leads = _leads(_of_hands(hands, held), latin)
        told, mistaken = (
            sum(is_lead(leads_in(text, leads)) for text in cards) for cards in (texts, others)
        )
        click.echo(
            f"{held}, unseen: {told} of {len(texts)} told; {mistaken} of {len(others)} in Latin mistaken"
        )
    np.savez_compressed(FILE, leads=_leads(_of_hands(hands), latin).astype(np.float16))
    click.echo(f"wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


class _FirstEngine:
    """What PP-OCR makes of drawn cards, all lines as they stand."""

    def __init__(self) -> None:
        self._settings = ReaderSettings()
        self._lines = LineFinder(self._settings)
        self._pp_ocr = PpOcr()

    def texts(self, script: str, face: str, cards: int) -> Iterator[str]:
        """The text of some cards of random words; those that cannot be drawn are left out."""
        rng = np.random.default_rng((SEED, sum(face.encode())))
        for _ in range(cards):
            try:
                picture = render_side(design_of(script, face, rng), int(rng.integers(2**31))).picture
            except (FontMissingError, ValueError):
                continue
            scale = min(1.0, self._settings.reading_side / max(picture.shape[:2]))
            sheet = shrunk(picture, size_at(picture.shape, scale))
            read = self._pp_ocr.on(sheet).read
            yield "\n".join(read(line.quad).text for line in self._lines.find(sheet, ink_on(picture)))


def _of_hands(hands: Mapping[str, list[str]], but: str | None = None) -> Counts:
    """The runs of drawn cards, but for one face, and of the spelt words."""
    drawn = ((text, DRAWN) for name, texts in hands.items() if name != but for text in texts)
    spelt = ((word.translate(TAKEN_FOR), weight) for word, weight in _weighted(SPELT, OF_SPELT))
    return _counted(drawn) + _counted(spelt)


def _weighted(languages: Iterable[str], total: float) -> Iterator[tuple[str, float]]:
    """Each language's words, the commoner ones more, but not by as much as they are commoner."""
    for language in languages:
        weights = {word: share**0.5 for word, share in frequencies(language).items()}
        every = sum(weights.values())
        yield from ((word, weight / every * total) for word, weight in weights.items())


def _counted(texts: Iterable[tuple[str, float]]) -> Counts:
    counts = np.zeros((KINDS, KINDS, KINDS))
    for text, weight in texts:
        np.add.at(counts, tuple(runs_of(text).T), weight)
    return counts


def _leads(cyrillic: Counts, latin: Counts) -> Leads:
    return np.asarray(np.log(_chances(cyrillic)) - np.log(_chances(latin)), np.float32)


def _chances(counts: Counts) -> Counts:
    """How likely each third letter is after two: by what one letter, and none, says where runs are few."""
    letters = counts.sum(axis=(0, 1)) + 1
    letters /= letters.sum()
    pairs = counts.sum(axis=0) + LETTER_KNOWN * letters
    pairs /= pairs.sum(axis=1, keepdims=True)
    runs = counts + PAIR_KNOWN * pairs
    found: Counts = runs / runs.sum(axis=2, keepdims=True)
    return found


if __name__ == "__main__":
    main()
