"""Lines are found at whatever size their writing has, on copies no larger than needed."""

from __future__ import annotations

from cProfile import Profile
from dataclasses import replace
from pstats import Stats

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.card import A5, Design, render_side
from samples.defects import Defects
from tests.reading.pictures import card, paper
from worker.reading.detection.line_finder import FEW_STROKES, LineFinder
from worker.reading.detection.small_print import dense_places
from worker.reading.geometry import Picture, height, is_tall
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import shrunk
from worker.reading.side.ink import ink_on


@pytest.fixture(scope="module")
def lines() -> LineFinder:
    return LineFinder(ReaderSettings())


def postcard(scale: float, rows: int) -> Picture:
    """A large scan with rows of print: letters of about ``21 * scale`` pixels."""
    picture = paper(1240, 1748)
    for row in range(rows):
        at = (100, 200 + round(60 * scale) * row)
        cv2.putText(
            picture, "Take heart", at, cv2.FONT_HERSHEY_COMPLEX, scale, (30, 30, 60), 2, cv2.LINE_AA
        )
    return picture


def test_few_large_lines_are_found_where_they_stand(lines: LineFinder) -> None:
    picture = card()
    found = lines.find(picture, ink_on(picture))
    assert ink_on(picture).strokes <= FEW_STROKES
    assert sorted(round(line.quad[:, 1].mean() / 90 - 0.4) for line in found) == [1, 2, 3]


@pytest.mark.parametrize(("scale", "rows"), [(0.6, 2), (2.5, 3), (0.9, 14)])
def test_small_and_many_lines_are_found_too(lines: LineFinder, scale: float, rows: int) -> None:
    picture = postcard(scale, rows)
    found = lines.find(picture, ink_on(picture))
    assert len(found) == rows
    assert all(18 * scale < height(line.quad) < 60 * scale for line in found)


def letterhead(rows: int) -> Picture:
    """Large writing, and beside it small print whose rows nearly touch."""
    picture = paper(1772, 2300)
    for row in range(4):
        at = (700, 500 + 300 * row)
        cv2.putText(picture, "Take heart", at, cv2.FONT_HERSHEY_COMPLEX, 5, (30, 30, 60), 6, cv2.LINE_AA)
    names = ("Miss Ada Lee", "12 Elm Row", "Mrs. B. Norris", "Treasurer", "Mr. Ian Oak", "703 Hill St.")
    for row in range(rows):
        at = (250, 300 + 24 * row)
        cv2.putText(
            picture, names[row % 6], at, cv2.FONT_HERSHEY_SIMPLEX, 0.75, (20, 20, 20), 2, cv2.LINE_AA
        )
    return picture


def test_dense_small_print_beside_large_writing_is_found(lines: LineFinder) -> None:
    picture = letterhead(rows=9)
    ink = ink_on(picture)
    found = lines.find(picture, ink)
    small = [line for line in found if height(line.quad) < 40]
    rows = {round((line.quad[:, 1].mean() - 290) / 24) for line in small}
    assert len(rows) >= 8
    assert len(found) - len(small) == 4
    assert dense_places(ink, [line.quad for line in found], picture.shape) == []


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_page_on_its_side_is_found_as_if_it_stood_upright(lines: LineFinder, rotation: int) -> None:
    said = "Dear Nadia, I hope that this letter finds you well and that the winter is mild where you are. "
    design = Design(16 * said, "eng", "liberation-mono", size_mm=A5, line_mm=7)
    sample = render_side(replace(design, defects=Defects(tilt=1, rotation=rotation)), 3)
    found = lines.find(sample.picture, ink_on(sample.picture))
    assert len(found) == len(sample.truth.lines)
    assert all(is_tall(line.quad) for line in found)


def test_small_print_on_a_card_on_its_side_is_found(lines: LineFinder) -> None:
    picture = np.ascontiguousarray(np.rot90(letterhead(rows=9), -1))
    found = lines.find(picture, ink_on(picture))
    assert len([line for line in found if height(line.quad) < 40]) >= 8


def test_a_greeting_up_the_margin_is_found_whole(lines: LineFinder) -> None:
    greeting = "With all our love from everybody in Leeds"
    message = "Dear Nadia,\nI hope this card finds you well. We think of you every day here."
    sample = render_side(Design(message, "eng", "liberation-sans", line_mm=11, margin_text=greeting), 3)
    found = lines.find(sample.picture, ink_on(sample.picture))
    assert len(found) == len(sample.truth.lines)
    _, top, _, bottom = sample.truth.lines[-1].box
    (margin,) = (line.quad for line in found if is_tall(line.quad))
    assert abs(margin[:, 1].min() - top) < 25
    assert abs(margin[:, 1].max() - bottom) < 25


def test_a_card_of_one_size_is_not_looked_at_twice() -> None:
    picture = card()
    ink = ink_on(picture)
    found = LineFinder(ReaderSettings()).find(picture, ink)
    assert dense_places(ink, [line.quad for line in found], picture.shape) == []


def test_strokes_are_counted_and_specks_are_not() -> None:
    bare, written = ink_on(paper()).strokes, ink_on(card()).strokes
    assert bare == 0
    assert 30 < written <= FEW_STROKES


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_a_smaller_copy_has_the_size_asked_for_and_the_same_tone(wide: int, tall: int, seed: int) -> None:
    picture = np.random.default_rng(seed).integers(90, 110, (91, 130, 3), np.uint8)
    small = shrunk(picture, (wide, tall))
    assert small.shape == (tall, wide, 3)
    assert abs(float(small.mean()) - float(picture.mean())) < 6


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("rows", [3, 8])
@pytest.mark.parametrize("size", [0.35, 0.45])
def test_rows_of_tiny_print_below_large_writing_are_found(
    lines: LineFinder, size: float, rows: int, framed: bool
) -> None:
    picture = paper(2300, 1600)
    if framed:
        cv2.rectangle(picture, (80, 100), (1520, 2200), (60, 60, 60), 5)
    for row in range(5):
        at = (150, 250 + 90 * row)
        cv2.putText(
            picture, "Warm greetings from Leeds", at, cv2.FONT_HERSHEY_COMPLEX, 1.6, (30, 30, 60), 3
        )
    for row in range(rows):
        at = (150, 1200 + round(40 * size) * row)
        cv2.putText(
            picture, "is open and whom to ask " * 3, at, cv2.FONT_HERSHEY_SIMPLEX, size, (0, 0, 0), 1
        )
    found = lines.find(picture, ink_on(picture))
    below = [line for line in found if line.quad[:, 1].min() > 1100]
    assert len(found) - len(below) == 5
    places = ((line.quad[:, 1].mean() - 1200) / round(40 * size) + 0.3 for line in below)
    assert {round(place) for place in places} == set(range(rows))


def test_small_marks_are_not_held_each_against_all_others(lines: LineFinder) -> None:
    """A few hundred calls for each will do, the same on any machine: six thousand marks took minutes."""
    picture, chance, marks = paper(2400, 3400), np.random.default_rng(3), 1000
    for x, y in chance.integers((0, 40), (3360, 2400), (marks, 2)).tolist():
        cv2.putText(picture, "n", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 60), 2)
    profile = Profile()
    profile.runcall(lines.find, picture, ink_on(picture))
    assert vars(Stats(profile))["total_calls"] < 500 * marks
