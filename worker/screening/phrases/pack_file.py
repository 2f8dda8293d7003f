"""The YAML file of a rule pack, which knows on which line each of its parts stands."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

FILE_BYTES_MAX = 4_000_000

Place = tuple[int | str, ...]
"""The way to a part of a file: keys of mappings and indexes of lists."""

_Entry = TypeVar("_Entry", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackError(ValueError):
    """A rule pack cannot be used; the message gives file, line and reason."""


class PackFile:
    """What stands in a file of rule packs, and where."""

    def __init__(self, path: Path) -> None:
        """Read the file; raises PackError where it is too large, no UTF-8 text or no YAML."""
        self._name = path.name
        try:
            if path.stat().st_size > FILE_BYTES_MAX:
                raise PackError(f"{path.name}: over {FILE_BYTES_MAX:,} bytes")
            text = path.read_text(encoding="utf-8")
            self._tree = yaml.compose(text, Loader=_LOADER)
            self._data = yaml.load(text, Loader=_LOADER)  # noqa: S506
        except UnicodeDecodeError as error:
            raise PackError(f"{path.name}: not UTF-8 text: {error.reason} at byte {error.start}") from error
        except (OSError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            raise PackError(f"{path.name}{line}: {getattr(error, 'problem', None) or error}") from error

    def entry(self, kind: type[_Entry]) -> _Entry:
        """All that the file states, if it is of this kind; raises PackError."""
        try:
            return kind.model_validate(self._data)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in fault["loc"])
            raise self.fault(tuple(fault["loc"]), f"{place}: {fault['msg']}") from error

    def fault(self, place: Place, reason: str, below: int = 0) -> PackError:
        """An error that names file, line and reason; the line is so many below that of the place."""
        return PackError(f"{self._name}:{self._line(place) + below}: {reason}")

    def _line(self, place: Place) -> int:
        """The line (from 1) on which the part at ``place`` begins, or the nearest part around it."""
        node = self._tree
        for step in place:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return node.start_mark.line + 1 if node else 1


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value if isinstance(value, yaml.Node) else None
    return None
