"""Real picture files, sound and damaged, made on the spot, and how to know the picture of a sound one."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from mailroom.pictures import PageSize, PictureLimits

WIDTH, HEIGHT = 300, 200
SIZE = PageSize(WIDTH, HEIGHT)
LIMITS = PictureLimits()
KINDS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP", "pdf": "PDF"}


def scan(seed: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """A picture as rough as paper, red at the top left and blue at the bottom right."""
    noise = np.random.default_rng(seed).integers(0, 40, (size[1], size[0], 3), dtype=np.uint8)
    pixels = 215 + noise
    pixels[: size[1] // 4, : size[0] // 4] = (250, 0, 0)
    pixels[-size[1] // 4 :, -size[0] // 4 :] = (0, 0, 250)
    return Image.fromarray(pixels)


def assert_is_scan(picture: np.ndarray, tolerance: int = 20) -> None:
    """The picture is a ``scan``, each colour off by no more than the tolerance."""
    assert picture.dtype == np.uint8
    assert picture.shape[2] == 3
    height, width = picture.shape[:2]
    assert np.allclose(picture[height // 8, width // 8], (250, 0, 0), atol=tolerance)
    assert np.allclose(picture[-height // 8, -width // 8], (0, 0, 250), atol=tolerance)
    assert picture[height // 2, width // 2].min() > 200


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of ``image`` as Pillow writes them."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    """A file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


@cache
def pixel_bomb(side: int = 30_000) -> bytes:
    """A small PNG that declares ``side`` squared black pixels, and keeps its word."""
    data = _packed(b"\0" * (side // 8 + 1), side)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*chunk) for chunk in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def text_bomb() -> bytes:
    """A PNG whose comment unfolds to 200 MB."""
    comment = b"Comment\0\0" + _packed(b"x" * 1_000_000, 200)
    picture = encoded(scan(), "PNG")
    return picture[:33] + _chunk(b"zTXt", comment) + picture[33:]


def locked_pdf() -> bytes:
    """A PDF that asks for a password: standard security handler, revision 2, and keys that fit none."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    )
    return pdf(
        objects,
        b"/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]",
    )


def picture_pdf(
    declared: tuple[int, int],
    picture: bytes,
    points: tuple[float, float] = (300, 200),
    cover: float = 1.0,
    form: bytes = b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
) -> bytes:
    """A PDF of one page that shows one picture, of the size that is ``declared``, on a part of the page.

    ``form`` says how it is encoded: as JPEG, if nothing else is said.
    """
    width, height = points[0] * cover, points[1] * cover
    drawing = b"q %f 0 0 %f 0 0 cm /I Do Q" % (width, height)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>" % points,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d %s /Length %d >>\nstream\n%s\nendstream"
        % (*declared, form, len(picture), picture),
    )
    return pdf(objects)


def form_pdf(typed: bytes, *, drawn: bool) -> bytes:
    """A PDF whose only page has one field, with something typed in; ``drawn`` if it has its own drawing."""
    drawing = b"BT /F 24 Tf 4 10 Td (%s) Tj ET" % typed
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (message) /V (%s) /DA (/F 24 Tf 0 g)" % typed
    return pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /DA (/F 24 Tf 0 g)"
            b" /DR << /Font << /F 5 0 R >> >> >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [4 0 R] >>",
            field + b" /Rect [20 80 280 120] /F 4 %s >>" % (b"/AP << /N 6 0 R >>" if drawn else b""),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 260 40] /Resources << /Font << /F 5 0 R >> >>"
            b" /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        )
    )


def empty_pages_pdf(pages: int, points: tuple[float, float] = (300, 200)) -> bytes:
    """A PDF of blank pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] >>" % points
    return pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            *(page for _ in range(pages)),
        )
    )


def pdf(objects: tuple[bytes, ...], trailer: bytes = b"") -> bytes:
    """A PDF file of these objects, the first of them the catalogue."""
    content, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%s"
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(content))
    )


def _packed(run: bytes, times: int) -> bytes:
    # Told to look for runs alone, it packs them as small in a fraction of the time.
    packer = zlib.compressobj(9, strategy=zlib.Z_RLE)
    return b"".join(packer.compress(run) for _ in range(times)) + packer.flush()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
