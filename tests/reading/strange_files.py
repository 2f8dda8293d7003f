"""Scans as no scanner should make them: all kinds, sizes and colour modes, odd drawings, damaged bytes."""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from tests.mailroom.mutation import damaged, random_strokes
from tests.mailroom.picture_files import encoded, picture_pdf
from tests.reading.pictures import card
from worker.reading.geometry import Picture

# JPEG takes what each of these becomes; the other kinds take more, but then take all of these too.
MODES = ("RGB", "RGB", "L", "1", "CMYK")
OPTIONS: dict[str, tuple[dict[str, object], ...]] = {
    "JPEG": ({}, {"progressive": True}, {"quality": 20}),
    "PNG": ({}, {"compress_level": 1}),
    "WEBP": ({"quality": 60}, {"lossless": True}),
    "TIFF": ({}, {"compression": "tiff_lzw"}, {"compression": "tiff_adobe_deflate"}),
    "PDF": ({},),
}
# Long sides as they come: specks, thumbnails, cards, full scans.
SIDES = (1, 7, 40, 200, 600, 900, 1400, 2500)
SOUND = 0.4


def sound_card() -> bytes:
    """A file that nothing is wrong with, of a card that can be read."""
    return encoded(Image.fromarray(card()), "JPEG")


def strange_file(chance: random.Random) -> bytes:
    """One file; some are sound ones with strange things on them."""
    content = _encoded(chance, _picture(chance))
    if chance.random() < SOUND:
        return content
    strokes = random_strokes(chance)
    if chance.random() < 0.2:
        return content[: int(chance.random() * len(content))]
    return damaged(content, strokes)


def _picture(chance: random.Random) -> Picture:
    long = chance.choice(SIDES)
    # Now and then a strip as thin as a hair.
    ratio = chance.choice((0.02, 0.4, 0.7, 0.7, 1.0))
    width, height = max(1, long), max(1, int(long * ratio))
    if chance.random() < 0.5:
        width, height = height, width
    return cv2.resize(_drawn(chance), (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def _drawn(chance: random.Random) -> Picture:
    noise = np.random.default_rng(chance.randrange(1 << 32))
    sheet = card(tuple(_line(chance) for _ in range(chance.randint(0, 5))))
    oddities: tuple[Callable[[], Picture], ...] = (
        lambda: sheet,
        lambda: sheet,
        lambda: 255 - sheet,
        lambda: np.rot90(sheet, chance.randrange(4)),
        lambda: np.tile(sheet[::3, ::3], (3, 3, 1)),
        lambda: noise.integers(0, 256, sheet.shape, dtype=np.uint8),
        lambda: np.where(np.indices(sheet.shape)[chance.randrange(2)] // 9 % 2, 255, sheet).astype(
            np.uint8
        ),
        lambda: np.where(noise.random(sheet.shape) < 0.1, 0, sheet).astype(np.uint8),
    )
    return chance.choice(oddities)()


def _line(chance: random.Random) -> str:
    return "".join(chance.choice("abcdefghij KLMNO 0123456789 .,!?") for _ in range(chance.randint(1, 40)))


def _encoded(chance: random.Random, picture: Picture) -> bytes:
    kind = chance.choice(tuple(OPTIONS))
    image = Image.fromarray(np.ascontiguousarray(picture)).convert(chance.choice(MODES))
    if kind in {"PNG", "WEBP"} and image.mode == "CMYK":
        image = image.convert("RGBA")
    if kind == "PDF" and chance.random() < 0.5:
        return picture_pdf(image.size, encoded(image.convert("RGB"), "JPEG"))
    if kind == "JPEG" and image.mode == "1":
        image = image.convert("L")
    return encoded(image, kind, **chance.choice(OPTIONS[kind]))
