"""Reads one side of a card: everything between a decoded picture and a finished Reading."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from mailroom.reading import Code, Content, Reading
from worker.reading.detection.line_finder import LineFinder
from worker.reading.engines import Engines
from worker.reading.errors import UnfitPictureError
from worker.reading.finishing import Nature, finished
from worker.reading.geometry import Picture, Quad, box_of
from worker.reading.lines import is_long, is_next_to_nothing
from worker.reading.looks.strange_words import strange_places
from worker.reading.scripts import UNKNOWN
from worker.reading.settings import ReaderSettings
from worker.reading.shrinking import longest_side, shrunk, size_at
from worker.reading.side.codes import codes_in
from worker.reading.side.content import is_bare, with_scraps, with_words, without_words
from worker.reading.side.handwriting import is_handwritten
from worker.reading.side.ink import Ink, ink_on
from worker.reading.side.lettering import PRINT, UNTOLD, Lettering, lettering_of
from worker.reading.side_text import SideText
from worker.reading.text.language import warm_up

THINNEST = 16
SURE_WITHOUT_WORDS = {
    Content.BLANK: 0.97,
    Content.DRAWING: 0.9,
    Content.PHOTOGRAPH: 0.9,
    Content.UNREADABLE: 0.0,
}


class Reader:
    """Loads its models once; one thread; keeps nothing of what it reads."""

    def __init__(self, settings: ReaderSettings | None = None) -> None:
        cv2.setNumThreads(1)
        self._settings = settings or ReaderSettings()
        self._lines = LineFinder(self._settings)
        self._engines = Engines()
        warm_up()

    def read(self, picture: Picture, languages: tuple[str, ...] = ()) -> Reading:
        """What stands on a side.

        ``picture`` is RGB of shape (height, width, 3), 8 bits; ``languages`` are those expected
        (ISO 639-3), most likely first. Boxes come back in its pixels. Raises UnfitPictureError on another
        kind of array, ModelError or EngineError when an engine fails.
        """
        _check(picture)
        if min(picture.shape[:2]) < THINNEST:
            # No line fits in. It is for a person to see, and the card's other side is still read.
            return _wordless(Content.UNREADABLE, ())
        codes = codes_in(picture)
        ink = ink_on(picture)
        if is_bare(ink):
            return _wordless(Content.BLANK, codes)
        most = longest_side(picture.shape, self._settings.reading_side)
        scale = min(1.0, most / max(picture.shape[:2]))
        sheet = shrunk(picture, size_at(picture.shape, scale))
        found = self._lines.find(sheet, ink)
        quads = [line.quad for line in found if line.to_read]
        if not quads:
            return _wordless(Content.UNREADABLE if found else without_words(ink), codes)
        side = self._engines.read(sheet, quads, languages)
        lettering = _lettering(side, sheet)
        unread = [line.quad for line in found if not line.to_read]
        side = side.with_unread([*unread, *_strange(side, sheet)]).scaled(1 / scale)
        side = _without_phantoms(side, ink, picture.shape)
        if is_next_to_nothing(side.lines) and not any(map(is_long, side.lines)):
            # Of what is as long as a line and gives no letters a person has to say what it is.
            side = replace(side, believable=False)
            content = with_scraps(ink, side, picture.shape)
            if content is not Content.UNREADABLE:
                return _wordless(content, codes)
        else:
            content = with_words(ink, side, picture.shape, lettering)
        return finished(side, picture.shape, Nature(content, lettering), languages, codes)


def _without_phantoms(side: SideText, ink: Ink, shape: tuple[int, ...]) -> SideText:
    """The side without places of which nothing came, and on which nothing stands: shades of the paper."""
    blocks = [
        [line for line in block if line.letters or ink.is_written_on(box_of(line.quad, shape))]
        for block in side.blocks
    ]
    return replace(side, blocks=blocks)


def _strange(side: SideText, sheet: Picture) -> list[Quad]:
    """Where words in another script may stand in Latin text."""
    is_latin = side.believable and side.script == "Latn" and side.print_lead is None
    return strange_places(sheet, side.lines) if is_latin else []


def _check(picture: Picture) -> None:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
        raise UnfitPictureError(f"a reader takes 8-bit RGB pictures, not {picture.dtype} {picture.shape}")
    if not picture.size:
        raise UnfitPictureError("a reader takes pictures of one pixel at least")


def _wordless(content: Content, codes: tuple[Code, ...]) -> Reading:
    return Reading("", SURE_WITHOUT_WORDS[content], None, UNKNOWN, 0, None, content, "none", (), codes, "")


def _lettering(side: SideText, sheet: Picture) -> Lettering:
    """By hand or printed, where it can be told: what Tesseract is trusted with is print."""
    if side.print_lead is not None:
        return PRINT
    if side.believable and side.script != "Latn":
        return UNTOLD
    grey = np.asarray(cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY), np.uint8)
    if side.believable:
        return lettering_of(grey, side.lines)
    by_hand = is_handwritten(grey, [line.quad for line in side.lines])
    return Lettering(by_hand, None if by_hand is None else not by_hand)
