"""Pictures: the only place that opens a picture or PDF from outside.

Everything here may meet a hostile file. What can be limited from inside the process is limited here
(bytes, pixels, pages, formats); limits on memory and time need a process of their own: call
:func:`inspect` and :func:`load_page` inside a :class:`mailroom.sandbox.Sandbox`.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from mailroom.pictures import documents, kinds, rasters
from mailroom.pictures.errors import (
    EmptyFileError,
    EncryptedError,
    MissingPageError,
    PictureError,
    TooManyBytesError,
    TooManyPagesError,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
    WrongTypeError,
)
from mailroom.pictures.limits import PageSize, PictureLimits, Raster
from mailroom.unreadable import reading_one_file

__all__ = [
    "EmptyFileError",
    "EncryptedError",
    "MissingPageError",
    "PageSize",
    "PictureError",
    "PictureLimits",
    "Raster",
    "TooManyBytesError",
    "TooManyPagesError",
    "TooManyPixelsError",
    "TruncatedError",
    "UnreadablePictureError",
    "WrongTypeError",
    "inspect",
    "load_page",
    "view_jpeg",
]

VIEW_QUALITY = 82

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def inspect(path: Path, limits: PictureLimits) -> tuple[PageSize, ...]:
    """Decode every page of a file in full and return their sizes; raises PictureError and OSError.

    The residual risk: damage passes where no decoder can tell it from a picture, such as a flipped bit in
    a JPEG, or zeros in an uncompressed TIFF.
    """
    content, kind = _read(path, limits)
    if kind is kinds.Kind.PDF:
        return documents.inspect(content, limits)
    return rasters.inspect(content, limits)


def load_page(path: Path, page: int, limits: PictureLimits) -> Raster:
    """The pixels of one page, counted from 0, as they stand in the file: EXIF turns nothing.

    Transparent parts become white, or black under white ink; deep grey becomes 8 bits. Raises PictureError
    and OSError.
    """
    content, kind = _read(path, limits)
    if kind is kinds.Kind.PDF:
        return documents.load_page(content, page, limits)
    return rasters.load_page(content, page, limits)


def view_jpeg(picture: Raster, rotation: int, long_side: int) -> bytes:
    """A JPEG for the pages: turned clockwise by ``rotation`` degrees, no side over ``long_side`` pixels.

    It is made from pixels alone, so nothing of the file's metadata is in it. Raises ValueError if
    ``rotation`` is none of 0, 90, 180, 270.
    """
    if rotation != 0 and rotation not in _TURNS:
        raise ValueError(f"{rotation} is no quarter turn")
    view = Image.fromarray(np.ascontiguousarray(picture))
    view.thumbnail((long_side, long_side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    if rotation:
        view = view.transpose(_TURNS[rotation])
    file = io.BytesIO()
    view.save(file, "JPEG", quality=VIEW_QUALITY)
    return file.getvalue()


def _read(path: Path, limits: PictureLimits) -> tuple[bytes, kinds.Kind]:
    with reading_one_file(), path.open("rb") as file:
        content = file.read(limits.bytes_max + 1)
    if not content:
        raise EmptyFileError
    if len(content) > limits.bytes_max:
        raise TooManyBytesError(limits.bytes_max)
    kind = kinds.kind_of(content, path.suffix)
    if kinds.is_cut_short(content, kind):
        raise TruncatedError
    return content, kind
