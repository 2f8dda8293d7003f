"""Whatever file comes, reading it ends well: in a reading or a named error, and the next one is read."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fuzz_reading import End, open_and_read
from mailroom.sandbox import Sandbox
from mailroom.settings import Settings
from tests.reading.strange_files import sound_card, strange_file
from worker.sandboxed import ENVIRONMENT, TARGET, reading_sandbox

SEED = 2026
FILES = 45
SECONDS = 60.0
READ = End("read: text", sound=True)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with reading_sandbox(Settings(data=tmp_path_factory.mktemp("data"))) as sandbox:
        yield sandbox


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card"
    path.write_bytes(sound_card())
    return path


@pytest.mark.slow
def test_strange_files_end_in_a_reading_or_a_named_error(
    sandbox: Sandbox, tmp_path: Path, card: Path
) -> None:
    chance = random.Random(SEED)
    path = tmp_path / "scan"
    ends = []
    for number in range(FILES):
        path.write_bytes(strange_file(chance))
        end = open_and_read(sandbox, path, SECONDS)
        assert end.sound, f"file {number} of seed {SEED}: {end.name}"
        ends.append(end.name)
    # Else the files would be too sound, or too damaged, to prove anything.
    assert FILES / 4 <= sum(end.startswith("read: ") for end in ends) <= FILES * 3 / 4
    assert open_and_read(sandbox, card, SECONDS) == READ


def test_a_child_killed_between_files_is_replaced(sandbox: Sandbox, card: Path) -> None:
    sandbox.start()
    child = sandbox.pid
    assert child is not None
    os.kill(child, signal.SIGKILL)
    deadline = time.monotonic() + SECONDS
    while sandbox.pid is not None:
        assert time.monotonic() < deadline, "the child outlives its killing"
        time.sleep(0.05)
    assert open_and_read(sandbox, card, SECONDS) == READ
    assert sandbox.pid != child


def test_a_file_that_takes_too_long_is_told_and_the_next_is_read(sandbox: Sandbox, card: Path) -> None:
    sandbox.start()
    end = open_and_read(sandbox, card, 0.001)
    assert not end.sound
    assert "took longer" in end.name
    assert open_and_read(sandbox, card, SECONDS) == READ


def test_an_error_without_a_name_of_its_own_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    assert open_and_read(sandbox, tmp_path / "no\0name", SECONDS) == End("BROKEN ValueError", sound=False)


def test_a_file_that_is_gone_is_an_error_with_a_name(sandbox: Sandbox, tmp_path: Path) -> None:
    assert open_and_read(sandbox, tmp_path / "gone", SECONDS) == End("UnreadableFileError", sound=True)


def test_a_child_that_takes_too_much_memory_is_told(card: Path) -> None:
    with Sandbox(TARGET, 100_000_000, environment=ENVIRONMENT) as small:
        end = open_and_read(small, card, SECONDS)
    assert not end.sound
    assert "bytes of memory" in end.name
