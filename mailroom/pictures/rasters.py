"""Pages of JPEG, PNG, TIFF and WebP files, decoded by Pillow.

Pillow's limits are globals of its modules: one thread at a time.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from mailroom.pictures.colours import rgb_of
from mailroom.pictures.errors import (
    MissingPageError,
    PictureError,
    TooManyPagesError,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
    WrongTypeError,
)
from mailroom.pictures.kinds import Kind
from mailroom.pictures.limits import PageSize, PictureLimits, Raster

FORMATS = tuple(kind.value for kind in Kind if kind is not Kind.PDF)
_SUBFILE_TYPE = 254
_REDUCED_COPY = 1
# A copy at half the length has a quarter of the pixels, a card beside a larger one half of them.
_REDUCED = 3


def inspect(content: bytes, limits: PictureLimits) -> tuple[PageSize, ...]:
    """Decode every page and return their sizes; raises PictureError."""
    with _opened(content, limits) as image:
        sizes = []
        for _ in _pages(image, limits):
            image.load()
            sizes.append(PageSize(*image.size))
        if not sizes:
            raise UnreadablePictureError
        return tuple(sizes)


def load_page(content: bytes, page: int, limits: PictureLimits) -> Raster:
    """The pixels of one page, counted from 0; raises PictureError."""
    with _opened(content, limits) as image:
        for number in _pages(image, limits):
            if number == page:
                return rgb_of(image)
        raise MissingPageError(page)


@contextmanager
def _opened(content: bytes, limits: PictureLimits) -> Iterator[ImageFile.ImageFile]:
    Image.MAX_IMAGE_PIXELS = limits.pixels_max
    # Other libraries set this for the whole process, and half a card would pass for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Odd metadata only warns, and a scan is no worse for it.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                yield image
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixelsError(limits.pixels_max) from error
    except Exception as error:
        # Decoders meet hostile bytes with nearly every type of exception there is.
        if "truncated" in str(error).lower():
            raise TruncatedError from error
        raise UnreadablePictureError from error


def _pages(image: ImageFile.ImageFile, limits: PictureLimits) -> Iterator[int]:
    """Stand ``image`` at each page in turn, yielding its number."""
    for page, _ in enumerate(_frames(image)):
        if image.width * image.height > limits.pixels_max:
            raise TooManyPixelsError(limits.pixels_max)
        if page >= limits.pages_max:
            raise TooManyPagesError(limits.pages_max)
        yield page


def _frames(image: ImageFile.ImageFile) -> Iterator[None]:
    if image.format != Kind.TIFF:
        if image.format in {Kind.PNG, Kind.WEBP} and getattr(image, "is_animated", False):
            raise WrongTypeError("", "an animation")
        # What follows the first frame of a JPEG are previews and depth maps.
        yield
        return
    frame, largest = 0, 0
    while True:
        try:
            image.seek(frame)
        except EOFError:
            return
        pixels = image.width * image.height
        # Some programs call every page after the first a reduced copy: one that is hardly smaller is none.
        if not _is_called_reduced(image) or 0 < largest < _REDUCED * pixels:
            largest = max(largest, pixels)
            yield
        frame += 1


def _is_called_reduced(image: ImageFile.ImageFile) -> bool:
    tags = getattr(image, "tag_v2", {})
    kind = tags.get(_SUBFILE_TYPE, 0)
    return isinstance(kind, int) and bool(kind & _REDUCED_COPY)
