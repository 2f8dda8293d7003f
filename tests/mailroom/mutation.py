"""Sound picture files, and what becomes of them on a bad day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from tests.mailroom.picture_files import encoded, form_pdf, picture_pdf, scan

LENGTHS = (0, 1, 1, 2, 4, 64, 1024)
STROKES_MAX = 6
INTERESTING = (bytes(4), b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\xff\xff")


@dataclass(frozen=True, slots=True)
class Damage:
    """At ``place``, a part (0 to 1) of the file, ``length`` bytes give way to ``content``."""

    place: float
    length: int
    content: bytes


@cache
def sound_files() -> tuple[bytes, ...]:
    """One small file of each kind and variant that is taken."""
    picture = scan(size=(48, 32))
    pages = [scan(1, (32, 48)), scan(2, (40, 40))]
    return (
        encoded(picture, "JPEG"),
        encoded(picture, "JPEG", progressive=True),
        encoded(picture.convert("CMYK"), "JPEG"),
        encoded(picture, "PNG"),
        encoded(picture.convert("P"), "PNG", transparency=bytes(16)),
        encoded(picture.convert("I;16"), "PNG"),
        encoded(picture, "WEBP"),
        encoded(picture, "WEBP", lossless=True),
        encoded(picture, "TIFF", save_all=True, append_images=pages),
        encoded(picture, "TIFF", compression="tiff_lzw"),
        encoded(picture, "TIFF", compression="jpeg"),
        encoded(picture.convert("1"), "TIFF", compression="group4"),
        encoded(picture.convert("I;16"), "TIFF", tiffinfo={262: 0}),
        encoded(picture, "PDF", save_all=True, append_images=pages),
        picture_pdf((48, 32), encoded(picture, "JPEG")),
        picture_pdf((48, 32), encoded(picture, "JPEG2000"), form=b"/Filter /JPXDecode"),
        form_pdf(b"Dear Nadia", drawn=True),
    )


def damaged(content: bytes, strokes: list[Damage]) -> bytes:
    """``content`` after every stroke in turn."""
    for stroke in strokes:
        start = int(stroke.place * len(content))
        content = content[:start] + stroke.content + content[start + stroke.length :]
    return content


def random_strokes(chance: random.Random) -> list[Damage]:
    """Some strokes of damage anywhere in a file."""
    return [
        Damage(chance.random(), chance.choice(LENGTHS), _content(chance))
        for _ in range(chance.randint(1, STROKES_MAX))
    ]


def _content(chance: random.Random) -> bytes:
    return chance.choice(INTERESTING) if chance.random() < 0.3 else chance.randbytes(chance.randint(0, 4))
