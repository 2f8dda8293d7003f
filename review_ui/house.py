"""What every page works on: the settings, the database and the vault of this app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault

_NAME = "mailroom"


@dataclass(frozen=True, slots=True)
class House:
    """The parts that the pages stand on."""

    settings: Settings
    database: Database
    vault: Vault


def init_app(app: Flask, settings: Settings, database: Database, vault: Vault) -> None:
    """Keep the parts with the app, and close each request's reading session at its end."""
    app.extensions[_NAME] = House(settings, database, vault)
    app.teardown_appcontext(lambda _error: _end_reading())


def house() -> House:
    """The parts of the app that serves this request."""
    found: House = current_app.extensions[_NAME]
    return found


def reading() -> Session:
    """This request's session for reading, opened when first asked for; templates may load from it."""
    if "reading" not in g:
        stack = ExitStack()
        g.reading = stack.enter_context(house().database.reading())
        g.reading_stack = stack
    session: Session = g.reading
    return session


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction; what is read after it in this request sees what it wrote."""
    _end_reading()
    with house().database.transaction() as session:
        yield session


def _end_reading() -> None:
    g.pop("reading", None)
    stack: ExitStack | None = g.pop("reading_stack", None)
    if stack is not None:
        stack.close()
