"""Choosing a script: the likeliest by what lines look like are tried, and Tesseract's reading decides."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property

from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.geometry import Picture, Quad, upside_down
from worker.reading.lines import ReadLine
from worker.reading.looks.script_guess import WIDER, ScriptGuess, guesses_of, looks_at
from worker.reading.looks.shapes import Shapes
from worker.reading.other_scripts.acceptance import accepted_from, is_accepted, score_of
from worker.reading.other_scripts.candidates import (
    LEAST_CHANCE,
    LEAST_CHANCE_IN_PASSING,
    candidates,
    further_clear,
    in_question,
    seen_surely,
    upright_candidates,
    what_else,
)
from worker.reading.other_scripts.data_lines import FEW, Attempt
from worker.reading.other_scripts.patience import Patience
from worker.reading.other_scripts.script_detector import orientation
from worker.reading.other_scripts.strips import strip_of, whitened
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.other_scripts.tesseract_lines import TesseractLines
from worker.reading.scripts import TESSERACT_DATA, scripts_of
from worker.reading.side.handwriting import is_handwritten

SHOWN = 8
"""Lines that Tesseract's own detector gets to see."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The accepted reading, and whether the lines stood upside down."""

    attempt: Attempt
    flipped: bool


class ForeignLines:
    """Lines of one direction, not surely the right way round, that may be in another script.

    They are read if they are print in a script that Tesseract knows. ``languages`` are those expected.
    """

    def __init__(
        self,
        tesseract: Tesseract,
        sheet: Picture,
        quads: list[Quad],
        languages: tuple[str, ...],
        patience: Patience,
    ) -> None:
        """``sheet`` is RGB; there is at least one quad. All tries at a side share its ``patience``."""
        self.quads = quads
        self._tesseract = tesseract
        self._sheet = sheet
        self._languages = languages
        self._patience = patience
        self._attempts: dict[ScriptGuess, Attempt | None] = {}

    @cached_property
    def seen(self) -> ScriptGuess | None:
        """What the lines look like, if that is clear; it may be a script that no engine reads."""
        return seen_surely(self._guesses, self._wider)

    def at_first_sight(self, least: float, script: str | None = None) -> Verdict | None:
        """The reading in the script that the lines look like with a chance of ``least``, or in no other."""
        further, near = further_clear(self._wider), self._guesses[0]
        likeliest = further if further and further.chance > near.chance else near
        asked = script in {None, likeliest.script} and likeliest.script in TESSERACT_DATA
        return self._first_accepted([likeliest]) if asked and likeliest.chance >= least else None

    def read(self, likely: tuple[str, ...], *, thorough: bool) -> Verdict | None:
        """Try the scripts that the lines may be in, likeliest first, until a reading is accepted.

        ``likely`` are scripts that something else speaks for. Unless ``thorough``, only what is fairly
        likely is tried. None when it is print in no script tried.
        """
        least = LEAST_CHANCE if thorough else LEAST_CHANCE_IN_PASSING
        expected = scripts_of(self._languages)
        verdict = self._first_accepted(candidates(self._guesses, self._wider, likely, expected, least))
        if verdict or not thorough:
            return verdict
        further = further_clear(self._wider)
        spoken_for = (*likely, further.script) if further else likely
        verdict = self._first_accepted(what_else(self._guesses, spoken_for))
        return verdict or (self._first_accepted(self._shown()) if self._looks_may_err else None)

    def upright(self) -> Attempt | None:
        """The reading in a script that the lines look like, where it is known that they stand upright."""
        verdict = self._first_accepted(upright_candidates(self._guesses, scripts_of(self._languages)))
        return verdict.attempt if verdict else None

    def surely_in(self, script: str) -> list[ReadLine]:
        """Those of the lines, as they stand, that each by itself are print in a script."""
        attempt = self._attempt(ScriptGuess(script, flipped=False))
        if attempt is None:
            return []
        placed = zip(attempt.lines, self.quads, strict=True)
        return [
            line.placed(quad) for line, quad in placed if score_of([line], script) >= accepted_from(script)
        ]

    @cached_property
    def _grey(self) -> Picture:
        return whitened(self._sheet)

    @cached_property
    def _looks(self) -> list[Shapes]:
        return looks_at(self._grey, self.quads)

    @cached_property
    def _guesses(self) -> list[ScriptGuess]:
        return guesses_of(self._looks)

    @cached_property
    def _wider(self) -> list[ScriptGuess]:
        return guesses_of(self._looks, WIDER)

    @cached_property
    def looks_printed(self) -> bool:
        """True of what is clearly not by hand."""
        return is_handwritten(self._grey, self.quads) is False

    @property
    def _looks_may_err(self) -> bool:
        """True of print, which would have been read as what it looks like, and of few lines to look at."""
        return self.looks_printed or len(self.quads) <= FEW

    def _shown(self) -> list[ScriptGuess]:
        """What Tesseract's own detector takes the lines for: slower than looks, but it errs elsewhere."""
        if self._patience.is_over:
            return []
        with self._patience.trying():
            shown = orientation(strip_of(self._grey, self.quads[:SHOWN]).picture)
        if shown is None or shown.script not in TESSERACT_DATA:
            return []
        return [ScriptGuess(shown.script, shown.rotation == 180)]

    def _first_accepted(self, guesses: list[ScriptGuess]) -> Verdict | None:
        for guess in guesses:
            attempt = self._attempt(guess)
            if attempt is None:
                continue
            rivals = in_question(self._wider)
            if is_accepted(attempt.lines, attempt.score, guess.script, rivals):
                return Verdict(attempt, guess.flipped)
        return None

    def _attempt(self, guess: ScriptGuess) -> Attempt | None:
        """The lines read as it is guessed, once; None where patience is over before it is tried."""
        if guess not in self._attempts and not self._patience.is_over:
            with self._patience.trying():
                self._attempts[guess] = self._tried(guess)
        return self._attempts.get(guess)

    def _tried(self, guess: ScriptGuess) -> Attempt | None:
        """The lines read as it is guessed; None where the data for that is not installed.

        None as well where Tesseract fails: it was a mere guess, and PP-OCR may read the side.
        """
        facing = upside_down(self.quads) if guess.flipped else self.quads
        lines = TesseractLines(
            self._tesseract, self._grey, facing, guess.script, accepted_from(guess.script)
        )
        try:
            return lines.attempt(self._languages, looks_printed=self.looks_printed)
        except LanguageMissingError:
            pass
        except EngineError as error:
            # Its kind alone: nothing of what stands on a card goes to a log.
            log.warning("A try to read lines as %s failed: %s", guess.script, type(error).__name__)
        return None
