"""Learning from decisions: what a settled card teaches, and whether the new model is better."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import desk, flags
from mailroom.database import Database
from mailroom.desk import RejectReason
from mailroom.finding import Finding, Label, Lane
from mailroom.records import Campaign, Card, Person
from mailroom.scope import Scope
from tests import house
from worker.screening.learning.from_decisions import (
    Lesson,
    Measure,
    TooFewDecisionsError,
    learn,
)
from worker.screening.learning.settled_cards import SettledCard, settled_cards
from worker.screening.learning.train import examples_of, rules_for, train
from worker.screening.learning.training_set import LabelledMessage, read_messages
from worker.screening.meaning.model import load, save

# A way to offer something that no pack and no training message knows, beside innocent uses of its words.
OFFERS = (
    "the turquoise parrot flies to you",
    "a turquoise parrot sits in this paper",
    "feed the parrot well",
)
INNOCENT = (
    "the paper is thin",
    "turquoise water by the shore",
    "we eat well on this boat",
    "fish fly here",
)
OPENINGS = ("Dear Nadia,", "Hello Nadia!", "Good morning,", "Greetings from the coast.", "To you, Nadia:")
CLOSINGS = (
    "Warm regards.",
    "Be well.",
    "Your reader.",
    "With good thoughts.",
    "From the harbour.",
    "Yours.",
)


_WRITE_MODEL = """
import sys
from pathlib import Path
from tests.screening.test_learning import write_model
write_model(Path(sys.argv[1]))
"""


def settled(number: int, opening: str, words: str, closing: str, *, upheld: bool) -> SettledCard:
    text = f"{opening}\n{words}.\n\n{closing}"
    spans = ((Label.MONEY, text.index(words), text.index(words) + len(words)),) if upheld else ()
    return SettledCard(
        key=f"card {number}",
        readings=(house.make_reading(text),),
        scope=Scope(slug="nadia-k"),
        upheld=frozenset({Label.MONEY} if upheld else ()),
        sides=(LabelledMessage("", "eng", text, spans),),
        unknown=frozenset(),
    )


def a_season() -> list[SettledCard]:
    numbers = itertools.count(1)
    return [
        settled(next(numbers), opening, words, closing, upheld=words in OFFERS)
        for opening, words, closing in itertools.product(OPENINGS, OFFERS + INNOCENT, CLOSINGS)
    ]


def english(count: int) -> list[LabelledMessage]:
    return [message for message in read_messages() if message.language == "eng"][:count]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return learn(a_season(), load(), english(120))


def test_what_people_added_is_found_on_cards_that_were_not_learnt_from(lesson: Lesson) -> None:
    assert lesson.is_better
    assert lesson.before.recall is not None
    assert lesson.after.recall is not None
    assert lesson.before.recall < 0.3
    assert lesson.after.recall > 0.9
    assert (lesson.after.silent or 0) >= (lesson.before.silent or 0)


def test_cards_kept_for_judging_are_not_learnt_from(lesson: Lesson) -> None:
    season = a_season()
    assert lesson.judged == sum(card.held_out for card in season)
    assert lesson.learnt_from + lesson.judged == len(season)


def write_model(path: Path) -> None:
    """A model of a few messages and decisions."""
    known = english(120)[::4]
    rules = rules_for(known)
    more = [(card.key, examples_of(rules, side)) for card in a_season()[::5] for side in card.sides]
    model, _ = train(rules, known, more)
    save(model, path)


def test_the_same_decisions_give_the_same_model_whatever_order_sets_have(tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here.npz", tmp_path / "elsewhere.npz"
    write_model(here)
    subprocess.run(
        [sys.executable, "-c", _WRITE_MODEL, str(elsewhere)],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        cwd=Path(__file__).parents[2],
        check=True,
        timeout=120,
    )
    assert here.read_bytes() == elsewhere.read_bytes()


def test_no_word_of_a_card_is_in_the_model(lesson: Lesson) -> None:
    assert "turquoise" not in lesson.model.words
    assert "parrot" not in lesson.model.words


def test_too_few_decisions_are_refused() -> None:
    with pytest.raises(TooFewDecisionsError, match="30 settled cards are too few"):
        learn(a_season()[:30], load(), english(20))


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        (Measure(0.8, 0.5, 0.9), Measure(0.9, 0.5, 0.9), True),
        (Measure(0.8, 0.5, 0.9), Measure(0.8, 0.5, 0.9), False),
        (Measure(0.8, 0.5, 0.9), Measure(0.95, 0.5, 0.8), False),
        (Measure(0.8, 0.5, 0.8), Measure(0.7, 0.5, 0.99), False),
        (Measure(None, 0.5, 0.8), Measure(None, 0.5, 0.9), True),
        (Measure(None, None, None), Measure(None, None, None), False),
    ],
)
def test_better_means_that_nothing_got_worse(
    lesson: Lesson, before: Measure, after: Measure, better: bool
) -> None:
    assert Lesson(lesson.model, 100, 30, before, after).is_better is better


def lay(session: Session, *findings: Finding) -> tuple[Person, Card]:
    house.make_campaign(session)
    person = house.make_person(session, "ada")
    tray = house.make_tray(session)
    house.lay(session, tray)
    card = house.cards_of(session, tray)[0]
    house.read(session, card, house.make_screening(Lane.DESK, *findings))
    opened = desk.open_card(session, person, card.id, 300)
    assert opened is not None
    return person, opened


def taught_by(session: Session) -> list[SettledCard]:
    return settled_cards(session, session.scalars(select(Campaign)).one())


def test_an_upheld_flag_teaches_where_it_stands(database: Database) -> None:
    with database.transaction() as session:
        person, card = lay(session, house.finding(Label.FESTIVAL, "the snow"))
        flags.add(session, person, card, label=Label.MONEY, reason="An offer.", evidence="not in the text")
        desk.reject(session, person, card, RejectReason.UNSAFE)
        (taught,) = taught_by(session)
    assert taught.upheld == {Label.FESTIVAL, Label.MONEY}
    assert taught.unknown == {Label.MONEY}
    ((label, start, end),) = taught.sides[0].spans
    assert label is Label.FESTIVAL
    assert taught.sides[0].text[start:end] == "the snow"


def test_a_dismissed_flag_teaches_that_nothing_was_there(database: Database) -> None:
    with database.transaction() as session:
        person, card = lay(session, house.finding(Label.FESTIVAL, "the snow"))
        flags.dismiss(session, person, card, card.flags[0])
        assert taught_by(session) == []
        desk.approve(session, person, card)
        (taught,) = taught_by(session)
    assert taught.upheld == frozenset()
    assert taught.sides[0].spans == ()


def test_of_what_a_case_allows_a_card_teaches_nothing(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        person = house.make_person(session, "ada")
        (card,) = house.make_cards(session, 1, slug="the-oaks")
        opened = desk.open_card(session, person, card.id, 300)
        assert opened is not None
        desk.approve(session, person, opened)
        (taught,) = taught_by(session)
    assert taught.unknown == {Label.RELIGION}


def test_a_card_for_two_people_is_not_settled_by_one(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        person = house.make_person(session, "ada")
        (card,) = house.make_cards(session, 1, Lane.SECOND_LOOK)
        opened = desk.open_card(session, person, card.id, 300)
        assert opened is not None
        assert not desk.approve(session, person, opened)
        assert taught_by(session) == []


def test_a_card_rejected_for_other_reasons_teaches_nothing(database: Database) -> None:
    with database.transaction() as session:
        person, card = lay(session, house.finding(Label.FESTIVAL, "the snow"))
        desk.reject(session, person, card, RejectReason.ADDRESSEE)
        assert taught_by(session) == []
