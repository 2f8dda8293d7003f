"""Tesseract's library, kept loaded in one process."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytesseract
import pytest

from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.geometry import Picture
from worker.reading.other_scripts.script_detector import orientation
from worker.reading.other_scripts.tesseract import LANGUAGES_KEPT, Tesseract


@pytest.fixture
def tesseract() -> Tesseract:
    found = Tesseract()
    if not {"eng", "rus", "ell", "heb"} <= found.languages:
        pytest.skip("no Tesseract data: install tesseract-ocr-eng, -rus, -ell, -heb")
    return found


def line() -> Picture:
    page = np.full((90, 760), 255, np.uint8)
    cv2.putText(page, "Take heart, we think of you", (20, 60), cv2.FONT_HERSHEY_DUPLEX, 1.5, (0,), 2)
    return page


def test_a_line_is_read_with_places_and_sureness(tesseract: Tesseract) -> None:
    words = tesseract.read(line(), ("eng",))
    assert [word.text for word in words] == ["Take", "heart,", "we", "think", "of", "you"]
    lefts = [word.box[0] for word in words]
    assert lefts == sorted(lefts)
    assert all(0.5 < word.confidence <= 1 for word in words)
    assert all(20 <= word.box[1] < word.box[3] <= 80 for word in words)


def test_what_was_read_before_makes_no_difference(tesseract: Tesseract) -> None:
    """Whether its data stayed or made room for others."""
    first = tesseract.read(line(), ("eng",))
    assert tesseract.read(line(), ("eng",)) == first
    others = ("rus", "ell", "heb")
    assert len(others) > LANGUAGES_KEPT
    for other in others:
        tesseract.read(line(), (other,))
    assert tesseract.read(line(), ("eng",)) == first


def test_nothing_is_read_on_bare_paper(tesseract: Tesseract) -> None:
    assert tesseract.read(np.full((60, 300, 3), 255, np.uint8), ("eng",)) == []


def test_missing_data_is_named_by_its_package() -> None:
    with pytest.raises(LanguageMissingError, match="install one of tesseract-ocr-xyz"):
        Tesseract().read(line(), ("xyz",))


def test_without_the_command_no_data_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-command")
    assert Tesseract().languages == frozenset()
    assert orientation(line()) is None


def test_a_folder_of_data_that_is_not_there_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", "/no/such/folder/")
    assert Tesseract().languages == frozenset()


def test_a_command_too_old_to_name_its_folder_is_told_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    command = tmp_path / "tesseract"
    command.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    command.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(command))
    assert Tesseract().languages == frozenset()
    assert "install Tesseract 5" in caplog.text


def test_what_the_library_cannot_take_is_an_error(tesseract: Tesseract) -> None:
    with pytest.raises(EngineError, match="tesseract failed"):
        tesseract.read(np.full((60, 40_000), 255, np.uint8), ("eng",))
