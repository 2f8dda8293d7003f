"""Every page of a file is taken, in its order, and nothing that is no page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from mailroom.pictures import MissingPageError, PageSize, inspect, load_page
from tests.mailroom.picture_files import HEIGHT, KINDS, LIMITS, SIZE, WIDTH, encoded, scan, write


@pytest.mark.parametrize("suffix", ["tif", "pdf"])
def test_pages_keep_their_order_and_their_sizes(tmp_path: Path, suffix: str) -> None:
    pages = [scan(number, (200 + 20 * number, 150)) for number in range(4)]
    content = encoded(pages[0], KINDS[suffix], save_all=True, append_images=pages[1:], resolution=200.0)
    path = write(tmp_path, f"scan.{suffix}", content)
    assert inspect(path, LIMITS) == tuple(PageSize(*page.size) for page in pages)
    for number, page in enumerate(pages):
        assert load_page(path, number, LIMITS).shape == (150, page.width, 3)
    for missing in (4, -1):
        with pytest.raises(MissingPageError):
            load_page(path, missing, LIMITS)


def called_reduced(page: Image.Image) -> Image.Image:
    tags = ImageFileDirectory_v2()
    tags[254] = 1
    page.encoderinfo = {"tiffinfo": tags}
    return page


@pytest.mark.parametrize("size", [(30, 20), (WIDTH // 2, HEIGHT // 2)])
def test_a_reduced_copy_in_a_tiff_is_no_page(tmp_path: Path, size: tuple[int, int]) -> None:
    reduced = called_reduced(scan(size=size))
    content = encoded(scan(), "TIFF", save_all=True, append_images=[reduced])
    assert inspect(write(tmp_path, "scan.tif", content), LIMITS) == (SIZE,)


@pytest.mark.parametrize("size", [SIZE, (HEIGHT, WIDTH), (HEIGHT, WIDTH // 2)])
def test_a_page_that_is_wrongly_called_a_reduced_copy_is_not_lost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    back = called_reduced(scan(1, size))
    path = write(tmp_path, "scan.tif", encoded(scan(), "TIFF", save_all=True, append_images=[back]))
    assert inspect(path, LIMITS) == (SIZE, size)
    assert load_page(path, 1, LIMITS).shape == (size[1], size[0], 3)
