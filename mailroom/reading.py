"""What a reader found on one side of a card.

Boxes are ``(x0, y0, x1, y1)`` in pixels of the file as given, before any rotation;
confidences run from 0 (a guess) to 1 (sure).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

Box = tuple[int, int, int, int]

# In place of the name of an engine, where a person wrote down what stands there.
TRANSCRIBED = "person"


class Content(StrEnum):
    """What kind of side this is, beyond its words."""

    TEXT = "text"
    BLANK = "blank"
    DRAWING = "drawing"
    PHOTOGRAPH = "photograph"
    FORM = "form"
    CUTTING = "cutting"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, how sure, where, and what else it may say."""

    text: str
    confidence: float
    box: Box
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in reading order."""

    text: str
    confidence: float
    box: Box
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A machine-readable code (QR, barcode) seen on the side."""

    format: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one side.

    ``rotation`` is the clockwise turn in degrees (0, 90, 180, 270) that sets the side upright.
    ``language`` is ISO 639-3 or None; ``script`` an ISO 15924 code such as ``Latn``, ``Zyyy`` if
    unknown. Some of the text is ``handwritten``, some ``printed``, or None where that cannot be told; what
    was read before both were told has the first alone. ``raw_text`` is what the engine said before anything
    was mended.
    """

    text: str
    confidence: float
    language: str | None
    script: str
    rotation: int
    handwritten: bool | None
    content: Content
    engine: str
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    raw_text: str = ""
    printed: bool | None = None

    @property
    def is_transcribed(self) -> bool:
        """Whether a person wrote the text down."""
        return self.engine == TRANSCRIBED

    @property
    def is_unread(self) -> bool:
        """Whether writing was seen of which nothing was read."""
        return self.content is Content.UNREADABLE or (not self.text and bool(self.lines))

    def as_data(self) -> dict[str, Any]:
        """This reading as plain JSON data; ``from_data`` is its inverse."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Rebuild a reading from ``as_data``; raises KeyError or ValueError on foreign data."""
        lines = tuple(_line(line) for line in data["lines"])
        codes = tuple(Code(code["format"], code["text"], _box(code["box"])) for code in data["codes"])
        plain = {key: data[key] for key in _PLAIN_FIELDS}
        printed = data.get("printed")
        return cls(**plain, content=Content(data["content"]), lines=lines, codes=codes, printed=printed)


_PLAIN_FIELDS = (
    "text",
    "confidence",
    "language",
    "script",
    "rotation",
    "handwritten",
    "engine",
    "raw_text",
)


def _box(values: Any) -> Box:
    x0, y0, x1, y1 = (int(value) for value in values)
    return x0, y0, x1, y1


def _line(data: dict[str, Any]) -> Line:
    words = tuple(
        Word(word["text"], word["confidence"], _box(word["box"]), tuple(word["alternatives"]))
        for word in data["words"]
    )
    return Line(data["text"], data["confidence"], _box(data["box"]), words)
