"""What answers and what does not is told apart, and no password is told."""

from __future__ import annotations

from pathlib import Path

from redis import Redis

from mailroom.cli.health import ailments
from mailroom.settings import Settings


def test_all_is_well(client: Redis, tmp_path: Path) -> None:
    assert client.ping()
    assert ailments(Settings(data=tmp_path), pages=False) == []


def test_each_part_that_does_not_answer_is_named(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path,
        database_url=f"postgresql+psycopg://mailroom:hunter2@/mailroom?host={tmp_path}",
        redis_url=f"unix://:hunter2@{tmp_path}/none.sock",
        port=1,
    )
    found = ailments(settings, pages=True)
    assert [ailment.split(" does not answer")[0] for ailment in found] == [
        "The database",
        "Redis",
        "The web process",
    ]
    assert "hunter2" not in "".join(found)
