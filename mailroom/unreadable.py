"""One file that cannot be read, told from a machine on which nothing can be."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

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
OF_MACHINE = _EXHAUSTED | _DRIVE_AWAY
"""Numbers of errors that tell of the machine, whichever file is at hand."""


class UnreadableFileError(OSError):
    """This one file cannot be read: it may not be opened, say, or its disk has a bad block there."""


@contextmanager
def reading_one_file() -> Iterator[None]:
    """Raise UnreadableFileError, which names no file, where reading fails by the file's own fault."""
    try:
        yield
    except OSError as error:
        if error.errno in OF_MACHINE:
            raise
        raise UnreadableFileError(error.errno, error.strerror) from error
