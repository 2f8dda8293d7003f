"""What programs get from ``mailroom read`` and ``mailroom screen``."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from mailroom.finding import Lane
from mailroom.scope import Scope
from tests import house
from tests.commands import Command, command_on, in_own_process

SAMPLES = Path(__file__).parents[2] / "samples"
CAMPAIGN = SAMPLES / "campaign.yaml"
CARD = SAMPLES / "tray" / "nadia-01" / "scan_0005.jpg"
PAGES = SAMPLES / "tray" / "viktar-01" / "duplex_0011.tif"
LABELS_KEYS = {"label", "rule", "severity", "evidence", "reason", "box"}


@dataclass(frozen=True)
class Read:
    """What reading files gave, and the data folder beside which they were read."""

    done: Result
    data: Path

    @property
    def lines(self) -> list[dict[str, Any]]:
        return _lines(self.done.stdout)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Bad files, a card and a file of four pages, read where no network can be reached."""
    folder, data = tmp_path_factory.mktemp("scans"), tmp_path_factory.mktemp("data")
    (folder / "empty.jpg").touch()
    files = folder / "empty.jpg", folder / "none.jpg", CARD, PAGES
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("worker.sandboxed.TARGET", "tests.cli.offline:load")
        patch.setattr(socket.socket, "connect", _refuse)
        options = "--campaign", CAMPAIGN, "--case", "nadia-karimi", "--json"
        return Read(command_on(data)("read", *files, *options), data)


def _refuse(*_: object) -> None:
    raise AssertionError("there is a way onto the network")


def _lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_read_tells_what_stands_on_a_card_and_goes_on_after_a_bad_file(read: Read) -> None:
    assert read.done.exit_code == 1
    empty, none, card = read.lines[:3]
    assert "empty" in empty["error"]
    assert "no such file" in none["error"]
    assert card["file"] == str(CARD)
    assert "Amnesty International" in card["text"]
    assert (card["language"], card["script"], card["rotation"]) == ("eng", "Latn", 0)
    assert 0.85 < card["confidence"] <= 1
    assert all(
        set(line) == {"text", "confidence", "box"} and len(line["box"]) == 4 for line in card["lines"]
    )
    assert {flag["label"] for flag in card["flags"]} == {"organisation"}
    assert all(set(flag) == LABELS_KEYS for flag in card["flags"])
    assert card["addressee"]["slug"] == "nadia-karimi"
    assert card["lane"] == "desk"
    assert card["reasons"]


def test_read_tells_each_page_of_a_file(read: Read) -> None:
    assert [page["page"] for page in read.lines[3:]] == [1, 2, 3, 4]
    assert all("text" in page for page in read.lines[3:])


def test_read_keeps_nothing(read: Read) -> None:
    assert list(read.data.rglob("*")) == []


def test_read_fetches_nothing(read: Read) -> None:
    assert ["error" in line for line in read.lines] == [True, True, *[False] * 5]


def test_screen_takes_lines_and_json_lines(tmp_path: Path) -> None:
    given = '{"id": "a", "text": "Merry Christmas, Nadia!"}\n\nThe snow has come to our street.\n'
    options = "--campaign", CAMPAIGN, "--case", "nadia-karimi", "--json"
    done = in_own_process(tmp_path, "screen", *options, given=given)
    assert done.returncode == 0
    first, second = _lines(done.stdout)
    assert first["id"] == "a"
    assert [flag["label"] for flag in first["flags"]] == ["festival"]
    assert first["flags"][0]["box"] is None
    assert (second["flags"], second["lane"]) == ([], "glance")


class Silent:
    """A screener that finds nothing."""

    def screen_text(self, text: str, scope: Scope, language: str | None) -> object:
        return house.make_screening(Lane.GLANCE)


def test_screen_names_the_line_it_cannot_take(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.screening.screener.Screener", Silent)
    done = command("screen", "--json", given='{"text": 3}\nDear Nadia, hello.\n')
    assert done.exit_code == 1
    assert [result.get("line") for result in _lines(done.stdout)] == [1, None]


def test_screen_takes_whatever_stands_on_a_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.screening.screener.Screener", Silent)
    lines = (
        '\ufeff{"id": "first", "text": "Dear Nadia"}',
        r'{"id": "half", "text": "Dear \ud83d Nadia"}',
        "[" * 100_000,
        "9" * 5000,
        "{smile} Dear Nadia",
        '{"id": "broken", "text": "Dear',
    )
    done = command("screen", "--json", given="\n".join(lines))
    *taken, broken = _lines(done.stdout)
    assert [result.get("id") or result["text"][:3] for result in taken] == [
        "first",
        "half",
        "[[[",
        "999",
        "{sm",
    ]
    assert broken["line"] == 6
    assert done.exit_code == 1


def test_read_tells_what_is_no_file_and_names_it_whatever_its_name(
    command: Command, tmp_path: Path
) -> None:
    latin = tmp_path / "caf\udce9.jpg"
    done = command("read", latin, tmp_path, "a" * 300, "--json")
    none, folder, long = _lines(done.stdout)
    assert none == {"file": str(latin), "error": "There is no such file."}
    assert "folder" in folder["error"]
    assert "too long" in long["error"]
    assert "There is no such file." in command("read", latin).stderr


def test_unknown_case_is_answered_with_the_known_ones(command: Command) -> None:
    done = command("screen", "--campaign", CAMPAIGN, "--case", "nobody", "--json")
    assert done.exit_code == 1
    assert "nadia-karimi" in done.stderr
