"""A mere guess at a script may fail and the side is read all the same; very many lines go in turns."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from mailroom.settings import Settings
from samples.card import Design, render_side
from samples.fonts import FontMissingError
from tests.reading.pictures import paper
from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.foreign_side import ForeignSide
from worker.reading.geometry import Picture, Quad
from worker.reading.lines import Glyph, ReadLine
from worker.reading.looks.script_guess import ScriptGuess
from worker.reading.other_scripts import patience
from worker.reading.other_scripts import tesseract as library
from worker.reading.other_scripts.data_lines import Attempt
from worker.reading.other_scripts.foreign import ForeignLines, Verdict
from worker.reading.other_scripts.patience import Patience
from worker.reading.other_scripts.strip_reader import StripReader
from worker.reading.other_scripts.strips import strip_of, whitened
from worker.reading.other_scripts.tesseract import PrintedWord, Tesseract
from worker.reading.reader import Reader
from worker.reading.recognition.pp_ocr import PpOcrLines
from worker.reading.recognition.recogniser import Recogniser

ENGLISH = "Dear Nadia, the first snow fell\nlast night and I thought of you.\nWarm greetings from Leeds"
RUSSIAN = "Сегодня дети вместе поют песню"
SECRET = "what the card says"


class Failing(Tesseract):
    """Fails at whatever it is given, with the same error, and counts how often."""

    def __init__(self, error: EngineError) -> None:
        super().__init__()
        self._error = error
        self.asked = 0

    def read(self, picture: Picture, languages: tuple[str, ...], layout: int = 6) -> list[PrintedWord]:
        self.asked += 1
        raise self._error


@pytest.fixture
def tesseract() -> Tesseract:
    found = Tesseract()
    if not {"eng", "rus"} <= found.languages:
        pytest.skip("no Tesseract data: install tesseract-ocr-eng, -rus")
    return found


def rows(number: int, text: str = "winter") -> tuple[Picture, list[Quad]]:
    """So many numbered lines of print below each other, and where they stand."""
    sheet = paper(40 * number + 20, 260)
    for row in range(number):
        place = (12, 40 * row + 38)
        cv2.putText(
            sheet, f"{text} {row}", place, cv2.FONT_HERSHEY_DUPLEX, 0.9, (20, 20, 20), 2, cv2.LINE_AA
        )
    tops = [40 * row + 12 for row in range(number)]
    quads = [np.array([[8, top], [230, top], [230, top + 32], [8, top + 32]], np.float32) for top in tops]
    return sheet, quads


def test_a_try_that_fails_is_not_accepted_and_not_made_again(caplog: pytest.LogCaptureFixture) -> None:
    sheet, quads = rows(2)
    failing = Failing(EngineError(f"tesseract failed: {SECRET}"))
    lines = ForeignLines(failing, sheet, quads, (), Patience())
    with caplog.at_level(logging.DEBUG):
        assert lines.surely_in("Cyrl") == []
    assert failing.asked == 1
    assert lines.surely_in("Cyrl") == []
    assert failing.asked == 1
    assert lines.read(("Cyrl", "Grek"), thorough=True) is None
    assert "Cyrl" in caplog.text
    assert "EngineError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(("letters", "taken"), [("ሠ", False), ("ሰላም", True)])
def test_a_letter_or_two_for_a_whole_side_are_no_reading(
    monkeypatch: pytest.MonkeyPatch, letters: str, taken: bool
) -> None:
    """A word in Latin letters that came out as one Ethiopic letter would be a sure drawing."""
    sheet, quads = rows(1)
    glyphs = tuple(Glyph(letter, 0.92, "", 0.0, 0.0, 1.0) for letter in letters)
    verdict = Verdict(Attempt("Ethi", "amh", [ReadLine(quads[0], glyphs)], 0.92), flipped=False)
    monkeypatch.setattr(ForeignLines, "at_first_sight", lambda *_: verdict)
    pp_ocr = PpOcrLines(Recogniser.quick(), Recogniser.thorough(), sheet)
    side = ForeignSide(Tesseract(), pp_ocr, sheet, [quads], ())
    assert (side.at_first_sight(0.5) is not None) == taken


def test_data_that_is_not_there_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    sheet, quads = rows(2)
    lines = ForeignLines(Failing(LanguageMissingError("install it")), sheet, quads, (), Patience())
    assert lines.surely_in("Cyrl") == []
    assert not caplog.records


def test_a_side_that_the_first_engine_reads_is_read_though_each_try_fails(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[ScriptGuess] = []
    attempt = ForeignLines._attempt

    def failing(self: Tesseract, *_: Any) -> list[PrintedWord]:
        raise EngineError("tesseract failed: no result")

    def noted(self: ForeignLines, guess: ScriptGuess) -> Any:
        tried.append(guess)
        return attempt(self, guess)

    monkeypatch.setattr(Tesseract, "read", failing)
    monkeypatch.setattr(ForeignLines, "_attempt", noted)
    try:
        picture = render_side(Design(f"{ENGLISH}\n{RUSSIAN}", "rus", "noto-sans", "print"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    reading = reader.read(picture)
    assert tried
    assert reading.engine == "pp-ocr"
    assert reading.text.startswith(ENGLISH)


def test_a_side_on_which_tesseract_hangs_is_read_in_its_share_of_a_cards_time(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the clock: each try takes as long as it may."""
    passed = [0.0]

    def hanging(self: Tesseract, *_: Any) -> list[PrintedWord]:
        passed[0] += patience.SECONDS
        raise EngineError("tesseract failed: no result")

    monkeypatch.setattr(Tesseract, "read", hanging)
    monkeypatch.setattr(patience, "time", SimpleNamespace(monotonic=lambda: passed[0]))
    try:
        picture = render_side(Design(f"{ENGLISH}\n{RUSSIAN}", "rus", "noto-sans", "print"), 3).picture
        foreign = render_side(Design(f"{RUSSIAN}\n{RUSSIAN}", "rus", "noto-sans", "print"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    assert reader.read(picture).text.startswith(ENGLISH)
    reader.read(foreign)
    assert 0 < passed[0] < 0.75 * Settings.model_fields["reading_seconds"].default


def test_a_picture_that_takes_too_long_is_given_up(
    tesseract: Tesseract, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, quads = rows(300)
    # Side by side so often that no processor is done with it in time.
    picture = np.tile(strip_of(whitened(sheet), quads).picture, (1, 12))
    monkeypatch.setattr(library, "SECONDS", 1)
    with pytest.raises(EngineError, match="after 1 seconds"):
        tesseract.read(picture, ("eng",))


def test_more_lines_than_one_picture_holds_are_read_in_several(tesseract: Tesseract) -> None:
    """As one they would be higher than Tesseract takes."""
    sheet, quads = rows(480)
    strips = StripReader(tesseract, whitened(sheet), quads, "Latn")
    read = strips.together(list(range(480)), "eng")
    right = [row for row, line in read.items() if line.text == f"winter {row}"]
    assert len(right) > 0.9 * 480
    assert all(
        np.array_equal(read[row].quad.mean(axis=0).round(), quads[row].mean(axis=0)) for row in right
    )


@pytest.mark.parametrize(("lines", "together"), [(5, [5]), (7, [7]), (15, [5, 5, 5]), (16, [6, 5, 5])])
def test_lines_are_shared_out_evenly(
    tesseract: Tesseract, monkeypatch: pytest.MonkeyPatch, lines: int, together: list[int]
) -> None:
    asked: list[int] = []

    def counted(grey: Picture, quads: list[Quad], **how: Any) -> Any:
        asked.append(len(quads))
        return strip_of(grey, quads, **how)

    monkeypatch.setattr("worker.reading.other_scripts.strip_reader.strip_of", counted)
    monkeypatch.setattr("worker.reading.other_scripts.strip_reader.MOST_TOGETHER", 7)
    sheet, quads = rows(lines)
    read = StripReader(tesseract, whitened(sheet), quads, "Latn").together(list(range(lines)), "eng")
    assert asked == together
    assert set(read) == set(range(lines))
