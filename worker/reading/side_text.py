"""What the engines made of a whole side, before it is turned into a reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from worker.reading.geometry import Quad, height, width
from worker.reading.lines import ReadLine, plausibility, sureness_of, text_of_lines


@dataclass(frozen=True, slots=True)
class SideText:
    """Blocks of lines, the main direction first; ``rotation`` is the clockwise turn to upright.

    ``print_lead`` is how far a reading by Tesseract lies above what is just accepted for its script,
    and ``data`` the language (ISO 639-3) whose data read it; None for one by PP-OCR. ``script`` (ISO
    15924) is what the side is written in, as far as known; one that is not believable is no reading,
    only a record of what was tried.
    """

    engine: str
    blocks: list[list[ReadLine]]
    rotation: int
    script: str
    believable: bool
    print_lead: float | None = None
    data: str | None = None

    def scaled(self, factor: float) -> SideText:
        """The same side with all places multiplied."""
        blocks = [[line.placed(line.quad * np.float32(factor)) for line in block] for block in self.blocks]
        return replace(self, blocks=blocks)

    def with_unread(self, quads: list[Quad]) -> SideText:
        """The same side with places at its end that nobody read."""
        return (
            replace(self, blocks=[*self.blocks, [ReadLine(quad, ()) for quad in quads]]) if quads else self
        )

    @property
    def lines(self) -> list[ReadLine]:
        """All lines of all blocks."""
        return [line for block in self.blocks for line in block]

    @property
    def text(self) -> str:
        """The text of all lines, not yet in reading order."""
        return text_of_lines(self.lines)

    @property
    def sureness(self) -> float:
        """The engine's mean sureness over characters (0 to 1)."""
        return sureness_of(self.lines)

    @property
    def plausibility(self) -> float:
        """Sureness, less where too little came of much line (0 to 1)."""
        return plausibility(self.lines)

    @property
    def read_share(self) -> float:
        """The share of the writing that was read (0 to 1), by area: a place may hold many lines."""
        area = [width(line.quad) * height(line.quad) for line in self.lines]
        read = [size * line.read_share for size, line in zip(area, self.lines, strict=True)]
        return sum(read) / max(sum(area), 1.0)
