"""Cards that benchmarks draw and read: what was read is kept, and what a person would see is counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.drawn import UndrawnError, Words
from benchmarks.rendered import CardReader
from benchmarks.screening.messages import Message
from benchmarks.screening.rendered import reaches_a_person
from benchmarks.screening.tally import Tally
from mailroom.finding import Finding, Label, Lane, Screening, Severity
from mailroom.reading import Reading
from samples.fonts import FontMissingError, face
from tests.house import make_reading
from worker.reading.geometry import Picture

WORDS = Words("a-1", "rus", "Дорогая Надя, вчера выпал снег.")


class Pretender:
    """Says what it is told to and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, picture: Picture) -> Reading:
        assert picture.dtype == np.uint8
        self.asked += 1
        return make_reading("Read.")


def reader(folder: Path, pretender: Pretender, seed: int = 0) -> CardReader:
    try:
        face("noto-sans")
    except FontMissingError as missing:
        pytest.skip(str(missing))
    made = CardReader(seed=seed, folder=folder)
    vars(made)["_reader"] = pretender
    return made


def test_a_card_is_read_once_for_each_drawing(tmp_path: Path) -> None:
    pretender = Pretender()
    first, again = (reader(tmp_path, pretender).read(WORDS) for _ in range(2))
    assert (pretender.asked, first) == (1, again)
    assert (first.text, first.by_hand, first.reading.text) == (WORDS.text, False, "Read.")
    reader(tmp_path, pretender, seed=1).read(WORDS)
    assert pretender.asked == 2


def test_small_pictures_are_left_out_of_what_is_written(tmp_path: Path) -> None:
    words = Words("a-2", "rus", "Дорогая Надя! 🌻 Й")
    assert reader(tmp_path, Pretender()).read(words).text == "Дорогая Надя!  Й"


def test_a_card_that_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    with pytest.raises(UndrawnError, match="does not fit"):
        reader(tmp_path, Pretender()).read(Words("a-3", "rus", "снег" * 400))
    with pytest.raises(UndrawnError, match="no face"):
        reader(tmp_path, Pretender()).read(Words("a-4", "rus", "ሰላም"))


@pytest.mark.parametrize(
    ("lane", "label", "reached"),
    [
        (Lane.GLANCE, None, False),
        (Lane.GLANCE, Label.TRIGGER_WORD, False),
        (Lane.GLANCE, Label.RELIGION, True),
        (Lane.GLANCE, Label.UNREADABLE, True),
        (Lane.DESK, None, True),
        (Lane.CLEAR, None, False),
    ],
)
def test_what_reaches_a_person(lane: Lane, label: Label | None, reached: bool) -> None:
    findings = (Finding(label, "a.rule", Severity.HINT, "", "A reason."),) if label else ()
    assert reaches_a_person(Screening(findings, None, lane, ())) is reached


def test_a_person_may_see_what_no_label_names() -> None:
    tally, message = Tally(), Message("a-1", "eng", "Words.", frozenset({"religion"}))
    tally.add(message, ["unreadable"], reached=True)
    tally.add(message, ["unreadable"])
    assert (tally.reached["eng"], tally.unsafe["eng"], tally.found_in["eng"]) == (1, 2, 0)
