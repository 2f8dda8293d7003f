"""What programs get from ``mailroom read`` and ``mailroom screen``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[2] / "samples"
CAMPAIGN = SAMPLES / "campaign.yaml"
LABELS_KEYS = {"label", "rule", "severity", "evidence", "reason", "box"}


def _run(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mailroom.cli", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=120)


def _lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_read_tells_what_stands_on_a_card_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    card = SAMPLES / "tray" / "nadia-01" / "scan_0005.jpg"
    done = _run(
        "read", tmp_path / "empty.jpg", tmp_path / "none.jpg", card,
        "--campaign", CAMPAIGN, "--case", "nadia-karimi", "--json",
    )  # fmt: skip
    assert done.returncode == 1
    empty, none, read = _lines(done)
    assert "empty" in empty["error"]
    assert "no such file" in none["error"]
    assert read["file"] == str(card)
    assert "Amnesty International" in read["text"]
    assert (read["language"], read["script"], read["rotation"]) == ("eng", "Latn", 0)
    assert 0.85 < read["confidence"] <= 1
    assert all(
        set(line) == {"text", "confidence", "box"} and len(line["box"]) == 4 for line in read["lines"]
    )
    assert {flag["label"] for flag in read["flags"]} == {"organisation"}
    assert all(set(flag) == LABELS_KEYS for flag in read["flags"])
    assert read["addressee"]["slug"] == "nadia-karimi"
    assert read["lane"] == "desk"
    assert read["reasons"]


def test_read_tells_each_page_of_a_file() -> None:
    done = _run("read", SAMPLES / "tray" / "viktar-01" / "duplex_0011.tif", "--json")
    assert done.returncode == 0
    assert [page["page"] for page in _lines(done)] == [1, 2, 3, 4]


def test_screen_takes_lines_and_json_lines() -> None:
    given = '{"id": "a", "text": "Merry Christmas, Nadia!"}\n\nThe snow has come to our street.\n'
    done = _run("screen", "--campaign", CAMPAIGN, "--case", "nadia-karimi", "--json", given=given)
    assert done.returncode == 0
    first, second = _lines(done)
    assert first["id"] == "a"
    assert [flag["label"] for flag in first["flags"]] == ["festival"]
    assert first["flags"][0]["box"] is None
    assert (second["flags"], second["lane"]) == ([], "glance")


def test_screen_names_the_line_it_cannot_take() -> None:
    done = _run("screen", "--json", given='{"text": 3}\nDear Nadia, hello.\n')
    assert done.returncode == 1
    assert [result.get("line") for result in _lines(done)] == [1, None]


def test_unknown_case_is_answered_with_the_known_ones() -> None:
    done = _run("screen", "--campaign", CAMPAIGN, "--case", "nobody", "--json")
    assert done.returncode == 1
    assert "nadia-karimi" in done.stderr
