"""Letters too narrow for the recogniser are made wider, not given up."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading.score import errors
from mailroom.pictures import PictureLimits, load_page
from tests.reading.test_lines import line
from worker.reading.geometry import Picture
from worker.reading.reader import Reader
from worker.reading.recognition.crowded import is_crowded, strokes_along

TRAY = Path(__file__).resolve().parents[2] / "samples" / "tray"
NARROW = 0.42


def bars(count: int, wide: int = 900) -> Picture:
    """A line 48 pixels high with so many strokes that stand side by side."""
    picture = np.full((48, wide, 3), 245, np.uint8)
    for at in range(count):
        picture[12:36, 10 + at * 6 : 12 + at * 6] = 30
    return picture


@given(st.integers(1, 140))
def test_strokes_are_counted(count: int) -> None:
    assert strokes_along(bars(count)) == count


def test_dense_strokes_of_which_little_came_are_crowded() -> None:
    assert is_crowded(line("e on.", 0.5), bars(100))
    assert is_crowded(line("e on.", 0.5), bars(40))
    assert not is_crowded(line("a few letters, doubtful ones", 0.7), bars(40))


def test_what_was_read_well_is_not_crowded() -> None:
    assert not is_crowded(line("a" * 60, 0.95), bars(140))


@pytest.mark.parametrize(
    "name", ["nadia-01/scan_0005.jpg", "nadia-01/scan_0010.jpg", "rio-claro-01/img004.jpg"]
)
def test_a_card_in_a_narrow_hand_is_read(reader: Reader, name: str) -> None:
    truth = (TRAY / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    written = next(card["text"] for card in map(json.loads, truth) if card["file"] == name)
    picture = load_page(TRAY / name, 0, PictureLimits())
    squeezed = cv2.resize(picture, None, fx=NARROW, fy=1.0, interpolation=cv2.INTER_AREA)
    reading = reader.read(np.asarray(squeezed, np.uint8))
    assert errors(reading.text, written).rate < 0.05
    assert reading.confidence > 0.9
