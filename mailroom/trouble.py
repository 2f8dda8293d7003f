"""Trouble: what is the matter with the machine, and what with one file or one card.

The machine's goes by: work waits for it, for as long as it takes. What lies with one file does not go by
itself, and is told to a person after a few tries. The residual risk: a disk on which everything can be
written and nothing read looks like files that cannot be read, one after the other.
"""

from __future__ import annotations

from sqlalchemy import exc

from mailroom.sandbox import RemoteError, SandboxStartError
from mailroom.unreadable import OF_MACHINE
from mailroom.vault import Vault

_DATABASE_AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)


def is_of_machine(error: BaseException, vault: Vault) -> bool:
    """Whether the disk, the database or the machine is in trouble, and not the one file or card in hand.

    What may be either, such as a permission or a bad block, is put down to the machine only if the vault
    can keep nothing else.
    """
    if is_of_database(error) or isinstance(error, SandboxStartError):
        return True
    if isinstance(error, OSError):
        return error.errno in OF_MACHINE or not vault.works()
    return isinstance(error, RemoteError) and error.errno is not None and not vault.works()


def is_of_database(error: BaseException) -> bool:
    """Whether the database is away, full, locked or broken, rather than refusing one statement."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    # For a file that is damaged there is no class of its own.
    return isinstance(error, _DATABASE_AWAY) or type(error) is exc.DatabaseError
