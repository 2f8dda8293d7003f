"""The commands that staff use: import, campaign, person, ledger."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import select

from mailroom import campaign_store
from mailroom.database import Database
from mailroom.records import Card, Case, Event
from mailroom.settings import Settings
from tests import house
from tests.commands import Command, in_own_process

SAMPLES = Path(__file__).parents[2] / "samples"


def test_campaign_goes_in_and_out_unchanged(command: Command, tmp_path: Path) -> None:
    assert command("campaign", "load", SAMPLES / "campaign.yaml").exit_code == 0
    first = command("campaign", "export").stdout
    copy = tmp_path / "copy.yaml"
    copy.write_text(first, encoding="utf-8")
    assert command("campaign", "load", copy).exit_code == 0
    assert command("campaign", "export").stdout == first


def test_campaign_whose_cases_are_all_closed_is_not_written_out(
    command: Command, settings: Settings
) -> None:
    command("campaign", "load", SAMPLES / "campaign.yaml")
    database = Database(settings.database_address)
    with database.transaction() as session:
        for case in session.scalars(select(Case)):
            campaign_store.close_case(session, case, actor="test")
    database.dispose()
    done = command("campaign", "export")
    assert done.exit_code == 1
    assert "Every case of this campaign is closed" in done.stderr


def test_the_sample_goes_into_an_empty_room_alone(command: Command, settings: Settings) -> None:
    command("person", "add", "ana", "--role", "coordinator", MAILROOM_PASSWORD=house.PASSWORD)
    done = command("sample")
    assert done.exit_code == 0
    assert "people of its own" in done.stdout
    assert "solidarity-by-post" not in done.stdout
    assert not settings.inbox_folder.exists()


def test_a_sample_tells_its_people_each_time(command: Command, settings: Settings) -> None:
    for _ in range(2):
        assert "solidarity-by-post" in command("sample").stdout
    assert (settings.inbox_folder / "nadia-01").is_dir()


def test_bad_campaign_file_is_refused_with_every_fault(command: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        house.CAMPAIGN.replace("country: XX", "country: Xanadu").replace("kind: family", "kind: aunt")
    )
    done = command("campaign", "load", bad)
    assert done.exit_code == 1
    assert "cases.0.country" in done.stderr
    assert "cases.1.kind" in done.stderr


def test_import_lays_scans_in_their_order_and_leaves_them(
    command: Command, settings: Settings, tmp_path: Path
) -> None:
    command("campaign", "load", SAMPLES / "campaign.yaml")
    names = ["scan_10.jpg", "scan_2.jpg", "scan_1.jpg"]
    for name, sample in zip(names, sorted((SAMPLES / "tray" / "nadia-01").glob("*.jpg")), strict=False):
        shutil.copyfile(sample, tmp_path / name)
    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    done = in_own_process(settings.data, "import", tmp_path, "--case", "nadia-karimi")
    assert done.returncode == 1
    assert "broken.png" in done.stdout
    database = Database(settings.database_address)
    with database.reading() as session:
        cards = session.scalars(select(Card).order_by(Card.position)).all()
        sizes = [card.sides[0].width for card in cards]
        assert len(cards) == 3
        assert all(card.case is not None and card.case.slug == "nadia-karimi" for card in cards)
    database.dispose()
    assert len(sizes) == 3
    assert all((tmp_path / name).exists() for name in names)
    assert "whole" in command("ledger", "verify").stdout


def test_import_that_the_database_breaks_off_says_how_to_go_on(
    command: Command, settings: Settings, tmp_path: Path
) -> None:
    shutil.copyfile(SAMPLES / "tray" / "nadia-01" / "scan_0005.jpg", tmp_path / "scan.jpg")
    command("ledger", "verify")
    database = Database(settings.database_address)
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE arrivals RENAME TO away")
    done = command("import", tmp_path / "scan.jpg")
    assert done.exit_code == 1
    assert "The import broke off: the database failed (OperationalError)" in done.stderr
    tray = done.stderr.split("--tray ")[1].strip(" .\n")
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE away RENAME TO arrivals")
    database.dispose()
    assert command("import", tmp_path / "scan.jpg", "--tray", tray).exit_code == 0


def test_import_given_twice_tells_where_the_cards_stand(command: Command, tmp_path: Path) -> None:
    scan = tmp_path / "scan.jpg"
    shutil.copyfile(SAMPLES / "tray" / "nadia-01" / "scan_0005.jpg", scan)
    first = command("import", scan).stdout.split()[1]
    assert f"into tray {first}" in command("import", scan).stdout
    again = command("import", scan, "--tray", first)
    assert (again.exit_code, "came before" in again.stdout) == (0, False)


def test_import_that_breaks_off_says_how_to_go_on(
    command: Command, settings: Settings, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.jpg"
    shutil.copyfile(SAMPLES / "tray" / "nadia-01" / "scan_0005.jpg", scan)
    settings.data.mkdir()
    settings.vault_folder.write_bytes(b"")
    done = command("import", scan)
    assert done.exit_code == 1
    assert f"--tray {done.stdout.split()[1]}" in done.stderr


def test_ledger_that_was_changed_is_told(command: Command, settings: Settings) -> None:
    command("campaign", "load", SAMPLES / "campaign.yaml")
    database = Database(settings.database_address)
    with database.transaction() as session:
        session.scalars(select(Event)).one().actor = "nobody"
    database.dispose()
    done = command("ledger", "verify")
    assert done.exit_code == 1
    assert "Entry 1" in done.stderr


def test_weak_password_is_refused(command: Command) -> None:
    add = "person", "add", "ann", "--role", "reviewer"
    done = command(*add, MAILROOM_PASSWORD="short")
    assert done.exit_code == 1
    assert "12" in done.stderr
    assert command(*add, MAILROOM_PASSWORD=house.PASSWORD).exit_code == 0
    assert "ann" in command("person", "list").stdout
