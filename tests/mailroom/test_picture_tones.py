"""Paper is light and ink stands out from it, however a file keeps its tones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mailroom.pictures import inspect, load_page
from tests.mailroom.picture_files import HEIGHT, LIMITS, SIZE, WIDTH, assert_is_scan, encoded, scan, write


def test_exif_turns_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = write(tmp_path, "scan.jpg", encoded(scan(), "JPEG", exif=exif))
    assert inspect(path, LIMITS) == (SIZE,)
    assert_is_scan(load_page(path, 0, LIMITS))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey(tmp_path: Path, kind: str) -> None:
    values = np.linspace(0, 65535, WIDTH, dtype=np.uint16)[None].repeat(HEIGHT, 0)
    path = write(tmp_path, "scan", encoded(Image.fromarray(values), kind))
    picture = load_page(path, 0, LIMITS)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(picture[0, :, 0].astype(int) - np.linspace(0, 255, WIDTH)).max() <= 1


@pytest.mark.parametrize("bits", [8, 10, 12, 14])
def test_a_deep_scan_that_uses_few_of_its_bits_is_not_blackened(tmp_path: Path, bits: int) -> None:
    values = np.linspace(0, 2**bits - 1, WIDTH).astype(np.uint16)[None].repeat(HEIGHT, 0)
    picture = load_page(write(tmp_path, "scan", encoded(Image.fromarray(values), "TIFF")), 0, LIMITS)
    assert np.abs(picture[0, :, 0].astype(int) - np.linspace(0, 255, WIDTH)).max() <= 2


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_grey_of_which_zero_is_white_is_no_negative(tmp_path: Path, mode: str) -> None:
    grey = np.asarray(scan().convert("L"))
    picture = Image.fromarray(grey.astype(np.uint16) * 257 if mode == "I;16" else grey).convert(mode)
    if mode == "I;16":
        # Pillow turns the others around itself when it writes them.
        picture = Image.fromarray(65535 - np.asarray(picture))
    path = write(tmp_path, "scan", encoded(picture, "TIFF", tiffinfo={262: 0}))
    seen = load_page(path, 0, LIMITS)[:, :, 0]
    assert np.median(seen) > 200
    assert seen[0, 0] < 100


def test_floating_grey(tmp_path: Path) -> None:
    values = np.linspace(0, 1, WIDTH, dtype=np.float32)[None].repeat(HEIGHT, 0)
    values[:, 0] = np.nan
    picture = load_page(write(tmp_path, "scan", encoded(Image.fromarray(values), "TIFF")), 0, LIMITS)
    assert np.abs(picture[0, 1:, 1].astype(int) - np.linspace(0, 255, WIDTH)[1:]).max() <= 1


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "YCbCr", "LAB", "RGBA", "LA"])
def test_every_colour_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    paper = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    # Pillow cannot convert to LAB.
    paper = Image.new("LAB", (WIDTH, HEIGHT), (255, 128, 128)) if mode == "LAB" else paper.convert(mode)
    path = write(tmp_path, "scan", encoded(paper, "TIFF"))
    picture = load_page(path, 0, LIMITS)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert picture.min() >= 250


def test_cmyk_jpeg_keeps_its_colours(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.jpg", encoded(scan().convert("CMYK"), "JPEG", quality=95))
    assert_is_scan(load_page(path, 0, LIMITS))


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    clear = scan().convert("RGBA")
    clear.putalpha(0)
    palette = scan().convert("P", palette=Image.Palette.ADAPTIVE, colors=8)
    for content in (
        encoded(clear, "PNG"),
        encoded(clear, "WEBP", lossless=True, exact=True),
        encoded(palette, "PNG", transparency=bytes(8)),
        encoded(Image.new("RGB", (WIDTH, HEIGHT)), "PNG", transparency=(0, 0, 0)),
    ):
        assert load_page(write(tmp_path, "scan", content), 0, LIMITS).min() == 255


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("tone", [0, 255])
def test_ink_of_any_tone_on_transparent_paper_is_seen(tmp_path: Path, kind: str, tone: int) -> None:
    drawing = Image.new("RGBA", SIZE, (tone, tone, tone, 0))
    drawing.paste((tone, tone, tone, 255), (40, 90, 260, 110))
    content = encoded(drawing, kind, **({"lossless": True} if kind == "WEBP" else {}))
    picture = load_page(write(tmp_path, "scan", content), 0, LIMITS)
    assert (picture[100, 150] == tone).all()
    assert (picture[20, 20] == 255 - tone).all()
