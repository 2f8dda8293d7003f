"""A guess at the script of lines, and at which way up they are, from what they look like.

Two small layers over the shapes along the lines, fitted on drawn lines (``make train-script``). It takes
about a hundredth of a second, so that Tesseract need not be run with one script's data after another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture, Quad, upside_down
from worker.reading.looks.shapes import SHOWN, Shapes, longest, shapes_of, turned, windows

FILE = Path(__file__).with_name("script_guess.npz")
WIDER = Path(__file__).with_name("wider_guess.npz")
"""Of more scripts, rare ones together as ``Zyyy``, unknown; of those in both, the other has seen more."""
STEP = 2


@dataclass(frozen=True, slots=True)
class ScriptGuess:
    """A script (ISO 15924), whether the lines stand upside down, and the chance of both together."""

    script: str
    flipped: bool
    chance: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Layers:
    """The fitted numbers: windows to hidden values, the mean of these to scripts."""

    scripts: tuple[str, ...]
    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]

    def guesses(self, lines: list[Shapes]) -> list[ScriptGuess]:
        """Every script in both directions, the likeliest first; at least one line."""
        evidence = np.concatenate([self._evidence(lines), self._evidence([turned(line) for line in lines])])
        chances = np.exp(evidence - evidence.max())
        chances /= chances.sum()
        count = len(self.scripts)
        return [
            ScriptGuess(self.scripts[index % count], bool(index >= count), float(chances[index]))
            for index in np.argsort(-chances)
        ]

    def _evidence(self, lines: list[Shapes]) -> NDArray[np.float32]:
        seen = np.concatenate([windows(line, STEP) for line in lines])
        hidden = np.maximum(seen @ self.first + self.first_bias, 0).mean(axis=0)
        return np.asarray(hidden @ self.last + self.last_bias, np.float32)


def looks_at(grey: Picture, quads: list[Quad]) -> list[Shapes]:
    """The longest of some lines of a whitened sheet, as the guessers see them; at least one quad."""
    shown = longest(quads)[:SHOWN]
    # Cut from both ends, the cells lie differently over the letters: two looks err less than one.
    back = [turned(line) for line in shapes_of(grey, upside_down(shown))]
    return [*shapes_of(grey, shown), *back]


def guesses_of(looks: list[Shapes], file: Path = FILE) -> list[ScriptGuess]:
    """What lines may be by the numbers of one guesser, likeliest first."""
    return layers_in(file).guesses(looks)


def save(layers: Layers, file: Path) -> None:
    """Write the numbers, in half precision."""
    np.savez_compressed(
        file,
        scripts=np.array(layers.scripts),
        first=layers.first.astype(np.float16),
        first_bias=layers.first_bias.astype(np.float16),
        last=layers.last.astype(np.float16),
        last_bias=layers.last_bias.astype(np.float16),
    )


@cache
def layers_in(file: Path) -> Layers:
    """The numbers of a guesser."""
    with np.load(file) as kept:
        scripts = tuple(map(str, kept["scripts"]))
        numbers = [kept[name].astype(np.float32) for name in ("first", "first_bias", "last", "last_bias")]
    return Layers(scripts, *numbers)
