"""Trouble: what is the matter with the machine, and what with one file or one card.

The machine's goes by: work waits for it, for as long as it takes. What lies with one file does not go by
itself, and is told to a person after a few tries. The residual risk: a disk on which everything can be
written and nothing read looks like files that cannot be read, one after the other.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from mailroom.sandbox import RemoteError, SandboxStartError

if TYPE_CHECKING:
    from mailroom.vault import Vault

_DATABASE_AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
_EXHAUSTED = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.EAGAIN,
        errno.ENOLCK,
    }
)
# The drive that files lie on is pulled out, or its network is down.
_DRIVE_AWAY = frozenset(
    {
        errno.ENODEV,
        errno.ENXIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.ETIMEDOUT,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.ECONNABORTED,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETDOWN,
        errno.ENETUNREACH,
    }
)
_MACHINES = _EXHAUSTED | _DRIVE_AWAY


class UnreadableFileError(OSError):
    """This one file cannot be read: it may not be opened, say, or its disk has a bad block there."""


@contextmanager
def reading_one_file() -> Iterator[None]:
    """Raise UnreadableFileError, which names no file, where reading fails by the file's own fault."""
    try:
        yield
    except OSError as error:
        if error.errno in _MACHINES:
            raise
        raise UnreadableFileError(error.errno, error.strerror) from error


def is_of_machine(error: BaseException, vault: Vault) -> bool:
    """Whether the disk, the database or the machine is in trouble, and not the one file or card in hand.

    What may be either, such as a permission or a bad block, is put down to the machine only if the vault
    can keep nothing else.
    """
    if is_of_database(error) or isinstance(error, SandboxStartError):
        return True
    if isinstance(error, RemoteError) and error.errno is not None:
        return not vault.works()
    if isinstance(error, UnreadableFileError) or not isinstance(error, OSError):
        return False
    return error.errno in _MACHINES or not vault.works()


def is_of_database(error: BaseException) -> bool:
    """Whether the database is away, full, locked or broken, rather than refusing one statement."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    # For a file that is damaged there is no class of its own.
    return isinstance(error, _DATABASE_AWAY) or type(error) is exc.DatabaseError
