"""Marks on their way through the mail room: sought when a card is read, and on cards read before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import arrivals, errands, flags, marks
from mailroom.database import Database
from mailroom.finding import Label, Lane
from mailroom.mark_samples import take_sample
from mailroom.records import Campaign, Card, ErrandKind, Flag, FlagState, Mark, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.house import cards_of, finding, make_campaign, make_screening, make_tray, read
from tests.screening.mark_pictures import with_sign, write_picture, write_sample
from worker.errand_runner import ErrandRunner
from worker.sandboxed import reading_sandbox


@pytest.fixture
def runner(settings: Settings, sqlite: Database, vault: Vault) -> Iterator[ErrandRunner]:
    with reading_sandbox(settings) as sandbox:
        yield ErrandRunner(settings, sqlite, vault, sandbox)


def add_mark(session: Session, vault: Vault, folder: Path, name: str) -> Mark:
    campaign = session.scalars(select(Campaign)).one()
    sample = take_sample(Path(write_sample(folder, name).picture))
    return marks.add(
        session, vault, campaign, name=name, label=Label.ORGANISATION, sample=sample, actor="test"
    )


def lay_picture(session: Session, vault: Vault, folder: Path, sign: str) -> Card:
    path = folder / "card.png"
    write_picture(path, with_sign(sign)[0])
    digest = vault.put(path.read_bytes())
    tray = make_tray(session)
    arrivals.take(
        session,
        tray,
        name="card.png",
        source=digest,
        digest=digest,
        size=path.stat().st_size,
        pages=[(1400, 1000)],
        actor="test",
    )
    return cards_of(session, tray)[0]


def do_all(database: Database, runner: ErrandRunner) -> None:
    with database.reading() as session:
        due = errands.due(session)
    for errand in due:
        assert runner.run(errand)


def open_rules(database: Database) -> list[str]:
    with database.reading() as session:
        query = select(Flag.rule).where(Flag.state == FlagState.OPEN, Flag.rule.startswith("mark."))
        return sorted(session.scalars(query))


@pytest.mark.slow
def test_marks_are_sought_on_new_cards_and_on_those_read_before(
    sqlite: Database, vault: Vault, tmp_path: Path, runner: ErrandRunner
) -> None:
    with sqlite.transaction() as session:
        make_campaign(session)
        add_mark(session, vault, tmp_path, "lantern")
        card = lay_picture(session, vault, tmp_path, "lantern")
    do_all(sqlite, runner)
    assert open_rules(sqlite) == ["mark.lantern"]

    with sqlite.transaction() as session:
        errands.ask(session, ErrandKind.SCREEN, session.get_one(Card, card.id))
    do_all(sqlite, runner)
    assert open_rules(sqlite) == ["mark.lantern"]

    with sqlite.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        marks.remove(session, campaign, marks.mark_of_name(session, campaign, "lantern"), actor="test")
    do_all(sqlite, runner)
    assert open_rules(sqlite) == []

    with sqlite.transaction() as session:
        add_mark(session, vault, tmp_path, "lantern")
    do_all(sqlite, runner)
    assert open_rules(sqlite) == ["mark.lantern"]
    with sqlite.reading() as session:
        assert session.get_one(Card, card.id).lane in {Lane.DESK, Lane.SECOND_LOOK}


def test_what_a_person_dismissed_is_not_found_again_in_the_flags(database: Database) -> None:
    with database.transaction() as session:
        make_campaign(session)
        tray = make_tray(session)
        arrivals.take(
            session, tray, name="a", source="0" * 64, digest="1" * 64, size=1, pages=[(8, 6)], actor="test"
        )
        (card,) = cards_of(session, tray)
        lamp, oak = finding(rule="mark.Lamp", evidence=""), finding(rule="mark.Oak", evidence="")
        read(session, card, make_screening(Lane.DESK, lamp, oak, finding(rule="festival.snow")))
        card.flags[1].state = FlagState.DISMISSED
        assert flags.findings_of(card, "mark.") == [lamp]


def test_a_new_mark_is_sought_only_on_cards_that_can_still_be_kept(
    database: Database, vault: Vault
) -> None:
    with database.transaction() as session:
        make_campaign(session)
        tray = make_tray(session)
        for number in range(4):
            arrivals.take(
                session,
                tray,
                name="a",
                source=f"{number}" * 64,
                digest=f"{number}" * 64,
                size=1,
                pages=[(8, 6)],
                actor="test",
            )
        waiting, packed, left, unread = cards_of(session, tray)
        for card, stage in ((waiting, Stage.WAITING), (packed, Stage.PACKED), (left, Stage.DISPATCHED)):
            read(session, card)
            card.stage = stage
        session.flush()
        campaign = session.scalars(select(Campaign)).one()
        marks.add(session, vault, campaign, name="Oak", label=Label.MARK, sample=b"png", actor="test")
        ids = [waiting.id, packed.id, left.id, unread.id]
        assert errands.waiting_for(session, ErrandKind.LOOK, ids) == {waiting.id, packed.id}
