"""The sandbox: whatever a child does, its parent gets a named error, and the next call works."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailroom.sandbox import (
    RemoteError,
    Sandbox,
    SandboxCrashedError,
    SandboxError,
    SandboxMemoryError,
    SandboxStartError,
    SandboxTimeoutError,
)

TARGET = "tests.mailroom.sandbox_targets:build"
MEMORY = 200_000_000
ROOT = Path(__file__).parents[2]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(TARGET, MEMORY) as sandbox:
        yield sandbox


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds; one that only waits to be reaped has ended."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
            threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        except (FileNotFoundError, ProcessLookupError):
            return True
        # While other threads of it are still ending, it cannot be reaped.
        if state == "Z" and threads <= 1:
            return True
        time.sleep(0.05)
    return False


def assert_works(sandbox: Sandbox) -> None:
    assert sandbox.call({"do": "echo", "say": "still here"}, 20) == {"said": "still here"}


def test_it_answers_and_keeps_its_child(sandbox: Sandbox) -> None:
    sandbox.start()
    first = sandbox.pid
    assert sandbox.call({"do": "echo", "say": "žluťoučký 漢字 \U0001f54a"}, 20) == {
        "said": "žluťoučký 漢字 \U0001f54a"
    }
    assert sandbox.pid == first is not None


def test_a_failing_system_call_inside_tells_its_number(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(RemoteError) as caught:
        sandbox.call({"do": "write", "path": str(tmp_path / "no" / "file"), "bytes": 1}, 20)
    assert caught.value.errno == errno.ENOENT


def test_large_messages_pass_both_ways(sandbox: Sandbox) -> None:
    text = "ř" * 3_000_000
    assert sandbox.call({"do": "echo", "say": text}, 60) == {"said": text}


def test_an_exception_inside_is_named_and_the_child_lives_on(sandbox: Sandbox) -> None:
    sandbox.start()
    first = sandbox.pid
    with pytest.raises(RemoteError, match="seven") as caught:
        sandbox.call({"do": "fail", "say": "seven"}, 20)
    assert (caught.value.kind, caught.value.message) == ("ArithmeticError", "seven")
    assert_works(sandbox)
    assert sandbox.pid == first


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_killed_child_is_noticed_and_replaced(sandbox: Sandbox, number: signal.Signals) -> None:
    with pytest.raises(SandboxCrashedError, match=number.name) as caught:
        sandbox.call({"do": "die", "signal": number}, 20)
    assert caught.value.status == -number
    assert_works(sandbox)


def test_a_real_segmentation_fault_leaves_no_core(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxCrashedError, match="SIGSEGV"):
        sandbox.call({"do": "crash"}, 20)
    assert_works(sandbox)


def test_a_child_that_leaves_tells_its_status(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxCrashedError, match="exit status 7"):
        sandbox.call({"do": "leave", "status": 7}, 20)


def test_a_child_that_died_between_calls_is_replaced(sandbox: Sandbox) -> None:
    sandbox.start()
    assert sandbox.pid is not None
    os.kill(sandbox.pid, signal.SIGKILL)
    assert gone(sandbox.pid or 0)
    assert_works(sandbox)


def test_native_code_that_hears_nothing_is_killed_in_time(sandbox: Sandbox) -> None:
    sandbox.start()
    child = sandbox.pid
    with pytest.raises(SandboxTimeoutError, match=r"0\.5 s"):
        sandbox.call({"do": "hang"}, 0.5)
    assert child is not None
    assert gone(child)
    assert_works(sandbox)


def test_resident_memory_is_watched(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxMemoryError, match="200,000,000"):
        sandbox.call({"do": "eat", "bytes": 400_000_000}, 20)
    assert_works(sandbox)


def test_address_space_is_bound() -> None:
    with Sandbox(TARGET, 2_000_000_000, address_space=300_000_000) as sandbox:
        with pytest.raises(RemoteError) as caught:
            sandbox.call({"do": "eat", "bytes": 500_000_000}, 20)
        assert caught.value.kind == "MemoryError"
        assert_works(sandbox)


def test_files_are_bound_in_size(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match="too large"):
        sandbox.call({"do": "write", "path": str(tmp_path / "file"), "bytes": 1}, 20)
    with Sandbox(TARGET, MEMORY, file_bytes=1000) as roomy:
        roomy.call({"do": "write", "path": str(tmp_path / "file"), "bytes": 1000}, 20)
        with pytest.raises(RemoteError, match="too large"):
            roomy.call({"do": "write", "path": str(tmp_path / "file"), "bytes": 1001}, 20)


def test_what_the_child_started_dies_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with Sandbox(TARGET, MEMORY, file_bytes=1000) as sandbox:
        with pytest.raises(SandboxTimeoutError):
            sandbox.call({"do": "breed", "path": str(note)}, 3)
        assert gone(int(note.read_text(encoding="ascii")))


def test_what_the_child_wrote_goes_with_it(tmp_path: Path) -> None:
    note = tmp_path / "name"
    with Sandbox(TARGET, MEMORY, file_bytes=1000) as sandbox:
        with pytest.raises(SandboxCrashedError):
            sandbox.call({"do": "litter", "path": str(note), "victim": None}, 20)
        assert not Path(note.read_text(encoding="utf-8")).exists()
        assert_works(sandbox)


def test_what_a_child_wrote_whose_parent_was_killed_goes_with_the_next_child(tmp_path: Path) -> None:
    note = tmp_path / "name"
    code = (
        "import os; from mailroom.sandbox import Sandbox; "
        f"box = Sandbox({TARGET!r}, {MEMORY}, file_bytes=1000); "
        f"box.call({{'do': 'litter', 'path': {str(note)!r}, 'victim': os.getpid()}}, 300)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    left = Path(note.read_text(encoding="utf-8"))
    assert left.exists()
    with Sandbox(TARGET, MEMORY, file_bytes=1000) as sandbox:
        assert_works(sandbox)
    assert not left.exists()


def test_the_environment_holds_no_secrets(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_SECRET_KEY", "secret")
    seen = sandbox.call({"do": "look"}, 20)["environment"]
    assert "MAILROOM_SECRET_KEY" not in seen
    assert "PATH" in seen


def test_the_environment_can_be_added_to() -> None:
    with Sandbox(TARGET, MEMORY, environment={"OMP_NUM_THREADS": "1"}) as sandbox:
        assert "OMP_NUM_THREADS" in sandbox.call({"do": "look"}, 20)["environment"]


def test_what_libraries_print_does_no_harm(sandbox: Sandbox) -> None:
    assert sandbox.call({"do": "babble"}, 20) == {}
    assert_works(sandbox)


def test_an_answer_that_json_cannot_say_is_an_error_inside(sandbox: Sandbox) -> None:
    with pytest.raises(RemoteError) as caught:
        sandbox.call({"do": "nonsense"}, 20)
    assert caught.value.kind == "TypeError"
    assert_works(sandbox)


def test_a_child_that_breaks_the_protocol_is_killed(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxCrashedError, match="protocol"):
        sandbox.call({"do": "protocol"}, 20)
    assert_works(sandbox)


def test_a_target_that_cannot_load_is_named() -> None:
    with Sandbox("tests.mailroom.sandbox_targets:build_nothing", MEMORY) as sandbox:
        with pytest.raises(SandboxStartError, match="LookupError: the models are missing"):
            sandbox.start()
        with pytest.raises(SandboxError, match="models are missing"):
            sandbox.call({}, 20)


def test_the_child_ends_when_its_parent_is_killed() -> None:
    code = (
        "import sys, time; from mailroom.sandbox import Sandbox; "
        f"box = Sandbox({TARGET!r}, {MEMORY}); box.start(); print(box.pid, flush=True); "
        "box.call({'do': 'hang'}, 300)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert gone(child)


def test_close_ends_the_child(sandbox: Sandbox) -> None:
    sandbox.start()
    child = sandbox.pid
    assert child is not None
    sandbox.close()
    assert sandbox.pid is None
    assert gone(child)
