"""Set a block of text as ink on a mask: break lines, place words, note where each went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from mailroom.reading import Box
from samples.fonts import Face, FontFile
from samples.truth import TruthLine, TruthWord

RIGHT_TO_LEFT = {"Arab", "Hebr"}
# A Han or kana character with the punctuation that may not begin a line, or a run without spaces.
_HAN = r"\u3040-\u30ff\u3400-\u9fff"
_NOT_FIRST = r"\u3001-\u3002\u300d\u30fc\uff01\uff0c\uff1a\uff1b\uff1f"
_TOKEN = re.compile(rf"[{_HAN}][{_NOT_FIRST}]*|[^ \n{_HAN}]+")
SHRINK = 0.94
PITCH_MIN = 8.0
UNIT = 200.0


@dataclass(frozen=True, slots=True)
class Block:
    """Text to set into ``area`` (x0, y0, x1, y1), lines at most ``pitch`` pixels apart.

    ``fill`` is the part of the area's height that the text may take, and ``sink`` the part of what is
    left that stays free above it.
    """

    text: str
    face: Face
    area: Box
    pitch: float
    script: str = "Latn"
    by_hand: bool = True
    align: str = "start"
    fill: float = 1.0
    sink: float = 0.0


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text that is never broken, and whether a space stands before it."""

    text: str
    spaced: bool


def set_block(mask: Image.Image, block: Block, rng: np.random.Generator) -> tuple[TruthLine, ...]:
    """Draw ``block`` on ``mask`` (mode L, 255 is ink); shrinks the pitch until the block fits its area.

    Raises ValueError if the text would have to be smaller than ``PITCH_MIN`` pixels a line, and
    FontMissingError if the face lacks a glyph.
    """
    block, rows = _fit(block)
    pen = _Pen(mask, block, rng)
    drift = rng.normal(0, 0.004) if block.by_hand else 0.0
    spare = block.area[3] - block.area[1] - len(rows) * block.pitch
    baseline = block.area[1] + 0.78 * block.pitch + block.sink * spare
    lines = []
    for row in rows:
        if row:
            lines.append(_set_row(pen, row, baseline, drift))
        baseline += block.pitch
    return tuple(lines)


def _fit(block: Block) -> tuple[Block, list[list[Token]]]:
    x0, y0, x1, y1 = block.area
    while block.pitch >= PITCH_MIN:
        rows = list(_break(block, x1 - x0))
        widest = max((_row_width(block, row) for row in rows), default=0)
        if len(rows) * block.pitch <= (y1 - y0) * block.fill and widest <= x1 - x0:
            return block, rows
        block = replace(block, pitch=block.pitch * SHRINK)
    raise ValueError(f"the text does not fit its area: {block.text[:40]!r}")


def _tokens(line: str) -> list[Token]:
    return [Token(m[0], m.start() > 0 and line[m.start() - 1] == " ") for m in _TOKEN.finditer(line)]


def _break(block: Block, width: int) -> Iterator[list[Token]]:
    for line in block.text.split("\n"):
        row: list[Token] = []
        filled = 0.0
        for token in _tokens(line):
            step = _step(block, token, first=not row)
            if row and filled + step > width:
                yield row
                row, filled = [], 0.0
                step = _step(block, token, first=True)
            row.append(token)
            filled += step
        yield row


def _space(block: Block) -> float:
    return block.face.em(block.pitch) * (0.36 if block.by_hand else 0.27)


def _row_width(block: Block, row: list[Token]) -> float:
    return sum(_step(block, token, first=i == 0) for i, token in enumerate(row))


def _step(block: Block, token: Token, *, first: bool) -> float:
    """How far a token carries the pen, with the space before it unless it is the first of its row."""
    width = _unit_width(block.face, token.text, _direction(block)) * block.face.em(block.pitch)
    return width + (_space(block) if token.spaced and not first else 0.0)


@lru_cache(maxsize=20_000)
def _unit_width(face: Face, text: str, direction: str) -> float:
    """The width of ``text`` in ems; measured once, since breaking lines asks for it many times."""
    runs = face.runs(text)
    return sum(file.at(UNIT).getlength(run, direction=direction) for file, run in runs) / UNIT


