"""A PostgreSQL server of the test run's own, on a unix socket, with no durability."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

ACCOUNT = "postgres"
# What a migration that a test ran backwards and forwards leaves different.
_SHAPE = """
SELECT count(*), sum(attnum) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace
"""
_LEFT_CONNECTED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_FILLED = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
_COUNT_ANEW = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


@dataclass(frozen=True)
class _Template:
    """What a database is to be again: the shape of its tables, and the rows of those that have some."""

    shape: object
    rows: dict[str, bytes]


@dataclass(frozen=True)
class PostgresServer:
    """A running server; ``socket`` is the folder of its socket."""

    socket: Path
    _numbers: Iterator[int] = field(default_factory=count)
    _seen: dict[str, _Template] = field(default_factory=dict)
    _ready: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def new_database(self, template: str = "template1") -> str:
        """Make a database, a copy of the one of this name, and return its own."""
        name = f"test_{next(self._numbers)}"
        with self._connection() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    @contextmanager
    def lent_database(self, template: str) -> Iterator[str]:
        """Lend a database that is as ``template`` was at the first time, and give its name.

        It is made so again for the next test: to copy the template takes several times as long, and 7 MB.
        """
        if template not in self._seen:
            self._seen[template] = self._look_at(template)
        ready = self._ready[template]
        name = ready.pop() if ready else self.new_database(template)
        yield name
        if self._restored(name, self._seen[template]):
            ready.append(name)

    def _look_at(self, template: str) -> _Template:
        with self._connection(template) as connection:
            shape = connection.execute(_SHAPE).fetchone()
            rows = {}
            for (table,) in connection.execute(_FILLED).fetchall():
                with connection.cursor().copy(f"COPY {table} TO STDOUT") as copied:
                    rows[table] = b"".join(map(bytes, copied))
        return _Template(shape, rows)

    def _restored(self, name: str, template: _Template) -> bool:
        """Make a database as the template is; gives whether it could be done."""
        with self._connection(name) as connection:
            connection.execute(_LEFT_CONNECTED)
            if connection.execute(_SHAPE).fetchone() != template.shape:
                return False
            # Rows go in any order.
            connection.execute("SET session_replication_role = replica")
            filled = [table for (table,) in connection.execute(_FILLED)]
            for table in filled:
                connection.execute(f"DELETE FROM {table}")
            # New rows would take the places of old ones, in another order than in a table never used.
            connection.execute(f"VACUUM {', '.join(filled)}")
            if connection.execute(_FILLED).fetchall():
                return False
            connection.execute(_COUNT_ANEW)
            for table, rows in template.rows.items():
                with connection.cursor().copy(f"COPY {table} FROM STDIN") as copied:
                    copied.write(rows)
        return True

    def _connection(self, name: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(f"host={self.socket} user={ACCOUNT} dbname={name}", autocommit=True)

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
        " -c autovacuum=off"
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
