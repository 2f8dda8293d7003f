"""Print in scripts that the first engine does not know, through the whole reader."""

from __future__ import annotations

import re

import pytest

from mailroom.reading import Content
from samples.card import Design, render_side
from samples.fonts import FontMissingError
from worker.reading.geometry import Picture
from worker.reading.reader import Reader
from worker.reading.tesseract import Tesseract

RUSSIAN = "Дорогая Надя,\nвчера выпал первый снег, и мы слепили\nснеговика во дворе. Думаем о тебе."
ARABIC = "عزيزتي نادية،\nتساقط الثلج الأول ليلة أمس وفكرت فيك\nمع محبتي، سلمى"
HEBREW = "נדיה היקרה,\nאתמול ירד השלג הראשון וחשבתי עלייך\nבאהבה, מרים"


def printed(text: str, language: str, face: str) -> Picture:
    try:
        return render_side(Design(text, language, face, "print"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))


def needs(data: str) -> None:
    if data not in Tesseract().languages:
        pytest.skip(f"no Tesseract data: install tesseract-ocr-{data}")


def words(text: str) -> list[str]:
    """The words without their punctuation, which is smaller than the engine can tell apart."""
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("text", "language", "face", "script"),
    [
        (RUSSIAN, "rus", "noto-sans", "Cyrl"),
        (ARABIC, "ara", "noto-naskh", "Arab"),
        (HEBREW, "heb", "noto-serif-hebrew", "Hebr"),
    ],
)
def test_print_in_another_script_is_read_as_what_it_is(
    reader: Reader, text: str, language: str, face: str, script: str
) -> None:
    needs(language)
    reading = reader.read(printed(text, language, face))
    assert (reading.script, reading.language, reading.content) == (script, language, Content.TEXT)
    assert reading.engine == "tesseract"
    assert words(reading.text) == words(text)
    assert reading.confidence > 0.8


def test_handwriting_in_cyrillic_is_unreadable_and_says_its_script(reader: Reader) -> None:
    try:
        picture = render_side(Design(RUSSIAN, "rus", "marck-script"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    reading = reader.read(picture)
    assert (reading.content, reading.script, reading.language) == (Content.UNREADABLE, "Cyrl", None)
    assert reading.confidence < 0.1
