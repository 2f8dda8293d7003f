"""Hostile text made harmless, and words for every value that a page can show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.finding import Label, Lane
from mailroom.records import ParcelState, Role, Stage, Verdict
from review_ui import history, wording


@given(st.text())
def test_nothing_that_hides_or_turns_text_around_is_left(text: str) -> None:
    for character in wording.clean(text):
        kind = unicodedata.category(character)
        assert character in "\n\u200c\u200d" or kind not in wording.HOSTILE


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("safe\u202etxt.exe", "safetxt.exe"),
        ("a\u2066b\u2069c\u200f", "abc"),
        ("bell\x07\x1b[31mred", "bell[31mred"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 4),
        (None, ""),
    ],
)
def test_hostile_text_is_made_harmless(given_: str | None, shown: str) -> None:
    assert wording.clean(given_) == shown


def test_every_value_has_words() -> None:
    assert set(wording.STAGES) == set(Stage)
    assert set(wording.LANES) == set(Lane)
    assert set(wording.LABELS) == set(Label)
    assert set(wording.ROLES) == set(Role)
    assert set(wording.PARCEL_STATES) == set(ParcelState)


@pytest.mark.parametrize(
    ("text", "direction"), [("123 نادیا", "rtl"), ("PK № 99", "ltr"), ("99", "ltr"), ("שלום", "rtl")]
)
def test_printed_lines_follow_their_first_letter(text: str, direction: str) -> None:
    assert wording.direction(text) == direction


def test_every_decision_and_move_of_a_card_has_plain_words() -> None:
    assert set(history.DECIDED) == set(Verdict)
    assert {f"card.{stage}" for stage in Stage} <= set(history.HAPPENED)
