"""What kind of side it is: writing, a drawing, a photograph, a form, a cutting, or nothing."""

from __future__ import annotations

import numpy as np

from mailroom.reading import Content
from worker.reading.geometry import Quad, box_of
from worker.reading.layout.reading_order import columns
from worker.reading.lines import is_as_long_as_a_word
from worker.reading.side.ink import Ink
from worker.reading.side.lettering import Lettering
from worker.reading.side_text import SideText

# Pixels, and strokes in the margins: clean paper has up to 139, 0 and 3, a line of 8 points on A4 some 400.
BARE, BARE_OF_CLEAR, BARE_OF_STROKES = 150, 25, 4
NOTHING_DRAWN = 0.002
# A stroke clearly unlike the paper is no speck if it reaches so far, 4 mm on a postcard.
MARK = 0.025
SPECKLED = 0.04
COARSE = 6.0
FEW_LETTERS = 40
SCRAPS = 16
MUCH_DRAWN = 0.03
MANY_TONES = 0.33
FORM_CELLS = (4, 60)
CUTTING_LINES = 8


def is_bare(ink: Ink) -> bool:
    """True when not even the detector need look."""
    nothing = (
        ink.traces < BARE
        and ink.clear_or_ruled < BARE_OF_CLEAR
        and ink.copy.strokes_in_margins < BARE_OF_STROKES
    )
    return nothing and ink.grain < COARSE and not ink.copy.is_dark


def without_words(ink: Ink) -> Content:
    """What a side is on which no text was found.

    Specks all over it may be writing too small to be found, and on a black side any could hide: that is
    for a person to see, and not blank.
    """
    if ink.drawn < NOTHING_DRAWN and ink.longest_clear < MARK:
        hiding = ink.share >= SPECKLED or ink.grain >= COARSE or ink.copy.is_dark
        return Content.UNREADABLE if hiding else Content.BLANK
    return Content.PHOTOGRAPH if ink.tones > MANY_TONES else Content.DRAWING


def with_scraps(ink: Ink, side: SideText, shape: tuple[int, ...]) -> Content:
    """What a side is where lines were seen, but next to no letter was read; ``shape`` as in ``with_words``.

    A drawing carries such scraps, or looks like a letter. By themselves they are writing: "88", or a word
    that no engine reads, which is longer than something small that is drawn.
    """
    boxes = [box_of(np.asarray(line.quad), shape) for line in side.lines]
    spelt = sum(character.isalnum() for character in side.text) > 1 or any(
        map(is_as_long_as_a_word, side.lines)
    )
    carried = (ink.outside(boxes) if spelt else ink.drawn) >= NOTHING_DRAWN
    return without_words(ink) if carried or not any(map(ink.is_in, boxes)) else Content.UNREADABLE


def with_words(ink: Ink, side: SideText, shape: tuple[int, ...], lettering: Lettering) -> Content:
    """What a side with some text is; ``shape`` is that of the picture on which its quads lie.

    A drawing with a few words on it is a drawing; scraps of text that make no sense on one are part of it.
    """
    lines = side.lines
    letters = sum(line.letters for line in lines)
    drawn = ink.outside([box_of(np.asarray(line.quad), shape) for line in lines])
    if (
        letters < (FEW_LETTERS if side.believable else SCRAPS)
        and drawn >= MUCH_DRAWN
        and drawn >= ink.share / 2
    ):
        return without_words(ink)
    if not side.believable:
        return Content.UNREADABLE
    # A form that was filled in is both.
    if lettering.printed is not False and FORM_CELLS[0] <= ink.cells <= FORM_CELLS[1]:
        return Content.FORM
    if lettering.by_hand is False and _is_cutting([line.quad for line in side.blocks[0]]):
        return Content.CUTTING
    return Content.TEXT


def _is_cutting(quads: list[Quad]) -> bool:
    return sum(len(column) >= CUTTING_LINES for column in columns(quads)) >= 2
