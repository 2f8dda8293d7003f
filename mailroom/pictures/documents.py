"""Pages of PDF files, drawn by PDFium.

A page that is one scan is drawn at the scan's own resolution, any other at 200 dpi.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from mailroom.pictures.embedded import check_images, images_on, is_undecodable
from mailroom.pictures.errors import (
    EncryptedError,
    MissingPageError,
    PictureError,
    TooManyPagesError,
    TooManyPixelsError,
    UnreadablePictureError,
)
from mailroom.pictures.limits import PageSize, PictureLimits, Raster

DRAWN_DPI = 200
DRAWN_LONG_SIDE = 2400
# An A4 scan at 300 dpi is 3,508 pixels long.
SCAN_LONG_SIDE = 3600
_POINTS_PER_INCH = 72
_SCAN_COVERS = 0.8
_PROOF_LONG_SIDE = 400
_BARE = 255
_LOCKED = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


def inspect(content: bytes, limits: PictureLimits) -> tuple[PageSize, ...]:
    """Draw every page, small, and return the sizes that ``load_page`` draws; raises PictureError."""
    with _opened(content, limits) as document:
        return tuple(_prove(document[number], limits) for number in range(len(document)))


def load_page(content: bytes, page: int, limits: PictureLimits) -> Raster:
    """The pixels of one page, counted from 0; raises PictureError."""
    with _opened(content, limits) as document:
        if not 0 <= page < len(document):
            raise MissingPageError(page)
        drawn = document[page]
        check_images(drawn, limits)
        return _draw(drawn, _scale(drawn, limits))


@contextmanager
def _opened(content: bytes, limits: PictureLimits) -> Iterator[pdfium.PdfDocument]:
    try:
        with pdfium.PdfDocument(content) as document:
            # Without this, what was typed into the fields of a form is left out.
            document.init_forms()
            _check_length(len(document), limits)
            yield document
    except PictureError:
        raise
    except MemoryError as error:
        raise TooManyPixelsError(limits.pixels_max) from error
    except Exception as error:
        if getattr(error, "err_code", None) in _LOCKED:
            raise EncryptedError from error
        raise UnreadablePictureError from error


def _check_length(pages: int, limits: PictureLimits) -> None:
    if pages > limits.pages_max:
        raise TooManyPagesError(limits.pages_max)
    if pages == 0:
        raise UnreadablePictureError


def _prove(page: pdfium.PdfPage, limits: PictureLimits) -> PageSize:
    check_images(page, limits)
    scale = _scale(page, limits)
    width, height = _size(page)
    # Drawn small, every picture on the page is still decoded whole.
    _draw(page, min(scale, _PROOF_LONG_SIDE / max(width, height)))
    size = PageSize(math.ceil(width * scale), math.ceil(height * scale))
    page.close()
    return size


def _draw(page: pdfium.PdfPage, scale: float) -> Raster:
    bitmap = page.render(scale=scale, force_bitmap_format=pdfium_c.FPDFBitmap_BGR, rev_byteorder=True)
    drawn = np.array(bitmap.to_numpy())
    if drawn.min() == _BARE and any(map(is_undecodable, images_on(page))):
        raise UnreadablePictureError
    return drawn


def _scale(page: pdfium.PdfPage, limits: PictureLimits) -> float:
    """Pixels per point at which the page is drawn."""
    width, height = _size(page)
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise UnreadablePictureError
    long_side = max(width, height)
    scan = _scan_long_side(page)
    if scan:
        pixels = min(scan, SCAN_LONG_SIDE)
    else:
        pixels = min(math.ceil(long_side * DRAWN_DPI / _POINTS_PER_INCH), DRAWN_LONG_SIDE)
    # Each side is rounded up to whole pixels: half a pixel less gives a scan's own number on both.
    scale = (pixels - 0.5) / long_side
    return min(scale, math.sqrt(limits.pixels_max / (width * height)))


def _size(page: pdfium.PdfPage) -> tuple[float, float]:
    """Width and height in points."""
    return float(page.get_width()), float(page.get_height())


def _scan_long_side(page: pdfium.PdfPage) -> int | None:
    """The long side in pixels of the one picture that covers the page, if that is what it is."""
    images = images_on(page)
    if len(images) != 1:
        return None
    left, bottom, right, top = images[0].get_bounds()
    width, height = _size(page)
    if (right - left) * (top - bottom) < _SCAN_COVERS * width * height:
        return None
    return max(images[0].get_px_size()) or None
