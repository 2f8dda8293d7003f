"""What a rendered card really says: text, places, labels and turns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from mailroom.finding import Label
from mailroom.reading import Box, Content

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TruthWord:
    """A word and its ink's box, in pixels of the finished picture."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class TruthLine:
    """A line as it was set, with its words in the order of speech."""

    text: str
    box: Box
    words: tuple[TruthWord, ...] = ()

    def moved(self, move: Callable[[Box], Box]) -> TruthLine:
        """The same line after a change of geometry; ``move`` maps a box to its new bounding box."""
        words = tuple(replace(word, box=move(word.box)) for word in self.words)
        return replace(self, box=move(self.box), words=words)


@dataclass(frozen=True, slots=True)
class TruthLabel:
    """A screening label that a careful reader gives, and the words that earn it."""

    label: Label
    span: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything known of one rendered side.

    ``rotation`` is the clockwise turn in degrees that sets the side upright; ``tilt`` the further
    clockwise lean of the card in degrees. ``text`` has the writer's own line ends; ``lines`` has the
    lines as they were broken. ``language`` is ISO 639-3 and ``script`` ISO 15924.
    """

    text: str
    language: str | None
    script: str
    content: Content
    handwritten: bool | None
    dpi: int
    face: str = ""
    rotation: int = 0
    tilt: float = 0.0
    lines: tuple[TruthLine, ...] = ()
    labels: tuple[TruthLabel, ...] = ()
    case: str | None = None

    def as_data(self) -> dict[str, Any]:
        """This truth as plain JSON data; ``from_data`` is its inverse."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Rebuild from ``as_data``; raises KeyError, TypeError or ValueError on foreign data."""
        own = {name: data[name] for name in cls.__slots__}
        own["content"] = Content(own["content"])
        own["lines"] = tuple(_line(line) for line in own["lines"])
        own["labels"] = tuple(TruthLabel(Label(one["label"]), one["span"]) for one in own["labels"])
        return cls(**own)


@dataclass(frozen=True, slots=True)
class Sample:
    """One rendered side: an RGB picture (height, width, 3) and its truth."""

    picture: Picture
    truth: Truth


@dataclass(frozen=True, slots=True)
class FileTruth:
    """The truth of one side in a file: ``file`` is relative to the tray folder, ``page`` counts from 0."""

    file: str
    page: int
    truth: Truth


def write_truth(path: Path, sides: Iterable[FileTruth]) -> None:
    """Write one JSON object a line: ``file``, ``page`` and the fields of ``Truth``."""
    with path.open("w", encoding="utf-8") as out:
        for side in sides:
            row = {"file": side.file, "page": side.page, **side.truth.as_data()}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_truth(path: Path) -> list[FileTruth]:
    """Read what ``write_truth`` wrote."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [FileTruth(row["file"], row["page"], Truth.from_data(row)) for row in rows]


def _line(data: dict[str, Any]) -> TruthLine:
    words = tuple(TruthWord(word["text"], _box(word["box"])) for word in data["words"])
    return TruthLine(data["text"], _box(data["box"]), words)


def _box(values: Iterable[int]) -> Box:
    x0, y0, x1, y1 = values
    return x0, y0, x1, y1
