"""The pictures that pages show: turned, no larger than the scan, and nothing but pixels."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from mailroom.pictures import view_jpeg
from tests.mailroom.picture_files import SIZE, scan


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))]
)
def test_a_view_is_turned_clockwise(rotation: int, corner: tuple[int, int]) -> None:
    view = Image.open(io.BytesIO(view_jpeg(np.asarray(scan()), rotation, 150)), formats=["JPEG"])
    assert view.size == ((150, 100) if rotation in (0, 180) else (100, 150))
    pixels = np.asarray(view).astype(int)
    assert np.allclose(pixels[corner], (250, 0, 0), atol=30)
    assert not view.getexif()


def test_a_view_is_never_larger_than_its_picture() -> None:
    view = Image.open(io.BytesIO(view_jpeg(np.asarray(scan()), 0, 5000)))
    assert view.size == SIZE
    with pytest.raises(ValueError, match="45"):
        view_jpeg(np.asarray(scan()), 45, 100)


def test_a_thread_of_a_picture_still_has_a_view() -> None:
    thread = np.full((1, 70_000, 3), 255, np.uint8)
    assert Image.open(io.BytesIO(view_jpeg(thread, 90, 1000))).size == (1, 1000)
