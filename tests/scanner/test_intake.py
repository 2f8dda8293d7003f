"""One file becomes cards, a noted duplicate or a refusal, whatever breaks off in between."""

from __future__ import annotations

import errno
import os
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from mailroom.database import Database
from mailroom.records import Outcome
from mailroom.sandbox import wire
from mailroom.settings import Settings
from mailroom.unreadable import UnreadableFileError
from mailroom.vault import Vault
from scanner import inspection
from scanner.inspection import Inspector, UnusableError
from scanner.intake import Intake, NotYetError
from scanner.refusals import tray_of
from tests.mailroom.picture_files import HEIGHT, WIDTH, encoded, locked_pdf, pixel_bomb, scan
from tests.scanner.rooms import OLD, arrivals, cards, drop, found, picture

DAMAGED = {
    "empty.jpg": b"",
    "cut.jpg": picture(1)[:2000],
    "letter.jpg": b"Dear Nadia",
    "bomb.png": pixel_bomb(),
    "locked.pdf": locked_pdf(),
}


def test_a_file_becomes_a_card_and_leaves_the_inbox(
    intake: Intake, settings: Settings, sqlite: Database, vault: Vault
) -> None:
    path = drop(settings.inbox_folder / "nadia", "1.jpg", picture(1))
    arrival = intake.take(found(path, settings.inbox_folder))
    assert arrival.outcome is Outcome.TAKEN
    assert arrival.tray.folder == "nadia"
    assert vault.path(arrival.digest).read_bytes() == picture(1)
    assert cards(sqlite) == [(1, arrival.digest)]
    assert not path.exists()


def test_it_is_kept_when_a_file_was_made(intake: Intake, settings: Settings) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1), mtime=OLD)
    made_at = intake.take(found(path, settings.inbox_folder)).made_at
    assert made_at is not None
    assert made_at.timestamp() == OLD


def test_each_page_becomes_a_card(intake: Intake, settings: Settings, sqlite: Database) -> None:
    pages = encoded(scan(1), "TIFF", save_all=True, append_images=[scan(2), scan(3)])
    intake.take(found(drop(settings.inbox_folder, "pages.tif", pages), settings.inbox_folder))
    assert [position for position, _ in cards(sqlite)] == [1, 2, 3]


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_taken_is_put_aside_with_its_reason(
    intake: Intake, settings: Settings, sqlite: Database, vault: Vault, name: str
) -> None:
    path = drop(settings.inbox_folder / "nadia", name, DAMAGED[name], mtime=OLD)
    arrival = intake.take(found(path, settings.inbox_folder))
    assert arrival.outcome is Outcome.REFUSED
    assert cards(sqlite) == []
    assert not vault.has(arrival.digest)
    place = settings.quarantine_folder / arrival.tray.code / f"{arrival.id}-{name}"
    assert place.read_bytes() == DAMAGED[name]
    assert place.with_name(f"{place.name}.txt").read_text(encoding="utf-8") == f"{arrival.reason}\n"
    assert arrival.reason
    assert not path.exists()


def test_what_looks_damaged_is_given_time_to_grow(
    intake: Intake, settings: Settings, sqlite: Database
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1)[:2000])
    with pytest.raises(NotYetError) as caught:
        intake.take(found(path, settings.inbox_folder))
    assert 0 < caught.value.seconds <= 5
    assert arrivals(sqlite) == []
    path.write_bytes(picture(1))
    assert intake.take(found(path, settings.inbox_folder)).outcome is Outcome.TAKEN


def test_a_file_that_changes_meanwhile_is_not_taken(
    intake: Intake, settings: Settings, sqlite: Database
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1))
    met = found(path, settings.inbox_folder)
    path.write_bytes(picture(2))
    with pytest.raises(NotYetError):
        intake.take(met)
    assert arrivals(sqlite) == []
    assert path.exists()


def test_the_same_bytes_twice_are_noticed(intake: Intake, settings: Settings, sqlite: Database) -> None:
    inbox = settings.inbox_folder
    first = intake.take(found(drop(inbox / "a", "1.jpg", picture(1)), inbox))
    second = intake.take(found(drop(inbox / "b", "2.jpg", picture(1)), inbox))
    assert (second.outcome, second.first_id) == (Outcome.DUPLICATE, first.id)
    assert len(cards(sqlite)) == 1
    assert list(inbox.rglob("*.jpg")) == []


@pytest.mark.parametrize("content", [picture(1), b"nonsense"])
def test_a_file_that_somebody_else_records_meanwhile_is_recorded_once(
    intake: Intake, settings: Settings, sqlite: Database, content: bytes
) -> None:
    inbox = settings.inbox_folder
    met = found(drop(inbox / "a", "1.jpg", content, mtime=OLD), inbox)
    # Both have looked, and found it unknown.
    recorded = [intake.record(met, tray_of(met), actor) for actor in ("one", "other")]
    assert len({arrival.id for arrival in recorded}) == len(arrivals(sqlite)) == 1
    assert {arrival.tray.folder for arrival in recorded} == {"a"}


