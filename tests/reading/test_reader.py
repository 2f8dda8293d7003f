"""The reader as a whole, on real engines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mailroom.reading import Content
from tests.reading.pictures import LINES, card, paper, tilted
from worker.reading.detection import cores
from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.detection.line_finder import LineFinder
from worker.reading.errors import UnfitPictureError
from worker.reading.reader import Reader


def test_print_is_read_in_order_and_surely(reader: Reader) -> None:
    reading = reader.read(card(), ("eng",))
    assert reading.text.splitlines() == list(LINES)
    assert reading.confidence > 0.9
    assert (reading.language, reading.script, reading.content) == ("eng", "Latn", Content.TEXT)


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_turned_card_is_read_and_says_how_to_turn_it(reader: Reader, quarter_turns: int) -> None:
    turned = np.ascontiguousarray(np.rot90(card(), -quarter_turns))
    reading = reader.read(turned)
    assert reading.rotation == (360 - 90 * quarter_turns) % 360
    assert reading.text.splitlines() == list(LINES)


def test_word_boxes_cover_the_ink_of_their_words(reader: Reader) -> None:
    picture = card()
    reading = reader.read(picture)
    for line in reading.lines:
        for word in line.words:
            x0, y0, x1, y1 = word.box
            assert picture[y0:y1, x0:x1].min() < 100
    painted = picture.copy()
    for line in reading.lines:
        for word in line.words:
            x0, y0, x1, y1 = word.box
            painted[y0:y1, x0:x1] = 245
    assert (painted < 150).sum() <= 0.01 * (picture < 150).sum()


def test_bare_paper_is_blank(reader: Reader) -> None:
    reading = reader.read(paper())
    assert (reading.content, reading.text) == (Content.BLANK, "")


@pytest.mark.parametrize("tone", [60, 120, 200])
def test_coloured_paper_is_blank(reader: Reader, tone: int) -> None:
    assert reader.read(paper(tone=tone)).content is Content.BLANK


@pytest.mark.parametrize("said", ["88", "OK"])
def test_two_characters_alone_on_a_side_are_for_a_person_to_see(reader: Reader, said: str) -> None:
    side = paper(1240, 1748)
    cv2.putText(side, said, (700, 640), cv2.FONT_HERSHEY_COMPLEX, 2.5, (30, 30, 60), 5, cv2.LINE_AA)
    reading = reader.read(side)
    assert (reading.content, reading.text, reading.raw_text) == (Content.UNREADABLE, "", said)
    (line,) = reading.lines
    assert line.confidence == 0
    assert side[line.box[1] : line.box[3], line.box[0] : line.box[2]].min() < 100


@pytest.mark.parametrize("quarter_turns", [1, 3])
@pytest.mark.parametrize("degrees", [-5, -2, 2, 5])
def test_a_turned_card_may_lie_askew(reader: Reader, quarter_turns: int, degrees: int) -> None:
    """Short and long lines of one card come out the same way round."""
    upright = card(
        ("Dear Nadia, the first snow fell", "I thought of you", "Warm greetings from Leeds", "Ann")
    )
    reading = reader.read(np.ascontiguousarray(np.rot90(tilted(upright, degrees), quarter_turns)))
    assert reading.rotation == 90 * quarter_turns
    assert {line.text for line in reading.lines} >= {"I thought of you", "Warm greetings from Leeds", "Ann"}


@pytest.mark.parametrize(
    "picture",
    [np.zeros((50, 50), np.uint8), np.zeros((50, 50, 3), np.float32), np.zeros((0, 200, 3), np.uint8)],
)
def test_what_is_no_picture_is_refused_by_name(reader: Reader, picture: np.ndarray) -> None:
    with pytest.raises(UnfitPictureError):
        reader.read(picture)


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (50_000, 1), (2000, 15)])
def test_a_side_in_which_no_line_fits_is_for_a_person(reader: Reader, shape: tuple[int, int]) -> None:
    reading = reader.read(np.full((*shape, 3), 240, np.uint8))
    assert (reading.content, reading.text, reading.confidence) == (Content.UNREADABLE, "", 0)


@pytest.mark.parametrize("shape", [(16, 60_000), (60_000, 16)])
def test_a_side_as_thin_as_a_hair_is_read_like_any_other(reader: Reader, shape: tuple[int, int]) -> None:
    side = np.full((*shape, 3), 240, np.uint8)
    assert reader.read(side).content is Content.BLANK
    cv2.line(side, (shape[1] // 2, shape[0] // 2), (shape[1] - 1, shape[0] - 1), (30, 30, 60), 2)
    assert reader.read(side).text == ""


def test_where_more_stands_than_is_read_of_a_side_its_place_is_told_as_unread(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "MOST_LINES", 2)
    picture = card()
    larger = np.asarray(cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
    for side, scale in ((picture, 1), (larger, 3)):
        *lines, rest = reader.read(side).lines
        assert [line.text.split()[0] for line in lines] == ["Dear", "last"]
        assert (rest.text, rest.confidence, rest.words) == ("", 0.0, ())
        x0, y0, x1, y1 = (place / scale for place in rest.box)
        unread = picture[round(y0) : round(y1), round(x0) : round(x1)]
        assert (unread < 100).any()
        assert 270 < y0 < y1 < 350


def test_a_shade_of_the_paper_is_no_line(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    found = LineFinder.find
    shade = FoundLine(np.array([[60, 420], [800, 420], [800, 560], [60, 560]], np.float32), 0.9)
    monkeypatch.setattr(LineFinder, "find", lambda self, sheet, ink: [*found(self, sheet, ink), shade])
    assert [line.text for line in reader.read(card()).lines] == list(LINES)
    monkeypatch.setattr(LineFinder, "find", lambda self, sheet, ink: [shade])
    monkeypatch.setattr("worker.reading.reader.is_bare", lambda ink: False)
    assert reader.read(paper()).content is Content.BLANK
