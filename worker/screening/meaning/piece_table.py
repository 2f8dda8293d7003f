"""What each word piece means, packed small: most of the encoder's weights are this one table.

The package keeps each number as one of 64 steps. Nearly all lie among the sixteen steps around zero, so
that half a byte does for them; the three in a thousand that do not are kept beside. Nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

STEPS = 16

_Steps = NDArray[np.uint8]
_Floats = NDArray[np.float32]


class PieceTable:
    """The vectors of all word pieces, dealt out to chunks in turn: the second piece is in the second."""

    def __init__(self, chunks: Iterable[_Steps], scale: _Floats, least: _Floats) -> None:
        """Take chunks (rows, numbers) of steps; each has a ``scale`` of a step and a ``least`` number."""
        self._scale, self._least = scale, least
        self._first = np.clip(np.round(-least / scale) - STEPS // 2, 0, 255).astype(np.uint8)
        found = [self._pack(chunk, steps) for chunk, steps in enumerate(chunks)]
        packed, places, others = zip(*found, strict=True)
        self._packed = np.stack(packed, axis=1).reshape(-1, packed[0].shape[1])
        order = np.argsort(np.concatenate(places))
        self._places = np.concatenate(places)[order].astype(np.int32)
        self._others = np.concatenate(others)[order]

    def _pack(self, chunk: int, steps: _Steps) -> tuple[_Steps, NDArray[np.int64], _Steps]:
        """Half bytes, where the numbers stand for which these are too little, and those numbers."""
        near = steps - self._first[chunk]
        half = steps.shape[1] // 2
        far = np.flatnonzero(near >= STEPS)
        rows, columns = np.divmod(far, steps.shape[1])
        pieces = rows * len(self._scale) + chunk
        packed = near[:, :half] & (STEPS - 1) | near[:, half:] << 4
        return packed, pieces * steps.shape[1] + columns, steps.ravel()[far]

    def vectors(self, pieces: NDArray[np.int64]) -> _Floats:
        """The vector of each piece (pieces, numbers)."""
        chunk = pieces % len(self._scale)
        packed = self._packed[pieces]
        steps = np.concatenate([packed & (STEPS - 1), packed >> 4], axis=1) + self._first[chunk, None]
        self._put_others(pieces, steps)
        vectors: _Floats = steps * self._scale[chunk, None] + self._least[chunk, None]
        return vectors

    def _put_others(self, pieces: NDArray[np.int64], steps: _Steps) -> None:
        numbers = steps.shape[1]
        begin, end = np.searchsorted(self._places, [pieces * numbers, (pieces + 1) * numbers])
        counts = end - begin
        at = np.repeat(np.arange(len(pieces)), counts)
        nth = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts - begin, counts)
        steps[at, self._places[nth] - pieces[at] * numbers] = self._others[nth]
