"""Machine-readable codes on a side, by zxing-cpp."""

from __future__ import annotations

import numpy as np
import zxingcpp

from mailroom.reading import Code
from worker.reading.geometry import Picture, box_of


def codes_in(picture: Picture) -> tuple[Code, ...]:
    """Every code that can be decoded in an RGB picture, boxes in its pixels."""
    return tuple(
        Code(str(found.format), found.text, box_of(_corners(found.position), picture.shape))
        for found in zxingcpp.read_barcodes(picture, try_downscale=False, try_invert=False)
        if found.text
    )


def _corners(position: zxingcpp.Position) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([[corner.x, corner.y] for corner in corners], np.float32)
