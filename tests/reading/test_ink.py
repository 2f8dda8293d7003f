"""Ink, blank sides, drawings and photographs, without an engine."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mailroom.reading import Content
from tests.reading.pictures import card, paper
from worker.reading.geometry import Picture
from worker.reading.side.content import is_bare, without_words
from worker.reading.side.ink import ink_on


def test_bare_paper_of_any_colour_has_no_ink() -> None:
    assert all(is_bare(ink_on(paper(tone=tone))) for tone in (30, 90, 180, 250))


def test_shadow_is_no_ink() -> None:
    shade = np.linspace(0.55, 1.0, 900, dtype=np.float32)[None, :, None]
    shadowed = np.asarray(paper() * shade, np.uint8)
    assert without_words(ink_on(shadowed)) is Content.BLANK


def test_ruling_is_no_ink() -> None:
    lined = paper()
    for y in range(60, 600, 45):
        cv2.line(lined, (0, y), (900, y), (170, 180, 215), 2)
    assert without_words(ink_on(lined)) is Content.BLANK


def test_a_postcard_back_and_squared_paper_are_no_ink() -> None:
    back, squared = paper(1240, 1748), paper(1240, 1748)
    cv2.line(back, (874, 180), (874, 1060), (90, 90, 90), 3)
    for y in range(500, 1000, 110):
        cv2.line(back, (980, y), (1640, y), (90, 90, 90), 3)
    for at in range(0, 1748, 60):
        cv2.line(squared, (at, 0), (at, 1240), (190, 200, 225), 2)
        cv2.line(squared, (0, at), (1748, at), (190, 200, 225), 2)
    assert without_words(ink_on(back)) is without_words(ink_on(squared)) is Content.BLANK


def test_the_edges_of_paper_that_lies_askew_are_no_ink() -> None:
    scan = np.full((940, 1280, 3), 224, np.uint8)
    corners = np.array([[50, 20], [1255, 60], [1230, 920], [25, 880]])
    cv2.fillPoly(scan, [corners], (150, 180, 215))
    assert without_words(ink_on(scan)) is Content.BLANK


@pytest.mark.parametrize("quarter_turns", [0, 1])
@pytest.mark.parametrize(("pen", "size"), [(14, 1.0), (5, 1.0), (5, 1.6), (4, 0.25)])
def test_a_sign_drawn_along_a_ruler_is_a_drawing(pen: int, size: float, quarter_turns: int) -> None:
    drawn = paper(1240, 1748)
    arms = np.array([[[0, -300], [0, 300]], [[-300, 0], [300, 0]], [[0, -300], [300, -300]]])
    hooks = np.array([[[300, 0], [300, 300]], [[0, 300], [-300, 300]], [[-300, 0], [-300, -300]]])
    for start, end in (np.concatenate([arms, hooks]) * size + [874, 620]).astype(int):
        cv2.line(drawn, start.tolist(), end.tolist(), (20, 20, 20), pen)
    assert without_words(ink_on(np.rot90(drawn, quarter_turns).copy())) is Content.DRAWING


@pytest.mark.parametrize(("wide", "tall"), [(548, 800), (900, 1000), (1500, 900)])
def test_a_plain_cross_is_a_drawing_however_large(wide: int, tall: int) -> None:
    drawn = paper(1240, 1748)
    cv2.line(drawn, (874, 620 - tall // 2), (874, 620 + tall // 2), (20, 20, 20), 12)
    cv2.line(drawn, (874 - wide // 2, 450), (874 + wide // 2, 450), (20, 20, 20), 12)
    assert without_words(ink_on(drawn)) is Content.DRAWING


SIGNS = {
    "cross": [[[0, -300], [0, 300]], [[-300, 0], [300, 0]]],
    "swastika": [
        [[0, -300], [0, 300]],
        [[-300, 0], [300, 0]],
        [[0, -300], [300, -300]],
        [[300, 0], [300, 300]],
        [[0, 300], [-300, 300]],
        [[-300, 0], [-300, -300]],
    ],
}


def with_edges(picture: Picture, sides: str, off: int) -> Picture:
    """The picture with what lies beside the paper, so far in from some sides."""
    scan, (rows, columns) = picture.copy(), picture.shape[:2]
    edges = {
        "left": ((0, 0), (off, rows)),
        "right": ((columns - off, 0), (columns, rows)),
        "top": ((0, 0), (columns, off)),
        "bottom": ((0, rows - off), (columns, rows)),
    }
    for side in sides.split():
        cv2.rectangle(scan, *edges[side], (110, 110, 110), -1)
    return scan


@pytest.mark.parametrize("sides", ["left", "left top", "left right top bottom"])
@pytest.mark.parametrize(("size", "off"), [(1.0, 45), (1.6, 45), (1.6, 60), (1.95, 45)])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_a_drawing_although_edges_of_the_paper_are_seen(
    sign: str, size: float, off: int, sides: str
) -> None:
    drawn = paper(1240, 1748)
    for start, end in (np.array(SIGNS[sign]) * size + [874, 620]).astype(int):
        cv2.line(drawn, start.tolist(), end.tolist(), (20, 20, 20), 8)
    assert without_words(ink_on(with_edges(drawn, sides, off))) is Content.DRAWING


@pytest.mark.parametrize("sides", ["left", "left top", "left right top bottom"])
@pytest.mark.parametrize("off", [30, 60])
def test_folds_and_ruling_are_no_ink_although_edges_of_the_paper_are_seen(off: int, sides: str) -> None:
    folded, lined = paper(1240, 1748), paper(1240, 1748)
    cv2.line(folded, (874, 0), (874, 1240), (205, 205, 205), 4)
    cv2.line(folded, (0, 620), (1748, 620), (205, 205, 205), 4)
    for y in range(60, 1240, 90):
        cv2.line(lined, (0, y), (1748, y), (170, 180, 215), 2)
    for blank in (folded, lined):
        assert without_words(ink_on(with_edges(blank, sides, off))) is Content.BLANK


def test_folds_from_edge_to_edge_are_no_ink() -> None:
    folded = paper(1240, 1748)
    cv2.line(folded, (874, 0), (874, 1240), (205, 205, 205), 4)
    cv2.line(folded, (0, 620), (1748, 620), (205, 205, 205), 4)
    assert without_words(ink_on(folded)) is Content.BLANK


@pytest.mark.parametrize(("size", "at"), [(0.9, (1000, 1700)), (0.9, (1000, 60)), (1.4, (300, 3480))])
def test_a_line_of_small_print_on_a_large_sheet_is_not_bare(size: float, at: tuple[int, int]) -> None:
    sheet = paper(3508, 2480)
    cv2.putText(
        sheet, "Call me at home tonight, Peter", at, cv2.FONT_HERSHEY_COMPLEX, size, (30, 30, 60), 2
    )
    assert not is_bare(ink_on(sheet))


@pytest.mark.parametrize("depth", [18, 40, 120])
def test_a_line_of_pencil_is_ink_however_faint(depth: int) -> None:
    written = paper()
    cv2.putText(
        written, "Take heart", (120, 300), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 3, (245 - depth,) * 3, 4
    )
    assert not is_bare(ink_on(written))


def test_a_drawn_house_is_a_drawing() -> None:
    drawn = paper()
    cv2.polylines(
        drawn,
        [np.array([[300, 500], [300, 300], [450, 180], [600, 300], [600, 500]])],
        True,
        (160, 40, 40),
        7,
    )
    cv2.circle(drawn, (740, 130), 60, (230, 180, 20), -1)
    assert without_words(ink_on(drawn)) is Content.DRAWING


def test_ink_outside_of_the_lines_is_what_is_drawn() -> None:
    picture = card()
    ink = ink_on(picture)
    assert ink.outside([(0, 0, 900, 600)]) == 0
    assert ink.outside([]) == pytest.approx(ink.share)


@pytest.mark.parametrize("filled_in", [False, True])
def test_ruled_boxes_are_cells(filled_in: bool) -> None:
    form = paper()
    for x in range(100, 800, 200):
        for y in range(100, 500, 100):
            cv2.rectangle(form, (x, y), (x + 180, y + 80), (40, 40, 40), 2)
            if filled_in:
                cv2.putText(form, "Nadia B", (x + 8, y + 50), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.2, 30, 2)
    assert ink_on(form).cells >= 12


def test_squares_that_writing_breaks_are_no_cells() -> None:
    """Where a stroke hides a piece of the ruling, two, three or six squares become one box."""
    squared = paper()
    for at in range(0, 900, 30):
        cv2.line(squared, (at, 0), (at, 600), (170, 180, 215), 2)
        cv2.line(squared, (0, at), (900, at), (170, 180, 215), 2)
    for x in range(120, 780, 150):
        for y in (150, 270, 390):
            cv2.rectangle(squared, (x + 4, y + 4), (x + 86, y + 56), (245, 245, 245), -1)
    assert ink_on(squared).cells == 0


def test_writing_too_small_to_be_found_is_not_called_blank() -> None:
    written = paper()
    for y in range(20, 590, 6):
        cv2.putText(written, "mi" * 90, (10, y), cv2.FONT_HERSHEY_PLAIN, 0.45, (90, 90, 90), 1)
    assert without_words(ink_on(written)) is not Content.BLANK


def test_noise_all_over_is_neither_bare_nor_blank() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (900, 600, 3)).astype(np.uint8)
    assert not is_bare(ink_on(noise))
    assert without_words(ink_on(noise)) is Content.UNREADABLE


@pytest.mark.parametrize("left", [0, 1 / 85, 1 / 25])
def test_a_black_picture_is_not_called_blank(left: float) -> None:
    ink = ink_on((card() * left).astype(np.uint8))
    assert not is_bare(ink)
    assert without_words(ink) is Content.UNREADABLE


def test_ink_tells_where_a_line_can_stand() -> None:
    ink = ink_on(card())
    assert ink.is_written_on((50, 100, 800, 160))
    assert not ink.is_written_on((50, 420, 800, 560))
    # What stands in the margins is not measured.
    assert ink.is_written_on((0, 580, 900, 600))
