"""Reads one side of a card: everything between a decoded picture and a finished Reading."""

from __future__ import annotations

import cv2
import numpy as np

from mailroom.reading import Code, Content, Reading
from worker.reading.blocks import as_lines, in_order
from worker.reading.codes import codes_in
from worker.reading.confidence import Evidence, calibrated, calibrated_print
from worker.reading.engines import Engines
from worker.reading.errors import PictureError
from worker.reading.geometry import Picture
from worker.reading.ink import Ink, ink_on
from worker.reading.language import Guess, guess_language, warm_up
from worker.reading.pages import Page
from worker.reading.scripts import RIGHT_TO_LEFT, UNKNOWN
from worker.reading.settings import ReaderSettings

NO_INK = 0.0004
FEWEST_LETTERS = 3


class Reader:
    """Loads its models once; one thread; keeps nothing of what it reads."""

    def __init__(self, settings: ReaderSettings | None = None) -> None:
        cv2.setNumThreads(1)
        self._settings = settings or ReaderSettings()
        self._engines = Engines()
        warm_up()

    def read(self, picture: Picture, languages: tuple[str, ...] = ()) -> Reading:
        """What stands on a side.

        ``picture`` is RGB of shape (height, width, 3), 8 bits; ``languages`` are those expected
        (ISO 639-3), most likely first. Boxes come back in its pixels. Raises PictureError on another
        kind of array, ModelError or EngineError when an engine fails.
        """
        _check(picture)
        codes = codes_in(picture)
        ink = ink_on(picture)
        if ink.share < NO_INK:
            return _wordless(Content.BLANK, codes)
        scale = min(1.0, self._settings.reading_side / max(picture.shape[:2]))
        sheet = _scaled(picture, scale)
        found = self._engines.find(sheet, self._settings.detection_side)
        if not found:
            return _wordless(_picture_or_blank(ink), codes)
        page = self._engines.read(sheet, found, languages)
        if sum(line.letters for line in page.lines) < FEWEST_LETTERS:
            return _wordless(_picture_or_blank(ink), codes)
        return _finished(page, picture, scale, languages, codes)


def _check(picture: Picture) -> None:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
        raise PictureError(f"a reader takes 8-bit RGB pictures, not {picture.dtype} {picture.shape}")
    if min(picture.shape[:2]) < 16:
        raise PictureError(
            f"a picture of {picture.shape[1]} x {picture.shape[0]} pixels is too small to read"
        )


def _scaled(picture: Picture, scale: float) -> Picture:
    if scale == 1.0:
        return picture
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _picture_or_blank(ink: Ink) -> Content:
    if ink.share < 0.002:
        return Content.BLANK
    return Content.PHOTOGRAPH if ink.tones > 0.75 else Content.DRAWING


def _wordless(content: Content, codes: tuple[Code, ...]) -> Reading:
    return Reading("", 0.9, None, UNKNOWN, 0, None, content, "none", (), codes, "")


def _finished(
    page: Page, picture: Picture, scale: float, languages: tuple[str, ...], codes: tuple[Code, ...]
) -> Reading:
    right_to_left = page.script in RIGHT_TO_LEFT
    ordered = [line.placed(line.quad / np.float32(scale)) for line in in_order(page.blocks, right_to_left)]
    raw = "\n".join(line.text for line in ordered)
    guess = guess_language(raw, languages)
    confidence = _confidence(page, guess)
    lines = as_lines(ordered, picture.shape, confidence)
    return Reading(
        text="\n".join(line.text for line in lines),
        confidence=confidence,
        language=guess.language if guess and page.trusted else None,
        script=page.script,
        rotation=page.rotation,
        handwritten=None,
        content=Content.TEXT if page.trusted else Content.UNREADABLE,
        engine=page.engine,
        lines=lines,
        codes=codes,
        raw_text=raw,
    )


def _confidence(page: Page, guess: Guess | None) -> float:
    if not page.trusted:
        return 0.0
    if page.print_lead is not None:
        return calibrated_print(page.print_lead)
    density = page.plausibility / page.sureness if page.sureness else 0.0
    return calibrated(Evidence(page.sureness, density, guess.confidence if guess else 0.0))
