"""Long strips, such as receipts and panoramas, are looked at in parts as closely as any other side."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.reading import Content
from tests.reading.pictures import paper
from tests.reading.test_codes import LINK, qr_code
from worker.reading.detection.core_rectangle import Cores
from worker.reading.detection.line_finder import LineFinder
from worker.reading.detection.parts import STRIDE, Values, cores_by_parts
from worker.reading.geometry import Picture, width
from worker.reading.reader import Reader
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import LONGEST, STRIP, longest_side
from worker.reading.side.codes import codes_in
from worker.reading.side.ink import ink_on

SAYINGS = ("we think of you all day", "the first snow fell last night", "warm greetings from Leeds")


def write(picture: Picture, text: str, x: int, y: int, size: float = 1.0) -> None:
    cv2.putText(picture, text, (x, y), cv2.FONT_HERSHEY_COMPLEX, size, (30, 30, 60), 2, cv2.LINE_AA)


def receipt(rows: int, pitch: int = 60) -> Picture:
    picture = paper(pitch * (rows + 2), 800)
    for row in range(rows):
        write(picture, SAYINGS[row % 3], 60, pitch * (row + 1))
    return picture


@pytest.mark.parametrize("rows", [60, 150])
def test_each_line_of_a_receipt_is_found_where_it_stands(rows: int) -> None:
    picture = receipt(rows)
    found = LineFinder(ReaderSettings()).find(picture, ink_on(picture))
    places = sorted(round((line.quad[:, 1].mean() + 10) / 60) for line in found)
    assert places == list(range(1, rows + 1))


def test_a_line_that_runs_through_all_of_a_panorama_is_found_whole() -> None:
    picture = paper(600, 6000)
    for row in range(7):
        write(picture, " and ".join(SAYINGS * 3), 60, 90 + 70 * row, 1.1)
    inked = np.ptp(np.flatnonzero((picture < 150).any(axis=(0, 2))))
    found = LineFinder(ReaderSettings()).find(picture, ink_on(picture))
    assert len(found) == 7
    assert all(0.98 * inked < width(line.quad) < 1.03 * inked for line in found)


def test_a_receipt_is_read_from_its_first_line_to_its_last(reader: Reader) -> None:
    reading = reader.read(receipt(110))
    assert reading.content is Content.TEXT
    lines = reading.text.splitlines()
    right = [line == SAYINGS[row % 3] for row, line in enumerate(lines)]
    assert len(lines) == 110
    assert sum(right) > 0.8 * 110


def test_a_code_at_the_end_of_a_receipt_is_found() -> None:
    picture, code = receipt(150), qr_code(4)
    rows, columns = code.shape[:2]
    picture[-rows - 60 : -60, 400 : 400 + columns] = code
    assert [found.text for found in codes_in(picture)] == [LINK]


@given(st.integers(12, 60), st.integers(1, 12), st.integers(7, 15), st.booleans())
def test_a_map_put_together_from_parts_is_that_of_the_whole(
    long: int, short: int, part: int, level: bool
) -> None:
    """What a part tells of its own ends is left out wherever another sees further."""
    shape = (short, long) if level else (long, short)
    values = np.random.default_rng(long).random((1, 3, *(STRIDE * side for side in shape)), np.float32)
    sizes = set()

    def cores_of(seen: Values) -> Cores:
        sizes.add(seen.shape)
        cores: Cores = seen[0, 0] + seen[0, 1]
        along = cores.T if level else cores
        along[:STRIDE] = along[-STRIDE:] = 0
        return cores

    whole = cores_of(values)
    sizes.clear()
    assert np.array_equal(cores_by_parts(cores_of, values, part * STRIDE), whole)
    assert len(sizes) == 1
    assert max(max(shape[2:]) for shape in sizes) <= STRIDE * max(part, short)


@given(st.integers(16, 40_000), st.integers(16, 40_000), st.integers(100, 3_000))
def test_only_strips_stay_longer(rows: int, columns: int, most: int) -> None:
    long, short = max(rows, columns), min(rows, columns)
    length = longest_side((rows, columns, 3), most)
    if long <= STRIP * short:
        assert length == most
    else:
        assert most <= length <= LONGEST * most
        assert length == LONGEST * most or length * short / long == pytest.approx(most / STRIP)
