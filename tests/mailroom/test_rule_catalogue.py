"""The rules in use are known, silent ones too; a change of the packs is told until cards are rescreened."""

from __future__ import annotations

from mailroom import rescreening, rule_catalogue, rule_records
from mailroom.cli.rules import note_rules
from mailroom.database import Database
from mailroom.finding import Label, Lane
from mailroom.rule_catalogue import KnownRule
from tests import house

FIRST = KnownRule("festival.test", Label.FESTIVAL, "A reason to look.")
SECOND = KnownRule("money.gift", Label.MONEY, "Another reason to look.")


def test_rules_that_never_fired_are_silent(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        rule_catalogue.note(session, "one", [FIRST, SECOND])
        tray = house.make_tray(session)
        house.lay(session, tray)
        house.read(
            session, house.cards_of(session, tray)[0], house.make_screening(Lane.DESK, house.finding())
        )
        session.flush()
        assert [rule.name for rule in rule_catalogue.silent(session)] == ["money.gift"]
        assert [(r.rule, r.fired, r.settled) for r in rule_records.rule_records(session)] == [
            ("festival.test", 1, 0)
        ]


def test_rule_that_left_its_pack_is_forgotten(database: Database) -> None:
    with database.transaction() as session:
        rule_catalogue.note(session, "one", [FIRST, SECOND])
        session.flush()
        rule_catalogue.note(session, "two", [SECOND])
        session.flush()
        assert [rule.name for rule in rule_catalogue.silent(session)] == ["money.gift"]


def test_change_is_told_until_every_card_was_screened_anew(database: Database) -> None:
    told = []
    for step in ("first", "second", "some", "all"):
        with database.transaction() as session:
            if step == "some":
                house.make_campaign(session)
                rescreening.ask(session, ["nadia-k"], actor="test")
            elif step == "all":
                rescreening.ask(session, None, actor="test")
            else:
                rule_catalogue.note(session, step, [FIRST])
        with database.reading() as session:
            told.append(rule_catalogue.changed_since_rescreening(session) is not None)
    assert told == [False, True, True, False]


def test_packs_in_use_are_noted_once(sqlite: Database) -> None:
    assert note_rules(sqlite) is True
    assert note_rules(sqlite) is False
    with sqlite.reading() as session:
        assert len(rule_catalogue.silent(session)) > 20
