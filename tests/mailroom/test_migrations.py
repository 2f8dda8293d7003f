"""The migrations make exactly the tables that the records describe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from mailroom import decisions, migrations
from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.migrations import migrate
from mailroom.reading import Content, Line, Reading
from mailroom.records import Campaign, Card, Recheck, Record, Verdict
from tests import house


def test_migrated_database_is_what_the_records_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)


def test_scripts_of_what_nobody_read_are_told_of_the_cards_there_are(database: Database) -> None:
    read = house.make_reading()
    unread = replace(read, text="", lines=(), content=Content.UNREADABLE, script="Cyrl")
    places = replace(unread, content=Content.TEXT, lines=(Line("", 0.0, (0, 0, 9, 9)),), script="Arab")
    blank = replace(unread, content=Content.BLANK)
    readings: dict[str | None, list[Reading | None]] = {
        "Cyrl": [read, unread],
        "Arab": [places, unread],
        None: [blank, None],
    }
    with database.transaction() as session:
        house.make_campaign(session)
        ids = {}
        for script, of_sides in readings.items():
            tray = house.make_tray(session, duplex=True)
            house.lay(session, tray, pages=2)
            card = house.cards_of(session, tray)[0]
            for side, reading in zip(card.sides, of_sides, strict=True):
                side.reading = reading
            ids[script] = card.id
    with database.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
        connection.commit()
        columns = {column["name"] for column in inspect(connection).get_columns("cards")}
        assert "unread_script" not in columns
    migrate(database)
    with database.reading() as session:
        told = {script: session.get_one(Card, card).unread_script for script, card in ids.items()}
    assert told == {script: script for script in readings}


def test_decisions_that_others_name_are_kept(database: Database) -> None:
    with database.transaction() as session:
        house.make_campaign(session)
        ann = house.make_person(session, "ann")
        (card,) = house.make_cards(session, 1, Lane.SECOND_LOOK)
        decision = decisions.record(session, ann, card, Verdict.APPROVE)
        campaign = session.scalars(select(Campaign)).one()
        session.add(
            Recheck(card_id=card.id, campaign_id=campaign.id, lane=Lane.CLEAR, decision_id=decision.id)
        )
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
        connection.commit()
    database.dispose()
    migrate(database)
    with database.reading() as session:
        assert session.scalars(select(Recheck.decision_id)).all() == [decision.id]
        if database.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA foreign_keys")) == 1


def _migrate_when_told(addresses: Sequence[str], told: Barrier) -> None:
    for address in addresses:
        database = Database(address)
        told.wait()
        migrate(database)
        database.dispose()


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    spawned = get_context("spawn")
    told = spawned.Barrier(4, timeout=60)
    addresses = [f"sqlite:///{tmp_path / f'{attempt}.sqlite3'}" for attempt in range(3)]
    processes = [spawned.Process(target=_migrate_when_told, args=(addresses, told)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
