"""One side of a card, from its design to its scan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from mailroom.finding import Label
from mailroom.reading import Box, Content
from samples.defects import Defects, scan
from samples.drawings import Place, draw
from samples.font_table import HANDS, script_of
from samples.fonts import face
from samples.ink import PENS, write
from samples.noise import Field
from samples.paper import STOCKS, pixels, ruling_start, sheet
from samples.postcard import fixtures, fold
from samples.scenes import PHOTOGRAPHIC, SCENES
from samples.truth import Sample, Truth, TruthLabel, TruthLine
from samples.typeset import Block, set_block

A6 = (148.0, 105.0)
A5 = (148.0, 210.0)
LINE_MM = 11.5
MARGIN_MM = 9.0


@dataclass(frozen=True, slots=True)
class Design:
    """Everything that decides how one side looks; sizes in millimetres, names from the tables.

    ``address`` makes a postcard's back: the message left, the address right. ``margin_text`` runs up
    the left edge. ``facing`` makes a folded card lying open: that text on the left page, the message
    on the right. ``motifs`` are (name, x, y, size) in parts of the sheet, ``scene`` fills it.
    ``text_area`` (left, top, right, bottom) in parts of the sheet overrides where the message goes.
    """

    text: str = ""
    language: str | None = None
    face: str = "caveat"
    pen: str = "biro-blue"
    stock: str = "white"
    size_mm: tuple[float, float] = A6
    line_mm: float = LINE_MM
    dpi: int = 200
    address: str = ""
    margin_text: str = ""
    facing: str = ""
    scene: str = ""
    motifs: tuple[tuple[str, float, float, float], ...] = ()
    text_area: tuple[float, float, float, float] | None = None
    align: str = "start"
    defects: Defects = field(default_factory=Defects)
    labels: tuple[tuple[str, str], ...] = ()
    case: str | None = None


def render_side(design: Design, seed: int) -> Sample:
    """The scan of that design; the same seed gives the same pixels on the same fonts.

    Raises FontMissingError when a font is missing and ValueError when the text does not fit.
    """
    rng = np.random.default_rng(seed)
    stroke = design.dpi / 200 * 7
    paper = sheet(design.size_mm, STOCKS[design.stock], design.dpi, rng)
    if design.scene:
        paper = SCENES[design.scene](paper, stroke, rng)
    if design.address:
        paper = fixtures(paper, design.dpi, rng)
    if design.facing:
        paper = fold(paper)
    for motif, x, y, size in design.motifs:
        height, width = paper.shape[:2]
        paper = draw(
            paper, motif, Place(x * width, y * height, size * min(height, width)), stroke * 0.7, rng
        )
    paper, lines = _write_all(paper, design, rng)
    return scan(paper, _truth(design, lines), design.defects, rng)


def _write_all(
    paper: Field, design: Design, rng: np.random.Generator
) -> tuple[Field, tuple[TruthLine, ...]]:
    lines: list[TruthLine] = []
    for text, area in _parts(paper, design):
        paper, set_lines = _write(paper, design, text, area, rng)
        lines += set_lines
    if design.margin_text:
        paper, set_lines = _write_up_the_margin(paper, design, rng)
        lines += set_lines
    return paper, tuple(lines)


def _parts(paper: Field, design: Design) -> list[tuple[str, Box]]:
    height, width = paper.shape[:2]
    if design.address:
        x, y = pixels(6, design.dpi), pixels(7, design.dpi)
        middle = width // 2
        message = (
            x + pixels(7, design.dpi) * bool(design.margin_text),
            y,
            middle - pixels(3, design.dpi),
            height - y,
        )
        address = (middle + pixels(6, design.dpi), round(height * 0.44), width - x, height - y)
        return [(design.text, message), (design.address, address)]
    if design.facing:
        margin, middle = pixels(MARGIN_MM, design.dpi), width // 2
        left = (margin, margin, middle - margin, height - margin)
        return [
            (design.facing, left),
            (design.text, (middle + margin, margin, width - margin, height - margin)),
        ]
    if not design.text:
        return []
    return [(design.text, _message_area(paper, design))]


def _message_area(paper: Field, design: Design) -> Box:
    height, width = paper.shape[:2]
    if design.text_area:
        left, top, right, bottom = design.text_area
        return round(left * width), round(top * height), round(right * width), round(bottom * height)
    margin = pixels(MARGIN_MM, design.dpi)
    stock = STOCKS[design.stock]
    if _is_ruled(design):
        # The baseline of the first line of writing lies just above the first ruled line.
        pitch = pixels(stock.pitch_mm, design.dpi)
        return (
            pixels(19, design.dpi),
            round(ruling_start(stock, design.dpi) - 0.82 * pitch),
            width - margin // 2,
            height,
        )
    return margin, margin, width - margin, height - margin


def _pitch(design: Design) -> int:
    return pixels(STOCKS[design.stock].pitch_mm if _is_ruled(design) else design.line_mm, design.dpi)


def _is_ruled(design: Design) -> bool:
    return STOCKS[design.stock].ruling in {"lined", "seyes"} and not design.address


def _block(design: Design, text: str, area: Box, pitch: float) -> Block:
    script = script_of(design.language)
    by_hand = design.face in HANDS
    free = by_hand and not _is_ruled(design)
    return Block(
        text,
        face(design.face),
        area,
        pitch,
        script,
        by_hand,
        design.align,
        0.9 if free else 1.0,
        0.35 * free,
    )


def _write(
    paper: Field, design: Design, text: str, area: Box, rng: np.random.Generator
) -> tuple[Field, tuple[TruthLine, ...]]:
    pitch = _pitch(design)
    mask = Image.new("L", (paper.shape[1], paper.shape[0]))
    block = _block(design, text, area, pitch)
    lines = set_block(mask, block, rng)
    pen = PENS[design.pen]
    pen = replace(pen, weight=pen.weight + block.face.entry.weight)
    return write(paper, np.asarray(mask), pen, pitch, rng), lines


def _write_up_the_margin(
    paper: Field, design: Design, rng: np.random.Generator
) -> tuple[Field, tuple[TruthLine, ...]]:
    """Write upwards along the left edge: a line that is set level, then turned anticlockwise."""
    height = paper.shape[0]
    upright = np.ascontiguousarray(np.rot90(paper, -1))
    area = (
        pixels(8, design.dpi),
        pixels(3, design.dpi),
        height - pixels(8, design.dpi),
        pixels(12, design.dpi),
    )
    upright, lines = _write(upright, design, design.margin_text, area, rng)

    def back(box: Box) -> Box:
        x0, y0, x1, y1 = box
        return y0, height - x1, y1, height - x0

    return np.ascontiguousarray(np.rot90(upright)), tuple(line.moved(back) for line in lines)


def _truth(design: Design, lines: tuple[TruthLine, ...]) -> Truth:
    text = "\n".join(
        part for part in (design.facing, design.text, design.address, design.margin_text) if part
    )
    return Truth(
        text=text,
        language=design.language if text else None,
        script=script_of(design.language) if text else "Zyyy",
        content=_content(design),
        handwritten=design.face in HANDS if text else None,
        dpi=design.dpi,
        face=design.face if text else "",
        lines=lines,
        labels=tuple(TruthLabel(Label(label), span) for label, span in design.labels),
        case=design.case,
    )


def _content(design: Design) -> Content:
    if design.scene in PHOTOGRAPHIC:
        return Content.PHOTOGRAPH
    if design.scene or (design.motifs and not design.text):
        return Content.DRAWING
    return Content.TEXT if design.text or design.address else Content.BLANK
