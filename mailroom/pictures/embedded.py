"""Pictures on the page of a PDF: what PDFium would leave out or grey without a word is found here."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from mailroom.pictures.errors import TooManyPixelsError, TruncatedError, UnreadablePictureError
from mailroom.pictures.kinds import Kind, is_cut_short
from mailroom.pictures.limits import PictureLimits

_JPEG, _JPEG_2000 = ["DCTDecode"], ["JPXDecode"]


def images_on(page: pdfium.PdfPage) -> list[pdfium.PdfImage]:
    """The pictures on a page, those within its form objects too."""
    return list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]))


def check_images(page: pdfium.PdfPage, limits: PictureLimits) -> None:
    """Raise PictureError if a picture is too large, cut short, or none that can be drawn.

    Of a JPEG 2000 it is not asked whether it can be drawn: the answer costs ten times what drawing it
    small does. Ask ``is_undecodable`` where nothing was drawn.
    """
    for image in images_on(page):
        width, height = image.get_px_size()
        if width * height > limits.pixels_max:
            raise TooManyPixelsError(limits.pixels_max)
        filters = image.get_filters(skip_simple=True)
        # PDFium draws what there is of a JPEG and leaves the rest grey.
        if filters == _JPEG and is_cut_short(bytes(image.get_data(decode_simple=True)), Kind.JPEG):
            raise TruncatedError
        if filters != _JPEG_2000 and is_undecodable(image):
            raise UnreadablePictureError


def is_undecodable(image: pdfium.PdfImage) -> bool:
    """Whether PDFium leaves the picture's place bare, as it cannot decode it."""
    return not image.get_metadata().bits_per_pixel
