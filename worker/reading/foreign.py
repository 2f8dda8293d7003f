"""Choosing a script by trying: what Tesseract makes of the lines tells which script they are in."""

from __future__ import annotations

from dataclasses import dataclass

from worker.reading.errors import LanguageMissingError
from worker.reading.geometry import Picture, Quad
from worker.reading.printed import Attempt, Printed, upside_down
from worker.reading.scripts import TESSERACT_DATA, scripts_of
from worker.reading.strips import strip_of, whitened
from worker.reading.tesseract import Tesseract

ACCEPTED = {"Arab": 0.72, "Thai": 0.86}
ACCEPTED_ELSE = 0.80
WORTH_A_TRY = 0.12
UNSEEN = ("Armn", "Geor", "Ethi")
SHOWN = 8
SEEN_SURELY = 2.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The accepted reading, and whether the lines stood upside down."""

    attempt: Attempt
    flipped: bool


class Foreign:
    """Finds the script of lines that the first engine cannot read, and reads them if they are print."""

    def __init__(self, tesseract: Tesseract) -> None:
        self._tesseract = tesseract
        self._printed = Printed(tesseract)
        self.seen: str | None = None

    def read(
        self,
        sheet: Picture,
        quads: list[Quad],
        languages: tuple[str, ...],
        likely: tuple[str, ...],
        *,
        thorough: bool,
    ) -> Verdict | None:
        """Try the scripts that are likely, then the one that Tesseract sees, then all others.

        ``quads`` are lines of one direction, not surely the right way round; ``likely`` are scripts
        that something else speaks for. All others are tried only if ``thorough``. None when it is print
        in no script tried; ``seen`` then says what Tesseract's detector takes it for.
        """
        grey = whitened(sheet)
        self.seen = None
        expected = [script for script in (*likely, *scripts_of(languages)) if script in TESSERACT_DATA]
        for script in dict.fromkeys(expected):
            attempt = self._attempt(grey, quads, script, languages)
            if attempt:
                return Verdict(attempt, flipped=False)
        shown = self._tesseract.orientation(strip_of(grey, quads[:SHOWN]).picture)
        flipped = shown is not None and shown.rotation == 180
        seen = shown.script if shown else None
        others = tuple(script for script in TESSERACT_DATA if script not in {seen, *expected})
        rounds = (((seen,), flipped), (others if thorough else UNSEEN, flipped), (UNSEEN, not flipped))
        for scripts, turned in rounds if thorough else rounds[:2]:
            facing = upside_down(quads) if turned else quads
            attempt = self._best(grey, facing, tuple(filter(None, scripts)), languages)
            if attempt:
                return Verdict(attempt, turned)
        self.seen = seen if shown and shown.script_confidence >= SEEN_SURELY else None
        return None

    def try_only(
        self, sheet: Picture, quads: list[Quad], script: str, languages: tuple[str, ...]
    ) -> Verdict | None:
        """The lines read as one script, if they are print in it."""
        attempt = self._attempt(whitened(sheet), quads, script, languages)
        return Verdict(attempt, flipped=False) if attempt else None

    def _best(
        self, grey: Picture, quads: list[Quad], scripts: tuple[str, ...], languages: tuple[str, ...]
    ) -> Attempt | None:
        known = tuple(script for script in scripts if script in TESSERACT_DATA)
        for score, script in self._printed.trial(grey, quads, known)[:1]:
            if score >= accepted(script) - WORTH_A_TRY:
                return self._attempt(grey, quads, script, languages)
        return None

    def _attempt(
        self, grey: Picture, quads: list[Quad], script: str, languages: tuple[str, ...]
    ) -> Attempt | None:
        try:
            attempt = self._printed.attempt(grey, quads, script, languages)
        except LanguageMissingError:
            return None
        return attempt if attempt.score >= accepted(script) else None


def accepted(script: str) -> float:
    """The score from which a reading in a script is taken for that script, measured on print by fonts."""
    return ACCEPTED.get(script, ACCEPTED_ELSE)
