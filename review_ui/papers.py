"""Pages as PDF for the printer, with the fonts of this machine and nothing fetched from anywhere."""

from __future__ import annotations

from typing import Any, NoReturn

from PIL import ImageFile
from weasyprint import HTML, URLFetcher
from weasyprint.text.fonts import FontConfiguration

# WeasyPrint has Pillow take half a picture for a whole one, in the whole process.
ImageFile.LOAD_TRUNCATED_IMAGES = False


class FetchRefusedError(Exception):
    """A printed page asked for something from outside."""


class _NoFetching(URLFetcher):  # type: ignore[misc]
    def fetch(self, url: str, headers: Any = None) -> NoReturn:  # noqa: ARG002
        raise FetchRefusedError("Printed pages carry everything they need.")


def as_pdf(page: str) -> bytes:
    """Lay an HTML page out as PDF; every script is shaped by the fonts that fontconfig finds."""
    document = HTML(string=page, url_fetcher=_NoFetching())
    pdf: bytes = document.write_pdf(font_config=FontConfiguration())
    return pdf
