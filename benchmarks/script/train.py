"""Fits the guesser of scripts on drawn lines: run as ``make train-script``, which takes half an hour.

First twice without half of the faces, which says how it does on faces that it has not seen; then on all.
"""

from __future__ import annotations

from collections import defaultdict

import click
import cv2
import numpy as np

from benchmarks.script.fit import Card, fit
from benchmarks.script.lines import LANGUAGES, Sheet, faces_of, sheets
from worker.reading.looks.script_guess import FILE, Layers, save
from worker.reading.looks.shapes import SHOWN

SCRIPTS = tuple(LANGUAGES)
# Cards of each script, by the seed that they are drawn with.
DRAWN = {1: 64, 2: 44}
STEPS = 3000
SEED = 1


def layers_from(drawn: list[Sheet]) -> Layers:
    """The guesser that these cards teach."""
    cards = [Card(sheet.lines, SCRIPTS.index(sheet.script)) for sheet in drawn]
    return Layers(SCRIPTS, *fit(cards, len(SCRIPTS), STEPS, SEED))


def half_of(sheet: Sheet) -> int:
    """Which half of its script's faces a card is drawn in."""
    return faces_of(sheet.script).index(sheet.face) % 2


def rank(layers: Layers, sheet: Sheet) -> int:
    """How many guesses come before the right one."""
    guesses = layers.guesses(list(sheet.lines[:SHOWN]))
    return next(
        at for at, guess in enumerate(guesses) if guess.script == sheet.script and not guess.flipped
    )


@click.command(help="Fit what guesses scripts from the look of lines.")
def main() -> None:
    """Draw, fit, say how it does on unseen faces, and write the numbers."""
    cv2.setNumThreads(1)
    drawn = [sheet for seed, count in DRAWN.items() for sheet in sheets(count, seed)]
    click.echo(f"{len(drawn):,} cards, {sum(len(sheet.lines) for sheet in drawn):,} lines")
    ranks: dict[str, list[int]] = defaultdict(list)
    for half in (0, 1):
        layers = layers_from([sheet for sheet in drawn if half_of(sheet) != half])
        for sheet in drawn:
            if half_of(sheet) == half:
                ranks[sheet.script].append(rank(layers, sheet))
    for script, found in ranks.items():
        first, third = np.mean(np.array(found) < 1), np.mean(np.array(found) < 3)
        click.echo(f"{script}: {len(found)} cards in unseen faces, {first:.2f} first, {third:.2f} in three")
    save(layers_from(drawn))
    click.echo(f"wrote {FILE.name}, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
