"""The classifiers that a mail room has learnt, and which of them is in use.

A model is kept under the first letters of its own hash, beside a small file that says where it comes
from; the file ``in-use`` names one of them. Without it the built-in model is in use.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from worker.screening.meaning.model import ClassifierError, Model, load, save

BUILT_IN = "built-in"
_POINTER = "in-use"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a learnt model comes from: when (ISO 8601), whose decisions, and how many cards."""

    made_at: str
    campaign: str
    cards: int


class ModelStore:
    """The learnt models in a folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, model: Model, origin: Origin) -> str:
        """Store a model and return its id; the one in use stays in use."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The hash is known only once it is written, so the first name is a passing one.
        fresh = self._folder / f"fresh-{os.getpid()}.npz"
        try:
            save(model, fresh)
            name = _id_of(fresh)
            self._write(f"{name}.json", json.dumps(asdict(origin)))
            fresh.replace(self._path(name))
        finally:
            fresh.unlink(missing_ok=True)
        return name

    def ids(self) -> list[str]:
        """The learnt models, oldest first."""
        found = [path.stem for path in self._folder.glob("*.npz") if _ID.fullmatch(path.stem)]
        return sorted(found, key=lambda name: (self.origin(name).made_at, name))

    def origin(self, name: str) -> Origin:
        """Where a model comes from; raises ClassifierError."""
        try:
            return Origin(**json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ClassifierError(f"Nothing says where the model {name} comes from: {error}") from error

    def load(self, name: str) -> Model:
        """Read a learnt model or the built-in one; raises ClassifierError if it is not there or damaged."""
        if name == BUILT_IN:
            return load()
        path = self._path(name)
        if not _ID.fullmatch(name) or not path.exists():
            raise ClassifierError(f"There is no model {name}.")
        if _id_of(path) != name:
            raise ClassifierError(f"The model {name} is damaged: its file is not what was stored.")
        return load(path)

    @property
    def in_use(self) -> str:
        """The id of the model in use, or ``built-in``."""
        try:
            return (self._folder / _POINTER).read_text(encoding="ascii").strip() or BUILT_IN
        except (OSError, UnicodeDecodeError):
            return BUILT_IN

    def use(self, name: str) -> None:
        """Put a model in use once it has been read through; raises ClassifierError and changes nothing."""
        self.load(name)
        if name == BUILT_IN:
            (self._folder / _POINTER).unlink(missing_ok=True)
        else:
            self._write(_POINTER, name)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.npz"

    def _write(self, name: str, content: str) -> None:
        # Renamed into place, so that a reader sees the old or the new and never half of either.
        fresh = self._folder / f"{name}.{os.getpid()}"
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(self._folder / name)


def _id_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
