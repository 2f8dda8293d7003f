"""The commands that staff use: import, campaign, person, ledger."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from mailroom.database import Database
from mailroom.records import Card, Event
from mailroom.settings import Settings
from tests import house

Command = Callable[..., subprocess.CompletedProcess[str]]
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def run(settings: Settings) -> Command:
    """Run a command on the data folder of the test."""

    def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mailroom.cli", *map(str, arguments)],
            env=os.environ | {"MAILROOM_DATA": str(settings.data)} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    return command


def test_campaign_goes_in_and_out_unchanged(run: Command, tmp_path: Path) -> None:
    assert run("campaign", "load", SAMPLES / "campaign.yaml").returncode == 0
    first = run("campaign", "export").stdout
    copy = tmp_path / "copy.yaml"
    copy.write_text(first, encoding="utf-8")
    assert run("campaign", "load", copy).returncode == 0
    assert run("campaign", "export").stdout == first


def test_bad_campaign_file_is_refused_with_every_fault(run: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        house.CAMPAIGN.replace("country: XX", "country: Xanadu").replace("kind: family", "kind: aunt")
    )
    done = run("campaign", "load", bad)
    assert done.returncode == 1
    assert "cases.0.country" in done.stderr
    assert "cases.1.kind" in done.stderr


def test_import_lays_scans_in_their_order_and_leaves_them(
    run: Command, settings: Settings, tmp_path: Path
) -> None:
    run("campaign", "load", SAMPLES / "campaign.yaml")
    names = ["scan_10.jpg", "scan_2.jpg", "scan_1.jpg"]
    for name, sample in zip(names, sorted((SAMPLES / "tray" / "nadia-01").glob("*.jpg")), strict=False):
        shutil.copyfile(sample, tmp_path / name)
    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    done = run("import", tmp_path, "--case", "nadia-karimi")
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
    assert "whole" in run("ledger", "verify").stdout


def test_ledger_that_was_changed_is_told(run: Command, settings: Settings) -> None:
    run("campaign", "load", SAMPLES / "campaign.yaml")
    database = Database(settings.database_address)
    with database.transaction() as session:
        session.scalars(select(Event)).one().actor = "nobody"
    database.dispose()
    done = run("ledger", "verify")
    assert done.returncode == 1
    assert "Entry 1" in done.stderr


def test_weak_password_is_refused(run: Command) -> None:
    done = run("person", "add", "ann", "--role", "reviewer", MAILROOM_PASSWORD="short")
    assert done.returncode == 1
    assert "12" in done.stderr
    assert (
        run("person", "add", "ann", "--role", "reviewer", MAILROOM_PASSWORD=house.PASSWORD).returncode == 0
    )
    assert "ann" in run("person", "list").stdout
