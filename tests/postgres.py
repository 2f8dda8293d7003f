"""A PostgreSQL server of the test run's own, on a unix socket, with no durability."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

ACCOUNT = "postgres"


@dataclass(frozen=True)
class PostgresServer:
    """A running server; ``socket`` is the folder of its socket."""

    socket: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of the one of this name, and return its own."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(
            f"host={self.socket} user={ACCOUNT} dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def address(self, name: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{ACCOUNT}@/{name}?host={self.socket}"


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server in a folder of its own and stop it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="mailroom-postgres-"))
    as_owner = _as_unprivileged(home)
    data = home / "data"
    _run(
        [*as_owner, _program("initdb"), "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync"]
    )
    options = (
        f"-k {home} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    control: list[str | Path] = [*as_owner, _program("pg_ctl"), "-D", data, "-w"]
    _run([*control, "-l", home / "log", "-o", options, "start"])
    try:
        yield PostgresServer(home)
    finally:
        _run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def _program(name: str) -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: path.parts[-3])
    if versions:
        return versions[-1]
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"There is no {name}: install the package postgresql; `make test` does.")
    return Path(found)


def _as_unprivileged(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs under the account that its package made."""
    if os.geteuid() != 0:
        return []
    shutil.chown(home, ACCOUNT)
    return ["runuser", "-u", ACCOUNT, "--"]


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout.decode()}")
