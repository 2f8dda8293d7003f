"""Files that somebody names are taken in scan order, once, and stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom import trays
from mailroom.database import Database
from mailroom.records import Arrival, Outcome, Tray
from mailroom.settings import Settings
from mailroom.vault import Vault
from scanner.importing import gather, import_files
from tests.permissions import minding_permissions
from tests.scanner.rooms import arrivals, cards, drop, picture


@pytest.fixture
def tray(sqlite: Database) -> Tray:
    with sqlite.transaction() as session:
        return trays.open_tray(session, actor="test")


def test_files_and_folders_are_gathered_in_scan_order_and_once(tmp_path: Path) -> None:
    for name in ("b10.jpg", "b9.jpg"):
        drop(tmp_path / "box", name, b"x")
    single = drop(tmp_path, "a.jpg", b"x")
    names = [found.name for found in gather([tmp_path / "box", single, tmp_path / "box" / "b9.jpg"]).files]
    assert names == ["a.jpg", "b9.jpg", "b10.jpg"]
    with pytest.raises(FileNotFoundError):
        gather([tmp_path / "missing.jpg"])


def test_imported_files_stay_and_may_be_imported_again(
    settings: Settings, sqlite: Database, vault: Vault, tray: Tray, tmp_path: Path
) -> None:
    box = tmp_path / "box"
    for number in (1, 2):
        drop(box, f"{number}.jpg", picture(number))
    drop(box, "3.jpg", b"nonsense")
    drop(box, "4.jpg", picture(1))

    def run() -> list[Arrival]:
        return list(import_files(settings, sqlite, vault, [box], tray))

    first = run()
    assert [(arrival.name, arrival.outcome) for arrival in first] == [
        ("1.jpg", Outcome.TAKEN),
        ("2.jpg", Outcome.TAKEN),
        ("3.jpg", Outcome.REFUSED),
        ("4.jpg", Outcome.DUPLICATE),
    ]
    assert {arrival.tray.code for arrival in first} == {tray.code}
    assert [arrival.id for arrival in run()] == [arrival.id for arrival in first]
    assert len(arrivals(sqlite)) == 4
    assert len(cards(sqlite)) == 2
    assert len(list(box.iterdir())) == 4


def test_file_that_may_not_be_read_holds_up_no_other(
    settings: Settings, sqlite: Database, vault: Vault, tray: Tray, tmp_path: Path
) -> None:
    closed = drop(tmp_path / "box", "1.jpg", picture(1))
    drop(tmp_path / "box", "2.jpg", picture(2))
    closed.chmod(0)

    def run() -> list[tuple[str, Outcome]]:
        done = import_files(settings, sqlite, vault, [tmp_path / "box"], tray)
        return [(arrival.name, arrival.outcome) for arrival in done]

    with minding_permissions():
        expected = [("1.jpg", Outcome.REFUSED), ("2.jpg", Outcome.TAKEN)]
        assert (run(), run()) == (expected, expected)
        closed.chmod(0o600)
        assert run() == [("1.jpg", Outcome.TAKEN), ("2.jpg", Outcome.TAKEN)]
    assert len(arrivals(sqlite)) == 3


def test_folder_that_cannot_be_looked_into_is_told(
    settings: Settings, sqlite: Database, vault: Vault, tray: Tray, tmp_path: Path
) -> None:
    drop(tmp_path / "box", "1.jpg", picture(1))
    (tmp_path / "box" / "closed").mkdir(mode=0)
    with minding_permissions():
        for _ in range(2):
            done = list(import_files(settings, sqlite, vault, [tmp_path / "box"], tray))
    assert [(arrival.name, arrival.outcome) for arrival in done] == [
        ("1.jpg", Outcome.TAKEN),
        (f"{tmp_path}/box/closed/", Outcome.REFUSED),
    ]
    assert len(arrivals(sqlite)) == 2
