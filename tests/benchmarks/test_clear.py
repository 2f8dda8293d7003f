"""The clear lane's benchmark: phrases that can be written out, and why a card was missed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks.clear.cards import DIAL_ON, Draft, Drafts, Kind
from benchmarks.clear.outcome import screen
from benchmarks.clear.phrases import PackPhrases
from benchmarks.drawn import Words
from benchmarks.rendered import ReadCard
from mailroom.finding import Label, Lane, Severity
from mailroom.reading import Reading
from tests.house import make_reading
from worker.screening.learning.training_set import LabelledMessage
from worker.screening.phrases.pack import Packs, Rule
from worker.screening.phrases.phrase import Phrase
from worker.screening.phrases.phrase_parser import parse
from worker.screening.screener import Screener

MESSAGE = "The snow has come early and the children built a whole family of snowmen by the old bridge."


@pytest.fixture(scope="module")
def packs_only() -> Screener:
    return Screener(model=None, ordinary=frozenset(MESSAGE.lower().split()))


def written(phrase: str, language: str = "eng") -> str | None:
    rule = Rule("politics.new", Label.POLITICS, Severity.LOOK, "A reason.", frozenset())
    packs = Packs((rule,), (Phrase(parse(phrase), language, 0),))
    found = PackPhrases(packs).write(language, "politics", random.Random(1))
    return found.text if found else None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("down with them", "Down with them"),
        ("article <number>", "Article 12"),
        ("down .. with (them|protest*)", "Down with them"),
        ("protest* now", None),
        ("any _ word", None),
    ],
)
def test_only_what_names_its_words_is_written(phrase: str, text: str | None) -> None:
    assert written(phrase) == text


def test_chinese_is_written_without_spaces() -> None:
    assert written("打倒 (他们)", "zho") == "打倒他们"


def test_what_packs_should_find_is_found_in_plain_text(packs_only: Screener) -> None:
    clean = [LabelledMessage(f"eng-{number}", "eng", MESSAGE, ()) for number in range(3)]
    drafts = Drafts(clean, packs_only, seed=1).choose(20)
    by_words = [draft for draft in drafts if draft.kind is Kind.BY_WORDS]
    assert len(by_words) == 3
    for draft in by_words:
        found = {
            finding.label.value for finding in packs_only.screen_text(draft.words.text, DIAL_ON).findings
        }
        assert draft.labels <= found
    assert {draft.phrase for draft in by_words} != {""}


@pytest.mark.parametrize(
    ("read", "lane", "is_open"),
    [
        ("Nadia Karimi,\nGod bless you. " + MESSAGE, Lane.DESK, True),
        ("Nadia Karimi,\nG0b bleffs yom. " + MESSAGE, Lane.CLEAR, True),
        ("God bless you. " + MESSAGE, Lane.DESK, False),
    ],
)
def test_open_is_what_nothing_but_its_words_would_stop(
    packs_only: Screener, read: str, lane: Lane, is_open: bool
) -> None:
    outcome = screen(draft(), card(make_reading(read)), packs_only)
    assert (outcome.lane, outcome.is_open) == (lane, is_open)


def test_a_miss_is_explained(packs_only: Screener) -> None:
    def why(reading: Reading) -> str:
        return screen(draft(), card(reading), packs_only).why_missed

    assert why(make_reading("Nadia, God bleffs you, snow")) == "read as 'god bleffs you'"
    rightly = make_reading("Nadia, God bless you, snow")
    assert why(replace(rightly, language="nld")) == "read rightly, but as nld"
    assert why(rightly).startswith("read rightly, not found")


def draft() -> Draft:
    return Draft(Kind.BY_WORDS, Words("eng-1", "eng", ""), frozenset({"religion"}), "God bless you")


def card(reading: Reading) -> ReadCard:
    return ReadCard("eng-1", "", "caveat", reading)
