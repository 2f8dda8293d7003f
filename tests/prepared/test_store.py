"""What was prepared is used while it is what this program would make, and never stands in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mailroom.cli import main
from worker.prepared import store
from worker.prepared.forms import OBJECT
from worker.prepared.store import prepare, prepared


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in place of the one beside the packages, and a program of one file."""
    monkeypatch.setattr(store, "FOLDER", tmp_path / "kept")
    source = tmp_path / "program.py"
    source.write_text("first")
    monkeypatch.setattr(store, "_PROGRAM", tmp_path)
    monkeypatch.setattr(store, "_sources", lambda: [source])
    store.fingerprint.cache_clear()
    yield tmp_path / "kept"
    store.fingerprint.cache_clear()


def changed(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("second")
    store.fingerprint.cache_clear()


def made(thing: object) -> Callable[[], Any]:
    return lambda: prepared("thing", OBJECT, lambda: thing)


def never() -> object:
    raise AssertionError("this has to be found, not made")


def test_what_was_prepared_is_not_made_again() -> None:
    prepare(made("kept"))
    assert prepared("thing", OBJECT, never) == "kept"
    prepare(never)


def test_without_preparing_all_is_made_and_nothing_kept(folder: Path) -> None:
    assert made("made")() == "made"
    assert not folder.exists()


def test_another_program_makes_its_own(tmp_path: Path, folder: Path) -> None:
    prepare(made("old"))
    changed(tmp_path)
    assert made("new")() == "new"
    prepare(made("new"))
    assert prepared("thing", OBJECT, never) == "new"
    assert len([kept for kept in folder.iterdir() if kept.is_dir()]) == 1


def test_a_file_changed_is_another_program(tmp_path: Path) -> None:
    before = store.fingerprint()
    changed(tmp_path)
    assert store.fingerprint() != before


def test_the_fingerprint_covers_rule_packs_and_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    names = {path.name for path in store._sources()}
    assert {"model.npz", "quantised.yaml", "words.yaml", "pack.py", "finding.py"} <= names


@pytest.mark.parametrize("name", ["thing", "thing.arrays"])
def test_what_is_damaged_is_made_anew(folder: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    prepare(made(np.arange(1000)))
    (file,) = folder.glob(f"*/{name}")
    file.write_bytes(file.read_bytes()[:20])
    assert made("made")() == "made"
    assert "What was prepared as thing cannot be used" in caplog.text


def test_what_was_kept_stays_when_preparing_fails(tmp_path: Path, folder: Path) -> None:
    prepare(made("old"))
    kept = sorted(folder.rglob("*"))
    changed(tmp_path)
    with pytest.raises(AssertionError):
        prepare(never)
    assert sorted(folder.rglob("*")) == kept
    assert made("made")() == "made"


def test_of_two_that_prepare_at_once_one_does() -> None:
    count: list[int] = []
    both = threading.Barrier(2)

    def make() -> None:
        count.append(1)
        made("kept")()

    def start() -> None:
        both.wait()
        prepare(make)

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(count) == 1
    assert prepared("thing", OBJECT, never) == "kept"


def test_where_nothing_may_be_written_the_command_says_so(folder: Path) -> None:
    folder.write_text("a file where a folder should be")
    result = CliRunner().invoke(main, ["prepare"])
    assert result.exit_code == 1
    assert "Nothing was prepared" in result.output
    assert "Workers do without" in " ".join(result.output.split())


SHAPES = arrays.array_shapes(max_dims=3, min_side=0)
NUMBERS = arrays.arrays(st.sampled_from([np.uint8, np.int32, np.float32]), SHAPES)
VALUES = st.one_of(NUMBERS, st.text(), st.floats(allow_nan=False))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5))
def test_objects_come_back_as_they_were(tmp_path: Path, thing: dict[str, Any]) -> None:
    OBJECT.keep(thing, tmp_path / "object")
    found = OBJECT.find(tmp_path / "object")
    assert found.keys() == thing.keys()
    for key, value in thing.items():
        if isinstance(value, np.ndarray):
            assert found[key].dtype == value.dtype
            np.testing.assert_array_equal(found[key], value)
            assert not value.size or not found[key].flags.writeable
        else:
            assert found[key] == value
