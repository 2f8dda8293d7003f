"""How large a picture may be, and the shapes in which pictures are handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Height x width x 3, red, green, blue.
Raster = NDArray[np.uint8]


class PageSize(NamedTuple):
    """The size of a page in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """The largest file, page and number of pages that will be opened."""

    bytes_max: int = 100_000_000
    pixels_max: int = 100_000_000
    pages_max: int = 200
