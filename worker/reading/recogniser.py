"""What a line says: the PP-OCRv6 recogniser, which knows Latin, Chinese and Japanese.

Connectionist temporal classification (Graves et al., ICML 2006): the network gives, for each column
of the line, how likely each character is; runs of one character collapse, blanks part them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.reading.geometry import Picture
from worker.reading.runtime import Network, bundled_model

TALL = 48
COLUMN = 8
WIDTH_STEP = 64
NARROWEST = 160
WIDEST = 3200
CERTAIN = 0.95


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read: how sure, what else it may be, and where (fractions of the line).

    Of a character that is all but certain the runner-up is not looked for: it is empty.
    """

    text: str
    confidence: float
    runner_up: str
    runner_up_confidence: float
    start: float
    end: float


class Recogniser:
    """Reads straightened lines of RGB pixels, 48 high."""

    def __init__(self) -> None:
        self._network = Network(bundled_model("PP-OCRv6_rec_small.onnx"))
        self._alphabet = ("", *self._network.characters(), " ")

    def read(self, line: Picture) -> tuple[Glyph, ...]:
        """The characters of a line of shape (48, width, 3), left to right; raises EngineError."""
        wide = min(line.shape[1], WIDEST)
        padded = max(NARROWEST, -(-wide // WIDTH_STEP) * WIDTH_STEP)
        values = np.zeros((1, 3, TALL, padded), np.float32)
        values[0, :, :, :wide] = line[:, :wide, ::-1].transpose(2, 0, 1) / np.float32(127.5) - 1.0
        columns = self._network.run(values)[0]
        return self._decode(columns, wide / COLUMN)

    def _decode(self, columns: NDArray[np.float32], used: float) -> tuple[Glyph, ...]:
        best = columns.argmax(axis=1)
        begins = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
        glyphs = []
        for begin in begins.tolist():
            end = begin + 1
            while end < len(best) and best[end] == best[begin]:
                end += 1
            sure = float(columns[begin:end, best[begin]].max())
            second = _runner_up(columns[begin], best[begin]) if sure < CERTAIN else 0
            glyphs.append(
                Glyph(
                    self._alphabet[best[begin]],
                    sure,
                    self._alphabet[second],
                    float(columns[begin, second]) if second else 0.0,
                    _fraction(begin, used),
                    _fraction(end, used),
                )
            )
        return tuple(glyphs)


def _fraction(column: int, used: float) -> float:
    """Where a column's left edge lies on the line; a column stands half its width early."""
    return min(1.0, max(0.0, (column - 0.5) / used))


def _runner_up(column: NDArray[np.float32], best: int) -> int:
    """The likeliest class besides ``best``; the blank counts, as no character."""
    top = np.argpartition(column, -2)[-2:]
    return int(top[0] if top[1] == best else top[1])
