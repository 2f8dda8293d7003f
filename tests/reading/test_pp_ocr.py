"""Clear writing is left to the quick recogniser, all else to the thorough one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from samples.card import Design, render_side
from samples.fonts import FontMissingError
from tests.reading.pictures import LINES, card, paper
from worker.reading.detection.detector import Detector
from worker.reading.geometry import Picture, Quad
from worker.reading.lines import Glyph
from worker.reading.recognition.pp_ocr import PpOcrLines
from worker.reading.recognition.recogniser import Recognised, Recogniser


class Counted(Recogniser):
    """A real recogniser that counts what it is asked."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self.asked = 0

    def read(self, line: Picture) -> Recognised:
        self.asked += 1
        return self._recogniser.read(line)


class Sure(Recogniser):
    """Says the same of every line, as sure as it is told to be, and counts what it is asked."""

    def __init__(self, surenesses: list[float]) -> None:
        self._surenesses = iter(surenesses)
        self.asked = 0

    def read(self, line: Picture) -> Recognised:
        self.asked += 1
        sureness = next(self._surenesses)
        glyphs = (Glyph(mark, sureness, "", 0.0, at / 5, at / 5 + 0.2) for at, mark in enumerate("heart"))
        return Recognised(tuple(glyphs), ())


@pytest.fixture(scope="module")
def both() -> tuple[Recogniser, Recogniser]:
    return Recogniser.quick(), Recogniser.thorough()


@pytest.fixture
def quick(both: tuple[Recogniser, Recogniser]) -> Counted:
    return Counted(both[0])


@pytest.fixture
def thorough(both: tuple[Recogniser, Recogniser]) -> Counted:
    return Counted(both[1])


def quads(picture: Picture) -> list[Quad]:
    """Where its lines are, the uppermost first."""
    found = [line.quad for line in Detector().find(picture, 960)]
    return sorted(found, key=lambda quad: float(quad[0, 1]))


def scribbled(rows: int) -> Picture:
    """Waves where lines would stand: strokes that are no letters."""
    picture = paper(height=180 + 90 * rows)
    across = np.arange(60, 860, 4)
    for number in range(rows):
        up = 128 + 90 * number + 14 * np.sin(across / (5 + number))
        points = np.stack([across, up], axis=1).astype(np.int32)
        cv2.polylines(picture, [points], isClosed=False, color=(30, 30, 60), thickness=2)
    return picture


def test_clear_writing_is_read_by_the_quick_one_alone(quick: Counted, thorough: Counted) -> None:
    lines = PpOcrLines(quick, thorough, card())
    assert [lines.read(quad).text for quad in quads(card())] == list(LINES)
    assert (quick.asked, thorough.asked) == (3, 0)


def test_what_is_not_clear_is_read_by_the_thorough_one_and_soon_by_it_alone(
    quick: Counted, thorough: Counted
) -> None:
    picture = scribbled(6)
    lines = PpOcrLines(quick, thorough, picture)
    for top in range(98, 98 + 6 * 90, 90):
        lines.read(np.array([[50, top], [880, top], [880, top + 60], [50, top + 60]], np.float32))
    assert thorough.asked == 6
    assert quick.asked < 6


@pytest.mark.parametrize(
    ("surenesses", "asked"),
    [
        ([0.93, 0.93, 0.99], 2),
        ([0.93, 0.99, 0.93, 0.93, 0.93, 0.99], 5),
        ([0.7, 0.99], 1),
        ([0.99, 0.7, 0.93, 0.99], 4),
        ([0.99, 0.7, 0.7, 0.99], 3),
    ],
)
def test_the_quick_one_is_asked_on_as_long_as_one_line_in_three_does(
    surenesses: list[float], asked: int
) -> None:
    quick, thorough = Sure(surenesses), Sure([0.99] * len(surenesses))
    lines = PpOcrLines(quick, thorough, paper())
    for top in range(40, 40 + 60 * len(surenesses), 60):
        lines.read(np.array([[50, top], [250, top], [250, top + 40], [50, top + 40]], np.float32))
    assert quick.asked == asked


def test_a_line_with_a_place_that_the_quick_one_does_not_see_is_read_by_the_thorough_one(
    quick: Counted, thorough: Counted
) -> None:
    try:
        picture = render_side(Design("Take heart 王芳,", "zho", "noto-sans-chinese", "print"), 2).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    lines = PpOcrLines(quick, thorough, picture)
    assert ["王芳" in lines.read(quad).text for quad in quads(picture)] == [True]
    assert (quick.asked, thorough.asked) == (1, 1)


def test_the_same_line_is_read_once(quick: Counted, thorough: Counted) -> None:
    lines = PpOcrLines(quick, thorough, card())
    first = quads(card())[0]
    assert lines.read(first) is lines.read(first.copy())
    assert quick.asked + thorough.asked == 1


def test_writing_in_letters_that_the_quick_one_lacks_is_read_by_the_thorough_one(
    quick: Counted, thorough: Counted
) -> None:
    try:
        side = render_side(Design("Dragă prietene,", "ron", "noto-serif", "print"), 2)
    except FontMissingError as missing:
        pytest.skip(str(missing))
    lines = PpOcrLines(quick, thorough, side.picture)
    assert [lines.read(quad).text for quad in quads(side.picture)] == ["Dragă prietene,"]
    assert (quick.asked, thorough.asked) == (1, 1)
