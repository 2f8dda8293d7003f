"""A file that would take too much to open is refused before it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.pictures import (
    PictureLimits,
    TooManyBytesError,
    TooManyPagesError,
    TooManyPixelsError,
    UnreadablePictureError,
    inspect,
)
from tests.mailroom.picture_files import (
    HEIGHT,
    KINDS,
    LIMITS,
    SIZE,
    WIDTH,
    encoded,
    pixel_bomb,
    scan,
    text_bomb,
    write,
)


def test_a_small_file_of_many_pixels_is_refused(tmp_path: Path) -> None:
    bomb = pixel_bomb()
    assert len(bomb) < 150_000
    with pytest.raises(TooManyPixelsError, match="100 million"):
        inspect(write(tmp_path, "bomb.png", bomb), LIMITS)


def test_the_limit_of_pixels_is_met_exactly(tmp_path: Path) -> None:
    for suffix in ("jpg", "png", "tif", "webp"):
        path = write(tmp_path, f"scan.{suffix}", encoded(scan(), KINDS[suffix]))
        assert inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT)) == (SIZE,)
        with pytest.raises(TooManyPixelsError):
            inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT - 1))


def test_a_later_page_of_many_pixels_is_refused(tmp_path: Path) -> None:
    pages = [scan(), scan(size=(WIDTH + 1, HEIGHT))]
    path = write(tmp_path, "scan.tif", encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    with pytest.raises(TooManyPixelsError):
        inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT))


def test_metadata_that_unfolds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePictureError):
        inspect(write(tmp_path, "bomb.png", text_bomb()), LIMITS)


def test_a_file_of_many_bytes_is_refused(tmp_path: Path) -> None:
    content = encoded(scan(), "PNG")
    path = write(tmp_path, "scan.png", content)
    assert inspect(path, PictureLimits(bytes_max=len(content))) == (SIZE,)
    with pytest.raises(TooManyBytesError):
        inspect(path, PictureLimits(bytes_max=len(content) - 1))


@pytest.mark.parametrize("suffix", ["tif", "pdf"])
def test_too_many_pages_are_refused(tmp_path: Path, suffix: str) -> None:
    content = encoded(scan(), KINDS[suffix], save_all=True, append_images=[scan()] * 3)
    path = write(tmp_path, f"scan.{suffix}", content)
    assert len(inspect(path, PictureLimits(pages_max=4))) == 4
    with pytest.raises(TooManyPagesError, match="more than 3 pages"):
        inspect(path, PictureLimits(pages_max=3))
