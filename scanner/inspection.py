"""Inspection: is this file a usable scan, and how large are its pages? Asked in a sandbox."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mailroom.pictures import PageSize, PictureError, PictureLimits, TooManyPixelsError, inspect
from mailroom.sandbox import (
    RemoteError,
    Sandbox,
    SandboxCrashedError,
    SandboxMemoryError,
    SandboxTimeoutError,
)
from mailroom.settings import Settings
from mailroom.unreadable import reading_one_file

TARGET = "scanner.inspection:load"
SECONDS = 60.0
_BASE_MEMORY = 500_000_000
_BYTES_PER_PIXEL = 8

log = logging.getLogger(__name__)


class UnusableError(Exception):
    """The file cannot become a card; the message tells a person why and what to do."""


class Inspector:
    """Opens files from outside in a child process of its own."""

    def __init__(self, settings: Settings) -> None:
        self._limits = limits_of(settings)
        memory = _BASE_MEMORY + 3 * self._limits.bytes_max + _BYTES_PER_PIXEL * self._limits.pixels_max
        # OpenBLAS would claim address space for each core.
        environment = {"OPENBLAS_NUM_THREADS": "1"}
        self._sandbox = Sandbox(TARGET, memory, address_space=memory, environment=environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child, if one runs."""
        return self._sandbox.pid

    def start(self) -> None:
        """Start the child ahead of the first file; raises SandboxStartError."""
        self._sandbox.start()

    def close(self) -> None:
        """End the child."""
        self._sandbox.close()

    def inspect(self, path: Path) -> tuple[PageSize, ...]:
        """The size of each page; raises UnusableError and UnreadableFileError.

        Raises SandboxError or OSError where the file is not at fault.
        """
        self.start()
        try:
            answer = self._ask(path)
        except SandboxMemoryError as error:
            raise UnusableError(str(TooManyPixelsError(self._limits.pixels_max))) from error
        except SandboxCrashedError as error:
            raise UnusableError(
                "The picture is damaged and cannot be opened. Scan this card again."
            ) from error
        except SandboxTimeoutError as error:
            raise UnusableError(
                "The file takes too long to open. Split it if it has many pages, else scan this card again."
            ) from error
        except RemoteError as error:
            if error.errno is None:
                raise
            with reading_one_file():
                raise OSError(error.errno, os.strerror(error.errno)) from error
        if "refused" in answer:
            raise UnusableError(answer["refused"])
        return tuple(PageSize(width, height) for width, height in answer["pages"])

    def _ask(self, path: Path) -> dict[str, Any]:
        limits = self._limits
        request = {
            "path": str(path.absolute()),
            "limits": [limits.bytes_max, limits.pixels_max, limits.pages_max],
        }
        try:
            return self._sandbox.call(request, SECONDS)
        except SandboxMemoryError:
            raise
        except SandboxCrashedError as error:
            # It may have been killed from outside: only a file that kills two children is at fault.
            log.warning("inspection died, trying once more: %s", error)
            self.start()
            return self._sandbox.call(request, SECONDS)


def limits_of(settings: Settings) -> PictureLimits:
    """The limits that the settings set on pictures."""
    return PictureLimits(settings.scan_bytes_max, settings.scan_pixels_max, settings.scan_pages_max)


def load() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The child's part: give the function that answers requests."""
    return _answer


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        pages = inspect(Path(request["path"]), PictureLimits(*request["limits"]))
    except PictureError as error:
        return {"refused": str(error)}
    return {"pages": pages}
