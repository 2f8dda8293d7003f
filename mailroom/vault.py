"""The vault: the only place that builds the path of a scan. Bytes are kept under their SHA-256.

What stands in the vault is never changed; writing the same bytes again changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from mailroom.unreadable import reading_one_file

CHUNK = 1 << 20
_KEY = re.compile(r"[0-9a-f]{64}")


class MissingScanError(Exception):
    """The vault holds nothing under this key."""


class TooLargeError(Exception):
    """The file is larger than the settings allow."""


class Vault:
    """Files under ``root``, each named by the SHA-256 of its bytes."""

    def __init__(self, root: Path) -> None:
        # Absolute, since Flask takes a relative path for one beside its own code.
        self._root = root.absolute()

    def path(self, key: str) -> Path:
        """Where the bytes of ``key`` stand.

        Raises MissingScanError, also on what is no key, and UnreadableFileError where one may not look.
        """
        path = self._place(key)
        with reading_one_file():
            is_there = path.is_file()
        if not is_there:
            raise MissingScanError(f"The vault holds nothing under {key[:12]}.")
        return path

    def has(self, key: str) -> bool:
        """Whether the vault holds ``key``."""
        return self._place(key).is_file()

    def put(self, content: bytes) -> str:
        """Keep ``content`` and return its key."""
        with self._draft() as draft:
            draft.write(content)
            return self._keep(draft, hashlib.sha256(content).hexdigest())

    def copy(self, source: Path, bytes_max: int) -> str:
        """Copy a file in, hashing while copying, and return its key.

        Raises TooLargeError, UnreadableFileError where the source is at fault, and OSError.
        """
        digest = hashlib.sha256()
        size = 0
        with self._draft() as draft:
            for chunk in _chunks(source):
                size += len(chunk)
                if size > bytes_max:
                    raise TooLargeError(f"The file is over {bytes_max:,} bytes.")
                digest.update(chunk)
                draft.write(chunk)
            return self._keep(draft, digest.hexdigest())

    def intact(self, key: str) -> bool:
        """Whether the bytes under ``key`` still have that hash."""
        with self.path(key).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == key

    def works(self) -> bool:
        """Whether anything can be kept here at all, tried with bytes that are thrown away again."""
        content = os.urandom(CHUNK)
        try:
            with self._draft() as draft:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                return Path(draft.name).read_bytes() == content
        except OSError:
            return False

    def forget_drafts(self, seconds: float) -> int:
        """Remove what killed processes left half-written longer ago than that; return how many files.

        Else parts of scans would outlive their cards, and fill the disk.
        """
        forgotten = 0
        with suppress(OSError):
            for draft in (self._root / "drafts").iterdir():
                if time.time() - draft.stat().st_mtime > seconds:
                    draft.unlink()
                    forgotten += 1
        return forgotten

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise MissingScanError("This is no key of the vault.")
        return self._root / key[:2] / key[2:4] / key

    @contextmanager
    def _draft(self) -> Iterator[BinaryIO]:
        folder = self._root / "drafts"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        try:
            with Path(name).open("wb") as draft:
                yield draft
        finally:
            Path(name).unlink(missing_ok=True)

    def _keep(self, draft: BinaryIO, key: str) -> str:
        draft.flush()
        os.fsync(draft.fileno())
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not place.exists():
            Path(draft.name).replace(place)
            _sync_folder(place.parent)
        return key


def _chunks(source: Path) -> Iterator[bytes]:
    with reading_one_file(), source.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
