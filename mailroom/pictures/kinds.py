"""What kind of file this is, told by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

from mailroom.pictures.errors import TruncatedError, WrongTypeError

# Readers of PDF look for its marks this close to either end.
_PDF_MARGIN = 1024
_PDF_FILLING = b"\0\t\n\r "
_ZEROS = bytes(64)


class Kind(StrEnum):
    """The kinds of file that we take; the values are Pillow's names."""

    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    WEBP = "WEBP"
    PDF = "PDF"


_BEGINNINGS = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"II*\0": Kind.TIFF,
    b"MM\0*": Kind.TIFF,
    b"II+\0": Kind.TIFF,
    b"MM\0+": Kind.TIFF,
}
# What a JPEG holds between its marks: zero bytes, restarts and fill bytes stand for no mark.
_JPEG_MARK = re.compile(rb"\xff[\x02-\xcf\xd9-\xfe]")
_JPEG_END = b"\xff\xd9"
_OWN_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".pdf"})
# What stands behind "ftyp" in the files of telephones.
_PHOTOGRAPHS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_FOREIGN = {
    b"GIF8": "a GIF",
    b"BM": "a BMP",
    b"PK\x03\x04": "a Zip or Office document",
    b"\xd0\xcf\x11\xe0": "an Office document",
    b"\0\0\0\x0cjP  ": "a JPEG 2000",
    b"\0\0\0\x0cJXL ": "a JPEG XL",
}


def kind_of(content: bytes, suffix: str) -> Kind:
    """The kind of ``content``; raises WrongTypeError, which names ``suffix``, and TruncatedError."""
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.WEBP
    if b"%PDF-" in content[:_PDF_MARGIN]:
        return Kind.PDF
    if not content[:_PDF_MARGIN].strip(b"\0"):
        # Some programs claim the space first and fill it in afterwards.
        raise TruncatedError
    raise WrongTypeError(suffix if suffix.casefold() in _OWN_SUFFIXES else "", _foreign_kind(content))


def is_cut_short(content: bytes, kind: Kind) -> bool:
    """Whether the mark is missing that ends every file of this kind."""
    match kind:
        case Kind.JPEG:
            return not _has_jpeg_end(content)
        case Kind.PNG:
            return b"IEND" not in content
        case Kind.WEBP:
            # Compressed pictures do not end in zeros; space that was claimed and never filled does.
            return len(content) < 8 + int.from_bytes(content[4:8], "little") or content.endswith(_ZEROS)
        case Kind.PDF:
            # The decoder would rebuild what is left, and quietly leave out the missing pages.
            return b"%%EOF" not in content.rstrip(_PDF_FILLING)[-_PDF_MARGIN:]
        case Kind.TIFF:
            return _first_directory(content) >= len(content)


def _has_jpeg_end(content: bytes) -> bool:
    """Whether the picture itself ends: its preview does so earlier, and telephones append a film."""
    place = 2
    while mark := _JPEG_MARK.search(content, place):
        if mark[0] == _JPEG_END:
            return True
        place = mark.end() + int.from_bytes(content[mark.end() : mark.end() + 2], "big")
    return False


def _first_directory(content: bytes) -> int:
    order = "little" if content.startswith(b"II") else "big"
    big = content[2:4] in {b"+\0", b"\0+"}
    field = content[8:16] if big else content[4:8]
    return int.from_bytes(field, order)  # type: ignore[arg-type]


def _foreign_kind(content: bytes) -> str:
    if content[4:8] == b"ftyp":
        return "a HEIC or AVIF photograph" if content[8:12] in _PHOTOGRAPHS else "a film"
    for beginning, name in _FOREIGN.items():
        if content.startswith(beginning):
            return name
    return "no picture"
