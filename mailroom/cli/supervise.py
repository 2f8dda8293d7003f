"""Run every process of the mail room on one machine, start again what dies, and leave nothing behind.

Two processes see to it. The guardian, which a person starts, takes the signals and adopts whatever loses
its parent. Under it runs supervisord, which starts the others and starts them again. Whichever of the two
is killed, even by SIGKILL, the other stops everything.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.poller import Poller
from supervisor.supervisord import Supervisor

from mailroom.cli.console import Console
from mailroom.cli.orphans import adopt_orphans, stop_descendants, stop_when_parent_dies
from mailroom.cli.processes import Process, processes, write_config
from mailroom.cli.redis_server import RedisMissingError
from mailroom.settings import Settings

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 10.0
# Supervisord would look once a second at what has ended, and at each step of stopping once more: a process
# that died came back a second late, and Ctrl-C took three seconds longer than the processes do.
LOOK_SECONDS = 0.1
# A process that cannot start is tried again after 1 s, 2 s and so on, but never after more than this.
BACKOFF_SECONDS_MAX = 10


class CannotRunError(RuntimeError):
    """The mail room cannot run here now; the message says why."""


def supervise(settings: Settings, *, demo: bool = False) -> int:
    """Run the mail room until a signal stops it; gives the exit status.

    With `demo`, the sample campaign and its tray are put into it as well. Raises CannotRunError where a
    mail room runs on this data folder already, its address is taken, or there is no Redis for it.
    """
    _check_address_free(settings.host, settings.port)
    sys.stdout.write(
        f"The mail room opens at http://{settings.host}:{settings.port} and Ctrl-C closes it.\n"
    )
    try:
        listed = processes(settings, demo=demo)
    except RedisMissingError as error:
        raise CannotRunError(str(error)) from error
    return keep_running(settings, listed)


def keep_running(settings: Settings, listed: Sequence[Process]) -> int:
    """Run these processes until a signal stops them; gives 0 when they were stopped as asked, else 1.

    Raises CannotRunError where processes are kept running for this data folder already.
    """
    settings.run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_one(settings.run_folder / "mailroom.lock"):
        config = write_config(settings, listed)
        adopt_orphans()
        guardian = os.getpid()
        sys.stdout.flush()
        supervisor = os.fork()
        if supervisor == 0:
            _become_supervisor(config, guardian)
        return _guard(supervisor)


def _guard(supervisor: int) -> int:
    asked = False

    def forward(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        os.kill(supervisor, signal.SIGTERM)

    before = {number: signal.signal(number, forward) for number in SIGNALS}
    try:
        # Adopted orphans end here too; only the end of the supervisor is the end.
        while os.wait()[0] != supervisor:
            continue
        # Nothing is left to forward a signal to, and a second Ctrl-C must not interrupt the sweeping up.
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stop_descendants(GRACE_SECONDS)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0 if asked else 1


def _become_supervisor(config: Path, guardian: int) -> NoReturn:
    status = 1
    try:
        # Its own process group: Ctrl-C at the terminal reaches the guardian alone.
        os.setpgrp()
        stop_when_parent_dies(guardian)
        options = _Options()
        options.realize(["--configuration", str(config)])
        options.first = True
        options.test = False
        _Supervisor(options).main()
    except ExitNow:
        status = 0
    finally:
        # Not through the handlers of the process that this one was forked from.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class _Poller(Poller):  # type: ignore[misc]
    """Supervisord's poller, which waits for output no longer than until the next look at the processes."""

    def poll(self, timeout: float) -> tuple[list[int], list[int]]:
        """Give what can be read and written; both empty when nothing came in time."""
        readable, writable = super().poll(min(timeout, LOOK_SECONDS))
        return readable, writable


class _Options(ServerOptions):  # type: ignore[misc]
    """Supervisord's options, whose children die with supervisord."""

    def __init__(self) -> None:
        super().__init__()
        self.poller = _Poller(self)

    def openhttpservers(self, supervisord: Supervisor) -> None:
        """Open none: nobody steers this supervisor from outside."""

    def fork(self) -> int:
        """Fork a child that is asked to stop when this process dies."""
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            stop_when_parent_dies(parent)
        return child


class _Supervisor(Supervisor):  # type: ignore[misc]
    """Supervisord, whose events are shown on the terminal."""

    def runforever(self) -> None:
        """Listen, then start the processes and keep them running."""
        Console(sys.stdout).listen()
        events.subscribe(events.ProcessStateBackoffEvent, _limit_backoff)
        super().runforever()


def _limit_backoff(event: events.ProcessStateBackoffEvent) -> None:
    event.process.backoff = min(event.process.backoff, BACKOFF_SECONDS_MAX - 1)


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotRunError(f"A mail room is running already on {lock.parent.parent}.") from error
        yield


def _check_address_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CannotRunError(
            f"There is no address {host}: {error.strerror}. Choose another with MAILROOM_HOST."
        ) from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CannotRunError(
                f"{host}:{port} cannot be used: {error.strerror}. Choose another port with MAILROOM_PORT."
            ) from error
