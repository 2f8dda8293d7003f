"""The processes of the mail room live and die together: real processes, really killed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.install.room import Room, small_room, until

Start = Callable[..., Room]
# Arguments that no other process on the machine has: seconds to sleep.
WEB, HELPER = "86411", "86412"
WITH_HELPER = ["sh", "-c", f"setsid sleep {HELPER} & exec sleep {WEB}"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    rooms = []

    def begin(*listed: dict[str, object]) -> Room:
        rooms.append(small_room(tmp_path, list(listed)))
        return rooms[-1]

    yield begin
    for room in rooms:
        room.destroy()


def test_what_is_killed_starts_again(start: Start) -> None:
    room = start({"name": "worker", "command": ["sleep", WEB], "copies": 2})
    victim, other = room.await_running(WEB, 2)
    victim.kill()
    victim.wait()
    now = room.await_running(WEB, 2)
    assert other in now
    assert victim not in now


def test_what_cannot_start_is_tried_again(start: Start, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    command = ["sh", "-c", f"echo >> {tries}; [ $(wc -l < {tries}) -ge 3 ] && exec sleep {WEB}"]
    room = start({"name": "web", "command": command})
    room.await_running(WEB)
    assert len(tries.read_text().splitlines()) == 3


def test_a_finished_errand_is_not_started_again(start: Start, tmp_path: Path) -> None:
    done = tmp_path / "done"
    room = start(
        {"name": "sample", "command": ["sh", "-c", f"echo >> {done}"], "once": True},
        {"name": "web", "command": ["sleep", WEB]},
    )
    until(done.exists, "the errand")
    # One start of another process later, the supervisor has had its chance to repeat the errand.
    (web,) = room.await_running(WEB)
    until(lambda: "success: web" in _supervisor_log(tmp_path), "web counts as started")
    web.kill()
    until(lambda: room.running(WEB) not in ([], [web]), "web again")
    assert len(done.read_text().splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_cleanly(start: Start, number: signal.Signals) -> None:
    room = start({"name": "web", "command": WITH_HELPER}, {"name": "worker", "command": ["sleep", "86413"]})
    room.await_running(HELPER)
    room.await_running("86413")
    room.guardian.send_signal(number)
    assert room.guardian.wait(60) == 0
    assert room.all() == []


@pytest.mark.parametrize("victim", ["guardian", "supervisor"])
def test_no_orphan_stays_when_the_one_in_charge_is_killed(start: Start, victim: str) -> None:
    room = start({"name": "web", "command": ["sleep", WEB]})
    room.await_running(WEB)
    {"guardian": psutil.Process(room.guardian.pid), "supervisor": room.supervisor()}[victim].kill()
    room.await_nothing()
    assert room.guardian.wait() != 0


def test_a_helper_that_lost_its_process_is_stopped_with_the_supervisor(start: Start) -> None:
    room = start({"name": "web", "command": WITH_HELPER})
    room.await_running(HELPER)
    room.supervisor().kill()
    assert room.guardian.wait(60) == 1
    assert room.all() == []


def test_what_others_lean_on_stops_last(start: Start, tmp_path: Path) -> None:
    order = tmp_path / "order"

    def tells(name: str) -> list[str]:
        return [
            "sh",
            "-c",
            f"trap 'echo {name} >> {order}; exit' TERM; while :; do sleep 0.1; done; : {name}x",
        ]

    room = start(
        {"name": "redis", "command": tells("redis"), "leaned_on": True},
        {"name": "web", "command": tells("web")},
    )
    until(lambda: "success: redis" in _supervisor_log(tmp_path), "redis counts as started")
    until(lambda: "success: web" in _supervisor_log(tmp_path), "web counts as started")
    room.guardian.send_signal(signal.SIGINT)
    assert room.guardian.wait(60) == 0
    assert order.read_text().split() == ["web", "redis"]


def test_each_line_stands_behind_the_name_of_its_process(start: Start, tmp_path: Path) -> None:
    room = start(
        {"name": "web", "command": ["sh", "-c", f"echo ready; printf 'grüße\\n' >&2; exec sleep {WEB}"]},
        {"name": "redis", "command": ["sh", "-c", f"echo noise; exec sleep {HELPER}"], "quiet": True},
    )
    room.await_running(WEB)
    room.await_running(HELPER)
    room.guardian.send_signal(signal.SIGINT)
    assert room.guardian.wait(60) == 0
    printed = room.printed()
    assert "web         | ready\n" in printed
    assert "web         | grüße\n" in printed
    assert "noise" not in printed
    assert "noise" in (tmp_path / "run" / "log" / "redis.log").read_text()


def test_a_second_one_on_the_same_data_is_refused(start: Start, tmp_path: Path) -> None:
    first = start({"name": "web", "command": ["sleep", WEB]})
    first.await_running(WEB)
    second = start({"name": "web", "command": ["sleep", WEB]})
    assert second.guardian.wait(60) == 1
    assert f"running already on {tmp_path}" in second.printed()
    assert len(first.running(WEB)) == 1


def _supervisor_log(data: Path) -> str:
    log = data / "run" / "log" / "supervisor.log"
    return log.read_text() if log.exists() else ""