def test_a_file_left_by_a_crash_after_the_record_is_only_removed(
    intake: Intake, settings: Settings, sqlite: Database
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1))
    twin = settings.data / "twin"
    os.link(path, twin)
    first = intake.take(found(path, settings.inbox_folder))
    os.link(twin, path)
    again = intake.take(found(path, settings.inbox_folder))
    assert again.id == first.id
    assert len(arrivals(sqlite)) == len(cards(sqlite)) == 1
    assert not path.exists()


def test_a_refusal_left_by_a_crash_is_only_put_aside(
    intake: Intake, settings: Settings, sqlite: Database
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", b"", mtime=OLD)
    first = intake.take(found(path, settings.inbox_folder))
    place = settings.quarantine_folder / first.tray.code / f"{first.id}-1.jpg"
    place.rename(path)
    assert intake.take(found(path, settings.inbox_folder)).id == first.id
    assert len(arrivals(sqlite)) == 1
    assert place.exists()
    assert not path.exists()


def test_a_file_whose_bytes_are_not_in_the_vault_is_never_removed(
    intake: Intake, settings: Settings, vault: Vault
) -> None:
    path = drop(settings.inbox_folder, "1.jpg", picture(1))
    twin = settings.data / "twin"
    os.link(path, twin)
    arrival = intake.take(found(path, settings.inbox_folder))
    os.link(twin, path)
    vault.path(arrival.digest).unlink()
    intake.take(found(path, settings.inbox_folder))
    assert (settings.quarantine_folder / arrival.tray.code / f"{arrival.id}-1.jpg").read_bytes() == picture(
        1
    )


@pytest.mark.parametrize(
    "name", [b"\xff\xfe.jpg", "Grüße für Надя 🕊.jpg".encode(), b"a\nb\x1b[31m.jpg", b"x" * 251 + b".jpg"]
)
@pytest.mark.parametrize("content", [picture(1), b""])
def test_any_name_is_taken_or_put_aside(
    intake: Intake, settings: Settings, sqlite: Database, name: bytes, content: bytes
) -> None:
    path = settings.inbox_folder / os.fsdecode(name)
    path.write_bytes(content)
    os.utime(path, (OLD, OLD))
    intake.take(found(path, settings.inbox_folder))
    assert arrivals(sqlite)[0].name.isprintable()
    assert not path.exists()


def test_a_full_disk_leaves_everything_as_it_was(
    settings: Settings, sqlite: Database, inspector: Inspector
) -> None:
    settings.inbox_folder.mkdir(parents=True)
    path = drop(settings.inbox_folder, "1.jpg", picture(1))

    class FullVault(Vault):
        def _keep(self, draft: object, key: str) -> str:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    vault = FullVault(settings.vault_folder)
    with pytest.raises(OSError, match="No space"):
        Intake(settings, sqlite, vault, inspector).take(found(path, settings.inbox_folder))
    assert arrivals(sqlite) == []
    assert path.exists()
    intake = Intake(settings, sqlite, Vault(settings.vault_folder), inspector)
    assert intake.take(found(path, settings.inbox_folder)).outcome is Outcome.TAKEN


def test_a_child_killed_from_outside_is_not_the_files_fault(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = drop(tmp_path, "1.png", encoded(scan(), "PNG"))
    send = wire.send
    with Inspector(settings) as inspector:
        inspector.start()
        first = inspector.pid
        assert first is not None
        victims = [first]

        def send_and_kill(line: socket.socket, request: dict[str, Any]) -> None:
            send(line, request)
            if victims:
                os.kill(victims.pop(), signal.SIGKILL)

        monkeypatch.setattr(wire, "send", send_and_kill)
        # Stopped, it cannot answer before it is killed.
        os.kill(first, signal.SIGSTOP)
        assert inspector.inspect(path) == ((WIDTH, HEIGHT),)
        assert inspector.pid != first
    assert "trying once more" in caplog.text


def test_a_file_that_takes_for_ever_is_refused(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "SECONDS", 0.005)
    path = drop(tmp_path, "1.png", encoded(scan(size=(4000, 4000)), "PNG", compress_level=0))
    with Inspector(settings) as inspector, pytest.raises(UnusableError, match=r"too long.*Split it"):
        inspector.inspect(path)


# Nothing lies at its beginning: reading it fails as on a broken disk.
BAD_BLOCK = Path("/proc/self/mem")


def test_a_bad_block_is_the_fault_of_its_file(inspector: Inspector, vault: Vault) -> None:
    for read in (lambda: inspector.inspect(BAD_BLOCK), lambda: vault.copy(BAD_BLOCK, 1000)):
        with pytest.raises(UnreadableFileError) as caught:
            read()
        assert caught.value.errno == errno.EIO
    assert vault.works()
