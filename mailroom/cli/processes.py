"""Which processes a mail room on one machine has, and how the supervisor is told of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

from mailroom.cli.redis_server import redis_command
from mailroom.settings import Settings

# A process that cannot start is tried again for as long as the mail room runs.
TRIES = 1_000_000_000
# A worker may finish the card in its hands; what is not done by then is killed, and done again at the
# next start.
STOP_SECONDS = 20
LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Process:
    """One process, or several alike: its name, its command, and how it lives."""

    name: str
    command: tuple[str, ...]
    copies: int = 1
    once: bool = False
    """It has done its work when it exits with 0; started again only when it failed."""
    leaned_on: bool = False
    """Others need it: started before them, stopped when they have gone."""
    quiet: bool = False
    """What it prints goes to its log alone, not to the terminal."""


def processes(settings: Settings, *, demo: bool) -> list[Process]:
    """List the processes of this mail room; with a Redis of somebody else's, none of its own is started.

    Raises RedisMissingError where none can be started.
    """
    listed = [
        Process("web", mailroom_command("web")),
        Process("scanner", mailroom_command("scanner")),
        Process("housekeeper", mailroom_command("housekeeper")),
        Process("worker", mailroom_command("worker"), copies=settings.workers),
    ]
    if settings.second_reader_url is not None:
        listed.append(Process("second-reader", mailroom_command("second-reader")))
    if settings.redis_url is None:
        listed.insert(0, Process("redis", redis_command(settings), leaned_on=True, quiet=True))
    if demo:
        listed.append(Process("sample", mailroom_command("sample"), once=True))
    return listed


def mailroom_command(*arguments: str) -> tuple[str, ...]:
    """Give the command that runs `mailroom` with these arguments, on the Python that runs now."""
    return (sys.executable, "-m", "mailroom.cli", *arguments)


def write_config(settings: Settings, listed: Iterable[Process]) -> Path:
    """Write the supervisor's configuration into the data folder's run/; gives its path."""
    run = settings.run_folder.resolve()
    logs = run / "log"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": _literal(logs / "supervisor.log"),
        "logfile_maxbytes": str(LOG_BYTES),
        "logfile_backups": "1",
        "pidfile": _literal(run / "supervisor.pid"),
        "childlogdir": _literal(logs),
        # So that a line is on the terminal when it was printed, not when a buffer is full.
        "environment": 'PYTHONUNBUFFERED="1"',
    }
    groups: dict[str, list[str]] = {"leaned-on": [], "leaning": []}
    for process in listed:
        config[f"program:{process.name}"] = _program(process, logs)
        groups["leaned-on" if process.leaned_on else "leaning"].append(process.name)
    for priority, (name, members) in enumerate(groups.items(), start=1):
        if members:
            # The lowest priority starts first and stops last.
            config[f"group:{name}"] = {"programs": ",".join(members), "priority": str(priority)}
    path = run / "supervisor.conf"
    with path.open("w", encoding="utf-8") as file:
        config.write(file)
    return path


def _program(process: Process, logs: Path) -> dict[str, str]:
    name = f"{process.name}-%(process_num)d" if process.copies > 1 else process.name
    return {
        "command": " ".join(f'"{_literal(word)}"' for word in process.command),
        "process_name": name,
        "numprocs": str(process.copies),
        "numprocs_start": "1",
        "autorestart": "unexpected" if process.once else "true",
        # A short errand that succeeds has not died.
        "startsecs": "0" if process.once else "1",
        "startretries": str(TRIES),
        "stopwaitsecs": str(STOP_SECONDS),
        # Killing takes the helpers of a process with it; asking it to stop is for the process itself.
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_events_enabled": str(not process.quiet).lower(),
        "stdout_logfile": f"{_literal(logs)}/{name}.log",
        "stdout_logfile_maxbytes": str(LOG_BYTES),
        "stdout_logfile_backups": "1",
    }


def _literal(value: str | Path) -> str:
    return str(value).replace("%", "%%")
