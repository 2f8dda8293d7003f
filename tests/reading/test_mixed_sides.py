"""What stands beside the text that an engine reads: nothing of it may vanish from a sure reading."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reading.score import errors
from mailroom.reading import Content
from samples.drawings import Place, draw
from tests.reading.pictures import LINES, card, paper
from tests.reading.test_print import ARABIC, RUSSIAN, needs, printed
from worker.reading.finishing import Nature, finished
from worker.reading.geometry import Picture, Quad
from worker.reading.lines import Glyph, ReadLine
from worker.reading.looks.short_words import may_be_a_word
from worker.reading.other_scripts.strange_lines import with_strange_lines
from worker.reading.reader import Reader
from worker.reading.side.content import with_scraps
from worker.reading.side.ink import ink_on
from worker.reading.side.lettering import PRINT, UNTOLD
from worker.reading.side_text import SideText

FONTS = Path(__file__).parents[2] / ".cache" / "fonts"
KOREAN = (
    "사랑하는 나디아에게 안녕하세요",
    "어제 첫눈이 내려서 네 생각이 났어",
    "우리는 네가 잘 지내기를 바란다",
    "아이들이 너에게 인사를 전해",
    "시간이 나면 꼭 편지해 줘",
)
ENGLISH = "With love from Tom and family"
UP_THE_MARGIN = "Call me at home tonight"


def beside(left: Picture, right: Picture) -> Picture:
    """Two pictures on one side, on paper as high as the higher one."""
    rows = max(left.shape[0], right.shape[0])
    filled = [
        cv2.copyMakeBorder(one, 0, rows - one.shape[0], 0, 0, cv2.BORDER_REPLICATE) for one in (left, right)
    ]
    return np.concatenate(filled, axis=1)


def up_the_margin(text: str = UP_THE_MARGIN) -> Picture:
    strip = paper(130, 900)
    cv2.putText(strip, text, (40, 90), cv2.FONT_HERSHEY_COMPLEX, 1.6, (30, 30, 60), 2, cv2.LINE_AA)
    return np.ascontiguousarray(np.rot90(strip))


def wave(picture: Picture, row: int) -> Picture:
    """The picture with a line of strokes on it that are no letters."""
    across = np.arange(60, 660, 4)
    points = np.stack([across, row + 14 * np.sin(across / 5)], axis=1).astype(np.int32)
    return np.asarray(cv2.polylines(picture.copy(), [points], False, (30, 30, 60), 2), np.uint8)


def with_word(
    picture: Picture, word: str, font: str, at: tuple[int, int] = (300, 450), size: int = 44
) -> Picture:
    """The picture with a word on it in a font of the system or of the samples."""
    try:
        written = ImageFont.truetype(font, size)
    except OSError:
        pytest.skip(f"the font {font} is not there")
    card = Image.fromarray(picture)
    ImageDraw.Draw(card).text(at, word, font=written, fill=(30, 30, 60))
    return np.asarray(card)


def smile(picture: Picture, size: int) -> None:
    ink = (30, 30, 60)
    cv2.circle(picture, (150, 100), size // 2, ink, 4)
    cv2.ellipse(picture, (150, 100), (size // 4, size // 4), 0, 20, 160, ink, 4)
    for eye in (150 - size // 6, 150 + size // 6):
        cv2.circle(picture, (eye, 100 - size // 8), 3, ink, -1)


def level(top: float) -> Quad:
    return np.array([[10, top], [410, top], [410, top + 30], [10, top + 30]], np.float32)


def line(text: str, sureness: float) -> ReadLine:
    step = 1 / len(text)
    glyphs = (Glyph(mark, sureness, "", 0, at * step, (at + 1) * step) for at, mark in enumerate(text))
    return ReadLine(level(10), tuple(glyphs))


def test_a_line_up_the_margin_of_print_in_another_script_is_read_too(reader: Reader) -> None:
    needs("rus")
    reading = reader.read(beside(up_the_margin(), printed(RUSSIAN, "rus", "noto-sans")), ("rus",))
    assert (reading.script, reading.engine) == ("Cyrl", "tesseract")
    assert UP_THE_MARGIN in reading.text
    assert UP_THE_MARGIN in reading.raw_text


def test_what_cannot_be_read_in_the_margin_is_for_a_person_to_see(reader: Reader) -> None:
    needs("rus")
    margin = np.ascontiguousarray(np.rot90(wave(paper(130, 760), 70)))
    reading = reader.read(beside(margin, printed(RUSSIAN, "rus", "noto-sans")), ("rus",))
    assert reading.script == "Cyrl"
    assert [(line.text, line.box[2] < 130) for line in reading.lines if line.confidence < 0.5] == [
        ("", True)
    ]


def test_a_line_of_which_nothing_comes_is_doubted_in_its_place(reader: Reader) -> None:
    without = reader.read(card())
    reading = reader.read(wave(card(), 440))
    assert reading.text.splitlines()[:3] == list(LINES)
    assert reading.lines[-1].confidence < 0.1
    assert reading.lines[-1].box[1] > 400
    assert reading.confidence < without.confidence


def test_a_word_that_no_engine_reads_is_for_a_person_to_see(reader: Reader) -> None:
    """Alone on a side, and up the margin of writing that is read."""
    scribble = paper(600, 900)
    points = np.array([[60 + 9 * at, 300 + 22 * (at % 2) + 9 * (at % 3)] for at in range(16)])
    cv2.polylines(scribble, [points], False, (30, 30, 60), 4)
    alone = reader.read(scribble)
    assert (alone.content, alone.text) == (Content.UNREADABLE, "")
    word = np.ascontiguousarray(np.rot90(scribble[270:360, 40:230]))
    margin = np.asarray(cv2.copyMakeBorder(word, 200, 210, 40, 40, cv2.BORDER_REPLICATE), np.uint8)
    beside_text = reader.read(beside(margin, card()))
    assert set(LINES) <= set(beside_text.text.splitlines())
    assert any(line.confidence < 0.5 and line.box[2] < 170 for line in beside_text.lines)


def test_a_word_of_which_a_letter_came_is_no_drawing() -> None:
    """Of a few words in nastaliq PP-OCR reads one letter."""
    picture = paper(600, 900)
    points = np.array([[60 + 9 * at, 300 + 22 * (at % 2) + 9 * (at % 3)] for at in range(16)])
    cv2.polylines(picture, [points], False, (30, 30, 60), 4)
    quad = np.array([[50, 290], [210, 290], [210, 350], [50, 350]], np.float32)
    side = SideText("pp-ocr", [[line("二", 0.78).placed(quad)]], 0, "Arab", believable=False)
    assert with_scraps(ink_on(picture), side, picture.shape) is Content.UNREADABLE


def test_an_empty_line_keeps_its_place_and_is_not_in_the_text() -> None:
    read, empty = line("Dear Nadia, the first snow", 0.99), ReadLine(level(80), ())
    side = SideText("pp-ocr", [[read, empty]], 0, "Latn", believable=True)
    reading = finished(side, (600, 900, 3), Nature(Content.TEXT, UNTOLD), ("eng",), ())
    assert reading.text == read.text
    assert [(one.text, one.confidence > 0) for one in reading.lines] == [(read.text, True), ("", False)]
    assert 0 < reading.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "script", "print_lead"),
    [("Dear Nadia, the first snow", "Latn", None), ("사랑하는 나디아에게 안녕", "Hang", 0.15)],
)
@pytest.mark.parametrize("scrap", [".", "- -", "7"])
def test_a_scrap_where_a_word_stands_is_doubted_however_sure_the_engine_is(
    scrap: str, text: str, script: str, print_lead: float | None
) -> None:
    read = line(text, 0.97)
    scraps = line(scrap, 0.97).placed(np.array(level(80) * [0.5, 1], np.float32))
    side = SideText("any", [[read, scraps]], 0, script, believable=True, print_lead=print_lead)
    reading = finished(side, (600, 900, 3), Nature(Content.TEXT, UNTOLD), ("eng",), ())
    assert [one.confidence > 0.5 for one in reading.lines] == [True, False]
    assert reading.confidence < 0.9


def test_a_foreign_line_in_letters_of_neither_script_is_doubted() -> None:
    read, strange = line("사랑하는 나디아에게 안녕", 0.97), line("足足足足足足.", 0.97).placed(level(80))
    side = SideText("tesseract", [[read, strange]], 0, "Hang", believable=True, print_lead=0.15)
    reading = finished(side, (600, 900, 3), Nature(Content.TEXT, PRINT), ("kor",), ())
    assert [one.confidence > 0.5 for one in reading.lines] == [True, False]


@pytest.mark.parametrize("short", [":)", "Oh", "3.", "…"])
def test_a_few_marks_as_long_as_they_are_written_are_no_scrap(short: str) -> None:
    quad = np.array([[10, 80], [46, 80], [46, 110], [10, 110]], np.float32)
    assert line(short, 0.97).placed(quad).read_share == 1


def test_a_misread_line_counts_as_long_as_it_is() -> None:
    """Of a line in a script that nobody reads come a few doubtful letters."""
    read = [line("Dear Nadia, the first snow", 0.995).placed(level(10 + 40 * row)) for row in range(3)]
    misread = line("avunun", 0.75).placed(level(130))
    side = SideText("pp-ocr", [[*read, misread]], 0, "Latn", believable=True)
    reading = finished(side, (600, 900, 3), Nature(Content.TEXT, UNTOLD), ("eng",), ())
    assert reading.confidence < 0.9


def test_print_in_another_script_beside_latin_is_read_as_what_it_is(reader: Reader) -> None:
    needs("ara")
    reading = reader.read(beside(card(), printed(ARABIC, "ara", "noto-naskh")), ("eng",))
    assert set(LINES) <= set(reading.text.splitlines())
    (line,) = (line for line in reading.lines if line.text == ARABIC.splitlines()[1])
    assert line.confidence > 0.5


@pytest.mark.parametrize(
    ("word", "face"), [("شكرا", "NotoNaskhArabic"), ("नमस्ते", "NotoSansDevanagari"), ("안녕", "NotoSansCJK")]
)
def test_a_short_word_in_another_script_keeps_its_place(reader: Reader, word: str, face: str) -> None:
    font = f"{face}-Regular.{'ttc' if 'CJK' in face else 'ttf'}"
    reading = reader.read(with_word(card(), word, font))
    assert set(LINES) <= set(reading.text.splitlines())
    assert {one.confidence for one in reading.lines if one.text not in LINES} == {0.0}


@pytest.mark.parametrize("motif", ["heart", "star", "flower", "bird", "smiley", "cat"])
@pytest.mark.parametrize("size", [50, 100])
def test_what_is_drawn_beside_text_is_no_word(motif: str, size: int) -> None:
    picture = paper(200, 300)
    if motif == "smiley":
        smile(picture, size)
    else:
        drawn = draw(picture.astype(np.float32), motif, Place(150, 100, size), 4, np.random.default_rng(1))
        picture = np.clip(drawn, 0, 255).astype(np.uint8)
    rows, columns = np.nonzero(picture.min(axis=2) < 200)
    left, right, top, bottom = columns.min(), columns.max(), rows.min(), rows.max()
    quad = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    assert not may_be_a_word(picture, quad)


def test_a_line_of_english_beside_korean_by_hand_spoils_neither(reader: Reader) -> None:
    needs("kor")
    picture = paper(700, 1000)
    for row, text in enumerate((*KOREAN, ENGLISH)):
        script = "latin" if text == ENGLISH else "korean"
        picture = with_word(
            picture, text, str(FONTS / f"nanum-pen-script-{script}.ttf"), (60, 40 + 100 * row), 56
        )
    reading = reader.read(picture)
    assert reading.script == "Hang"
    assert ENGLISH in reading.text.splitlines()
    assert errors(reading.text, "\n".join((*KOREAN, ENGLISH))).rate < 0.1


def test_a_doubtful_number_is_no_line_in_another_script() -> None:
    lines = [line("Dear Nadia, the first snow", 0.97), line("07700 900 123 456 789", 0.8)]
    assert with_strange_lines(lines, [], lambda _: lines[0], lambda _: pytest.fail("tried")) == lines
