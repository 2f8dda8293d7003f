"""Trouble: what is the matter with the machine, and goes by without anybody's card being at fault."""

from __future__ import annotations

from sqlalchemy import exc

_AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)


def is_of_database(error: BaseException) -> bool:
    """Whether the database is away, full, locked or broken, rather than refusing one statement."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    # For a file that is damaged there is no class of its own.
    return isinstance(error, _AWAY) or type(error) is exc.DatabaseError


def is_of_machine(error: BaseException) -> bool:
    """Whether the disk or the database is in trouble: a card in hand is done again later.

    Counted as failed attempts, such errors would send every card to a person.
    """
    return isinstance(error, OSError) or is_of_database(error)
