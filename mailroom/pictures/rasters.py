"""Pages of JPEG, PNG, TIFF and WebP files, decoded by Pillow.

Pillow's limits are globals of its modules: one thread at a time.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageFile

from mailroom.pictures.errors import (
    MissingPageError,
    PictureError,
    TooManyPagesError,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
)
from mailroom.pictures.kinds import Kind
from mailroom.pictures.limits import PageSize, PictureLimits, Raster

FORMATS = tuple(kind.value for kind in Kind if kind is not Kind.PDF)
_DEEP_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_SUBFILE_TYPE = 254
_REDUCED_COPY = 1


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
                return _rgb(image)
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
            raise UnreadablePictureError
        # What follows the first frame of a JPEG are previews and depth maps.
        yield
        return
    frame = 0
    while True:
        try:
            image.seek(frame)
        except EOFError:
            return
        if not _is_reduced_copy(image):
            yield
        frame += 1


def _is_reduced_copy(image: ImageFile.ImageFile) -> bool:
    tags = getattr(image, "tag_v2", {})
    kind = tags.get(_SUBFILE_TYPE, 0)
    return isinstance(kind, int) and bool(kind & _REDUCED_COPY)


def _rgb(image: Image.Image) -> Raster:
    # Before numpy asks for the pixels, which takes some errors of a decoder for a picture without any.
    image.load()
    if image.mode in _DEEP_MODES:
        return _rgb_of_deep_grey(np.asarray(image))
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        image = ground
    # No copy by Pillow where it is RGB already, and none by numpy: the pixels are not to be written to.
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _rgb_of_deep_grey(values: np.ndarray) -> Raster:
    """Scale to 8 bits by the smallest usual range that holds every value."""
    brightest = float(np.nanmax(values))
    ranges = [255.0, 65535.0, float(2**32)]
    if values.dtype.kind == "f":
        ranges.insert(0, 1.0)
    white = next((value for value in ranges if brightest <= value), brightest)
    grey = np.clip(np.nan_to_num(values * np.float32(255.0 / white)), 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
