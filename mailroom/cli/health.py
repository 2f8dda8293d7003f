"""Whether a process of this mail room can do its work: what containers and watchdogs ask."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

import click
from redis import Redis, RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mailroom.cli.context import settings_or_exit, stop
from mailroom.database import Database
from mailroom.settings import Settings

PATIENCE_SECONDS = 5.0


@click.command()
@click.option("--pages", is_flag=True, help="Ask the pages as well.")
def health(*, pages: bool) -> None:
    """Say whether the mail room's parts answer; exit status 1 if one does not."""
    if found := ailments(settings_or_exit(), pages=pages):
        stop("\n".join(found))


def ailments(settings: Settings, *, pages: bool) -> list[str]:
    """Name what does not answer: the database, Redis and, where asked, the pages; empty if all is well."""
    asked: dict[str, Callable[[Settings], None]] = {"The database": _ask_database, "Redis": _ask_redis}
    if pages:
        asked["The web process"] = _ask_pages
    return [ailment for name, ask in asked.items() if (ailment := _ailment(name, ask, settings))]


def _ailment(name: str, ask: Callable[[Settings], None], settings: Settings) -> str | None:
    try:
        ask(settings)
    except (OSError, ValueError, HTTPException, RedisError, SQLAlchemyError) as error:
        # The class alone: the text of such an error can hold an address with its password.
        return f"{name} does not answer: {type(error).__name__}"
    return None


def _ask_database(settings: Settings) -> None:
    database = Database(settings.database_address)
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
    finally:
        database.dispose()


def _ask_redis(settings: Settings) -> None:
    with Redis.from_url(settings.redis_address, socket_timeout=PATIENCE_SECONDS) as client:
        client.ping()


def _ask_pages(settings: Settings) -> None:
    # A process that listens on every address answers on the loopback one too.
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    connection = HTTPConnection(host, settings.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/sign-in", headers={"Host": settings.trusted_hosts[0]})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status >= 400:
        raise HTTPException(status)