def _direction(block: Block) -> str:
    return "rtl" if block.script in RIGHT_TO_LEFT else "ltr"


def _width(block: Block, text: str, size: float) -> float:
    direction = _direction(block)
    return sum(file.at(size).getlength(run, direction=direction) for file, run in block.face.runs(text))


def _set_row(pen: _Pen, row: list[Token], baseline: float, drift: float) -> TruthLine:
    """Draw one line of tokens on ``baseline`` (at its start), which falls by ``drift`` a pixel."""
    block, rng = pen.block, pen.rng
    x0, _, x1, _ = block.area
    rtl = _direction(block) == "rtl"
    spare = max(0.0, x1 - x0 - _row_width(block, row))
    indent = spare / 2 if block.align == "centre" else 0.0
    if block.by_hand:
        indent += min(spare / 2, abs(rng.normal(0, 0.15)) * block.pitch)
        drift += rng.normal(0, 0.002)
    travelled = indent
    placed: list[tuple[Token, Box]] = []
    for i, token in enumerate(row):
        if token.spaced and i:
            travelled += _space(block) * (rng.uniform(0.92, 1.2) if block.by_hand else 1.0)
        width = _width(block, token.text, pen.size)
        left = x1 - travelled - width if rtl else x0 + travelled
        placed.append((token, pen.word(token.text, left, baseline + drift * travelled)))
        travelled += width
    words = tuple(_merged(placed))
    return TruthLine(_joined(row), _union([word.box for word in words]), words)


class _Pen:
    """Draws words on a mask and returns their boxes."""

    def __init__(self, mask: Image.Image, block: Block, rng: np.random.Generator) -> None:
        self.block, self.rng = block, rng
        self.size = block.face.em(block.pitch)
        self._draw = ImageDraw.Draw(mask)
        self._direction = _direction(block)

    def word(self, text: str, x: float, y: float) -> Box:
        """Draw a word with its origin at (x, y) on the baseline; returns its ink's box."""
        size, runs = self.size, self.block.face.runs(text)
        if self.block.by_hand:
            size *= self.rng.normal(1, 0.025)
            y += self.rng.normal(0, 0.022) * self.block.pitch
            if not self.block.face.entry.joined:
                runs = [(file, letter) for file, run in runs for letter in _clusters(run)]
        boxes = []
        for file, run in reversed(runs) if self._direction == "rtl" else runs:
            wobble = self.rng.normal(0, 0.012) * self.block.pitch if self.block.by_hand else 0.0
            boxes.append(self._run(file, run, size, (x, y + wobble)))
            x += file.at(size).getlength(run, direction=self._direction)
        return _union(boxes)

    def _run(self, file: FontFile, text: str, size: float, place: tuple[float, float]) -> Box:
        font = file.at(size)
        self._draw.text(place, text, font=font, fill=255, anchor="ls", direction=self._direction)
        x0, y0, x1, y1 = font.getbbox(text, anchor="ls", direction=self._direction)
        x, y = place
        # A shaky hand will move the ink by about as much.
        pad = 0.08 * self.block.pitch if self.block.by_hand else 0.0
        return int(x + x0 - pad), int(y + y0 - pad), int(np.ceil(x + x1 + pad)), int(np.ceil(y + y1 + pad))


def _clusters(run: str) -> list[str]:
    return re.findall(r".[\u0300-\u036f]*", run)


def _merged(placed: list[tuple[Token, Box]]) -> Iterator[TruthWord]:
    """Join tokens that no space parts into one word."""
    text, boxes = "", list[Box]()
    for token, box in placed:
        if token.spaced and text:
            yield TruthWord(text, _union(boxes))
            text, boxes = "", []
        text += token.text
        boxes.append(box)
    if text:
        yield TruthWord(text, _union(boxes))


def _joined(row: list[Token]) -> str:
    return "".join((" " if token.spaced and i else "") + token.text for i, token in enumerate(row))


def _union(boxes: list[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
