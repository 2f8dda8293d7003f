"""Machine-readable codes on a side, by zxing-cpp."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp

from mailroom.reading import Code
from worker.reading.geometry import Picture, box_of
from worker.reading.shrinking import longest_side, shrunk_quickly, size_at

LOOKED_AT = 1800
# To shrink a side by less than this takes longer than to look at all of it.
LITTLE_LARGER = 1.05
# What is looked for light on dark, in two milliseconds a side: all codes would take a quarter longer.
LIGHT = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(picture: Picture) -> tuple[Code, ...]:
    """Every code that can be decoded in an RGB picture, boxes in its pixels; QR codes white on black, too.

    Looked for on a long side of some 1,800 pixels at most, of a strip on more: codes on cards are large,
    time goes with area.
    """
    long_side, most = max(picture.shape[:2]), longest_side(picture.shape, LOOKED_AT)
    scale = most / long_side if long_side > LITTLE_LARGER * most else 1.0
    # Grey first, which is what is looked at: scaling takes a third of the time then.
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    small = shrunk_quickly(grey, size_at(picture.shape, scale))
    dark = zxingcpp.read_barcodes(small, try_downscale=False, try_invert=False)
    light = zxingcpp.read_barcodes(cv2.bitwise_not(small), LIGHT, try_downscale=False, try_invert=False)
    return tuple(
        Code(str(found.format), found.text, box_of(_corners(found.position) / scale, picture.shape))
        for found in [*dark, *light]
        if found.text
    )


def _corners(position: zxingcpp.Position) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return np.array([[corner.x, corner.y] for corner in corners], np.float32)
