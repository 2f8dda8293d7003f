"""Fits the guessers of scripts on drawn lines: run as ``make train-script``, which takes most of an hour.

With ``ARGS=--wider`` it is the one that knows more scripts alone, and takes a quarter of one.
First twice without half of the faces, which says how it does on faces that it has not seen; then on all.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click
import cv2
import numpy as np

from benchmarks.script.fit import Card, fit
from benchmarks.script.lines import FURTHER, LANGUAGES, Sheet, faces_of, sheets
from worker.reading.looks.script_guess import FILE, WIDER, Layers, layers_in, save
from worker.reading.looks.shapes import SHOWN
from worker.reading.scripts import UNKNOWN

# Cards of each script, by the seed that they are drawn with, for either guesser.
NARROWLY = {seed: dict.fromkeys(LANGUAGES, count) for seed, count in ((1, 64), (2, 44))}
WIDELY = {3: {**dict.fromkeys(LANGUAGES, 16), **dict.fromkeys(FURTHER, 24), UNKNOWN: 36}}
STEPS, STEPS_WIDELY = 3000, 1400
SEED = 1
# How often a card in any of the rare scripts comes, to one in each of the others.
RARE = 0.1


def layers_from(drawn: list[Sheet], steps: int, begun: Path | None = None) -> Layers:
    """The guesser that these cards teach; ``begun`` is one of the first of their scripts to begin with."""
    scripts = tuple(dict.fromkeys(sheet.script for sheet in drawn))
    cards = [Card(sheet.lines, scripts.index(sheet.script)) for sheet in drawn]
    known = layers_in(begun) if begun else None
    parts = (known.first, known.first_bias, known.last, known.last_bias) if known else None
    learnt = Layers(scripts, *fit(cards, len(scripts), steps, SEED, parts))
    learnt.last_bias[[script == UNKNOWN for script in scripts]] += np.log(RARE)
    return learnt


def half_of(sheet: Sheet) -> int:
    """Which half of its script's faces a card is drawn in."""
    return faces_of(sheet.script).index(sheet.face) % 2


def rank(layers: Layers, sheet: Sheet) -> int:
    """How many guesses come before the right one."""
    guesses = layers.guesses(list(sheet.lines[:SHOWN]))
    return next(
        at for at, guess in enumerate(guesses) if guess.script == sheet.script and not guess.flipped
    )


def _learn(counts: dict[int, dict[str, int]], steps: int, file: Path, begun: Path | None = None) -> None:
    """Draw, fit, say how it does on unseen faces, and write the numbers."""
    drawn = [sheet for seed, cards in counts.items() for sheet in sheets(cards, seed)]
    click.echo(f"{len(drawn):,} cards, {sum(len(sheet.lines) for sheet in drawn):,} lines")
    ranks: dict[str, list[int]] = defaultdict(list)
    for half in (0, 1):
        layers = layers_from([sheet for sheet in drawn if half_of(sheet) != half], steps, begun)
        for sheet in drawn:
            if half_of(sheet) == half:
                ranks[sheet.script].append(rank(layers, sheet))
    for script, found in ranks.items():
        first, third = np.mean(np.array(found) < 1), np.mean(np.array(found) < 3)
        click.echo(f"{script}: {len(found)} cards in unseen faces, {first:.2f} first, {third:.2f} in three")
    save(layers_from(drawn, steps, begun), file)
    click.echo(f"wrote {file.name}, {file.stat().st_size / 1e3:.0f} kB")


@click.command(help="Fit what guesses scripts from the look of lines.")
@click.option("--wider", is_flag=True, help="Fit only the one that knows more scripts.")
def main(wider: bool) -> None:
    """Fit both guessers, or the wider one alone."""
    cv2.setNumThreads(1)
    if not wider:
        _learn(NARROWLY, STEPS, FILE)
    _learn(WIDELY, STEPS_WIDELY, WIDER, FILE)


if __name__ == "__main__":
    main()
