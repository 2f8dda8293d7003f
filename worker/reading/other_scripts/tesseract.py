"""Tesseract, for print in the scripts that PP-OCR does not know.

Its library reads lines within this process: the command takes longer to start than a line to read. It is
asked but once, where the language data are. docs/decisions/0118.
"""

from __future__ import annotations

import logging
import re
import subprocess
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

import pytesseract
from tesserocr import OEM, PyTessBaseAPI, get_languages

from mailroom.reading import Box
from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.geometry import Picture
from worker.reading.other_scripts.patience import SECONDS

ONE_BLOCK, ONE_LINE = 6, 7
"""Its page segmentation modes for lines below each other, and for a single one."""

# Each takes 8 to 22 ms to load, and some 10 MB.
LANGUAGES_KEPT = 2
SETTINGS = {
    # What is handed over is dark on white; a line that gave little is not worth reading as light on dark.
    "invert_threshold": "0",
    # It is lines, whatever they look like: short Arabic ones, with their dots, were taken for specks.
    "textord_noise_rejrows": "0",
    # Nothing about a card goes to a log.
    "debug_file": "/dev/null",
}


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as Tesseract read it: confidence 0 to 1, the line it belongs to, its box."""

    text: str
    confidence: float
    line: tuple[int, int, int]
    box: Box


class Tesseract:
    """Tesseract's library; nothing is loaded before the first use."""

    def __init__(self) -> None:
        self._loaded: OrderedDict[str, PyTessBaseAPI] = OrderedDict()

    @cached_property
    def languages(self) -> frozenset[str]:
        """The installed language data; empty when there is none, or no command to tell where it is."""
        try:
            return frozenset(get_languages(self._data_folder)[1] if self._data_folder else ())
        except RuntimeError as error:
            log.warning("Print in other scripts goes unread: %s", error)
            return frozenset()

    def read(
        self, picture: Picture, languages: tuple[str, ...], layout: int = ONE_BLOCK
    ) -> list[PrintedWord]:
        """The words of an upright picture, RGB or grey, in the engine's order.

        ``layout`` is Tesseract's page segmentation mode. Raises LanguageMissingError when none of
        the languages is installed, EngineError when the engine fails or takes over ``SECONDS``.
        """
        known = [language for language in languages if language in self.languages]
        if not known:
            wanted = ", ".join(f"tesseract-ocr-{language}" for language in languages)
            raise LanguageMissingError(f"no Tesseract data for this script: install one of {wanted}")
        try:
            rows = _table(self._engine("+".join(known)), picture, layout)
        except RuntimeError as error:
            raise EngineError(f"tesseract failed: {error}") from error
        return [_word(row) for row in rows if row[_LEVEL] == _OF_WORD and row[_TEXT].strip()]

    @cached_property
    def _data_folder(self) -> str | None:
        command = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
        try:
            asked = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            return None
        named = re.search(r'"(.+)"', asked.stdout.partition("\n")[0])
        if named is None:
            log.warning(
                "Print in other scripts goes unread: install Tesseract 5, which says where its data are."
            )
            return None
        return named[1]

    def _engine(self, languages: str) -> PyTessBaseAPI:
        """The library with the data of languages, which takes the place of what was used longest ago."""
        engine = self._loaded.pop(languages, None)
        if engine is None:
            if len(self._loaded) >= LANGUAGES_KEPT:
                self._loaded.popitem(last=False)[1].End()
            # By name: the library's stub gives them in another order than it takes them.
            engine = PyTessBaseAPI(
                path=self._data_folder, lang=languages, oem=OEM.LSTM_ONLY, variables=SETTINGS
            )
        self._loaded[languages] = engine
        return engine


# Of a row of the table that Tesseract tells its findings by.
_LEVEL, _CONFIDENCE, _TEXT = 0, 10, 11
_OF_WORD = "5"


def _table(engine: PyTessBaseAPI, picture: Picture, layout: int = ONE_BLOCK) -> list[list[str]]:
    """Tesseract's findings, a row each; raises RuntimeError."""
    rows, columns = picture.shape[:2]
    depth = 1 if picture.ndim == 2 else picture.shape[2]
    engine.SetPageSegMode(layout)
    engine.SetImageBytes(picture.tobytes(), columns, rows, depth, columns * depth)
    try:
        if not engine.Recognize(SECONDS * 1000):
            raise RuntimeError(f"no result, by an error or after {SECONDS} seconds")
        return [row.split("\t") for row in engine.GetTSVText(0).split("\n") if row]
    finally:
        engine.Clear()


def _word(row: list[str]) -> PrintedWord:
    _, _, block, paragraph, line, _, left, top, width, height = map(int, row[:_CONFIDENCE])
    box = (left, top, left + width, top + height)
    return PrintedWord(row[_TEXT].strip(), float(row[_CONFIDENCE]) / 100, (block, paragraph, line), box)
