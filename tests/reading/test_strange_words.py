"""A word in another script on a line of Latin print: read as letters or passed over, it keeps a place."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from mailroom.reading import Reading
from tests.reading.pictures import paper
from worker.reading.geometry import Picture
from worker.reading.lines import Glyph, ReadLine
from worker.reading.looks.overlooked import overlooked_in
from worker.reading.looks.strange_words import is_mixed
from worker.reading.reader import Reader

LATIN = "LiberationSerif-Regular.ttf"
BEFORE, AFTER = "We say ", " to all of you"
FIRST, LAST = "Dear Nadia, the first snow fell", "Warm greetings from Leeds"
INK = (30, 30, 60)


def font(name: str, size: int = 40) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        pytest.skip(f"the font {name} is not installed")


def card_with(word: str, face: str) -> tuple[Picture, tuple[float, float]]:
    """Three lines of print with a word in the second, and from where to where it stands."""
    picture = Image.fromarray(paper(400, 900))
    draw, latin = ImageDraw.Draw(picture), font(LATIN)
    for row, text in enumerate((FIRST, BEFORE, LAST)):
        draw.text((60, 100 + 100 * row), text, INK, latin, "ls")
    begin = 60 + draw.textlength(BEFORE, latin)
    end = begin + draw.textlength(word, font(face))
    draw.text((begin, 200), word, INK, font(face), "ls")
    draw.text((end, 200), AFTER, INK, latin, "ls")
    return np.asarray(picture), (begin, end)


def doubts(reading: Reading) -> list[tuple[int, int]]:
    return [(line.box[0], line.box[2]) for line in reading.lines if line.confidence < 0.5]


@pytest.mark.parametrize(
    ("word", "face"),
    [
        ("سلام", "NotoNaskhArabic-Regular.ttf"),
        ("안녕", "NotoSansCJK-Regular.ttc"),
        ("Ευχαριστώ", "NotoSerif-Regular.ttf"),
    ],
)
def test_a_word_in_another_script_keeps_a_doubted_place(reader: Reader, word: str, face: str) -> None:
    picture, (begin, end) = card_with(word, face)
    reading = reader.read(picture)
    assert {FIRST, LAST} <= set(reading.text.splitlines())
    assert any(left < end and right > begin for left, right in doubts(reading))


@pytest.mark.parametrize(
    "word", ["AB1234", "D17U", "SW1A 2AA", "10.05.2024", "HMP", "XOXO", "Łukasz", "£20", "Siobhán", "24/7"]
)
def test_names_numbers_and_codes_are_not_doubted(reader: Reader, word: str) -> None:
    reading = reader.read(card_with(word, LATIN)[0])
    assert doubts(reading) == []
    assert reading.confidence > 0.9


@pytest.mark.parametrize("word", ["Eυχαριστ", "φíλoι", "DI7υ", "sayさく"])
def test_letters_of_two_scripts_are_no_word(word: str) -> None:
    assert is_mixed(word)


@pytest.mark.parametrize("word", ["Siobhán", "AB1234", "5µg", "你好", "さくら", "桜の", "…", "♥"])
def test_letters_of_one_script_are(word: str) -> None:
    assert not is_mixed(word)


@pytest.mark.parametrize(("gap", "expected"), [(0.1, 0), (0.3, 1)])
def test_what_is_inked_between_letters_farther_apart_than_a_space_was_overlooked(
    gap: float, expected: int
) -> None:
    picture = paper(60, 320)
    for x in range(0, 320, 12):
        picture[15:45, x : x + 4] = 30
    quad = np.array([[10, 10], [310, 10], [310, 50], [10, 50]], np.float32)
    edges = (0.5 - gap / 2, 0.5 + gap / 2)
    letters = (Glyph("m", 0.99, "", 0, 0.02, edges[0]), Glyph("m", 0.99, "", 0, edges[1], 0.98))
    assert len(overlooked_in(picture, ReadLine(quad, letters))) == expected
    picture[:, 100:220] = 245
    assert overlooked_in(picture, ReadLine(quad, letters)) == []
