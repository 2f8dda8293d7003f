"""Corpora of rendered cards for benchmarks, each an endless variety from a seed.

``corpus("print-ara", 20, seed=1)`` yields the same 20 samples each time. Names are:
``handwriting-latin``, ``handwriting-<language>`` and ``print-<language>`` for the languages of
``samples.texts``, ``typescript``, ``postcards``, ``spreads`` (a folded card lying open), ``worn`` (bad
scans of handwriting), ``rotated``, ``blank``, ``drawing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from samples.card import A5, A6, Design, render_side
from samples.defects import Defects
from samples.font_table import HANDS, script_of
from samples.paper import STOCKS
from samples.scenes import SCENES
from samples.styles import Style, design, wear
from samples.texts import languages, message, phrases, pick
from samples.truth import Sample

LATIN = ("eng", "fra", "deu", "spa")
MOTIFS = ("sun", "house", "flower", "heart", "tree", "bird", "rainbow", "snowman", "cat", "boat", "child")
DARK = {"night": "white", "red": "white", "kraft": "pencil"}
A5_ACROSS = (210.0, 148.0)
FEW_WORDS = ("For you", "Courage!", "Nadia", "Hello", "We think of you", "With love", "Mia, 7")

Maker = Callable[[int, np.random.Generator], Design]


def names() -> tuple[str, ...]:
    """Every corpus there is."""
    written = {script for entry in HANDS.values() for script in entry.scripts}
    by_hand = [f"handwriting-{language}" for language in languages() if script_of(language) in written]
    in_print = [f"print-{language}" for language in languages()]
    return (*_MAKERS, *by_hand, *in_print)


def corpus(name: str, count: int, seed: int = 0) -> Iterator[Sample]:
    """Yield ``count`` samples of the named corpus.

    Raises ValueError for an unknown name and FontMissingError when a font is missing.
    """
    if name not in names():
        raise ValueError(f"There is no corpus {name!r}. There are: {', '.join(names())}.")
    style, _, language = name.partition("-")
    for index in range(count):
        rng = np.random.default_rng([seed, index, *name.encode()])
        if name in _MAKERS:
            made = _MAKERS[name](index, rng)
        else:
            made = design(message(language, rng), language, Style(style), rng)
        yield render_side(made, int(rng.integers(2**31)))


def render(text: str, language: str, style: Style, seed: int, rotation: int = 0) -> Sample:
    """Render one text (ISO 639-3 ``language``) in a random design of ``style``.

    ``rotation`` is the clockwise turn that will set the picture upright. Raises FontMissingError when
    no face has every letter, and ValueError when the text is too long for a sheet.
    """
    rng = np.random.default_rng(seed)
    made = design(text, language, style, rng)
    return render_side(replace(made, defects=replace(made.defects, rotation=rotation)), seed)


def _handwriting(index: int, rng: np.random.Generator) -> Design:
    language = LATIN[index % len(LATIN)]
    return design(message(language, rng), language, Style.HANDWRITING, rng)


def _typescript(index: int, rng: np.random.Generator) -> Design:
    language = LATIN[index % len(LATIN)]
    return design(message(language, rng), language, Style.TYPESCRIPT, rng)


def _postcard(index: int, rng: np.random.Generator) -> Design:
    language = LATIN[index % len(LATIN)]
    made = design(message(language, rng, 1), language, Style.POSTCARD, rng)
    greeting = pick(phrases(language).closings, rng) if index % 2 else ""
    return replace(made, margin_text=greeting)


def _spread(index: int, rng: np.random.Generator) -> Design:
    language = LATIN[index % len(LATIN)]
    text, facing = message(language, rng, 2), " ".join(message(language, rng, 2).split("\n")[1:2])
    made = design(text, language, Style.HANDWRITING, rng)
    return replace(made, facing=facing, stock="ivory", size_mm=A5_ACROSS)


def _worn(index: int, rng: np.random.Generator) -> Design:
    """Handwriting as a hurried scan leaves it: coarse, pale, blurred, crooked, much compressed."""
    defects = Defects(
        tilt=float(rng.uniform(-4, 4)),
        shadow=float(rng.uniform(0.2, 0.6)),
        fade=float(rng.uniform(0.3, 0.75)),
        blur=float(rng.uniform(0.8, 2.0)),
        jpeg=int(rng.integers(20, 50)),
    )
    return replace(_handwriting(index, rng), dpi=(100, 120, 150)[int(rng.integers(3))], defects=defects)


def _rotated(index: int, rng: np.random.Generator) -> Design:
    style = (Style.HANDWRITING, Style.HANDWRITING, Style.PRINT, Style.POSTCARD)[int(rng.integers(4))]
    language = LATIN[int(rng.integers(len(LATIN)))]
    made = design(message(language, rng, 2), language, style, rng)
    return replace(made, defects=wear(rng, rotation=index % 4 * 90))


def _blank(index: int, rng: np.random.Generator) -> Design:
    """By turns a blank side, and one that only seems so: a few faint words."""
    stock = tuple(STOCKS)[int(rng.integers(len(STOCKS)))]
    size, dpi = (A6, A5)[int(rng.integers(2))], (150, 200)[int(rng.integers(2))]
    if index % 2 == 0:
        return Design(stock=stock, size_mm=size, dpi=dpi, defects=wear(rng))
    words = pick(FEW_WORDS, rng) if rng.random() < 0.4 else message("eng", rng, 1)
    made = design(words, "eng", Style.HANDWRITING, rng)
    pen = DARK.get(stock, "pencil-faint")
    return replace(made, stock=stock, pen=pen, size_mm=size, dpi=dpi)


def _drawing(index: int, rng: np.random.Generator) -> Design:
    """By turns a whole scene, and a few motifs; half with a few words."""
    words = pick(FEW_WORDS, rng) if rng.random() < 0.5 else ""
    base = Design(
        words, "eng" if words else None, "gloria-hallelujah", "felt-blue", line_mm=14, defects=wear(rng)
    )
    base = replace(base, text_area=(0.04, 0.02, 0.7, 0.24))
    if index % 2 == 0:
        scene = tuple(SCENES)[int(rng.integers(len(SCENES)))]
        photographic = scene in {"mountains", "sea"}
        return replace(base, scene=scene, text="" if photographic else words)
    count = int(rng.integers(1, 4))
    placed = tuple(
        (
            pick(MOTIFS, rng),
            (i + 0.5) / count,
            float(rng.uniform(0.55, 0.65)),
            float(rng.uniform(0.45, 0.7)),
        )
        for i in range(count)
    )
    return replace(base, motifs=placed, text_area=(0.04, 0.0, 0.7, 0.22))


_MAKERS: dict[str, Maker] = {
    "handwriting-latin": _handwriting,
    "typescript": _typescript,
    "postcards": _postcard,
    "spreads": _spread,
    "worn": _worn,
    "rotated": _rotated,
    "blank": _blank,
    "drawing": _drawing,
}
