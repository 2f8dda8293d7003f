"""Choosing a script: the likeliest by what lines look like are tried, and Tesseract's reading decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from worker.reading.errors import LanguageMissingError
from worker.reading.geometry import Picture, Quad, upside_down
from worker.reading.printed import Attempt, Printed
from worker.reading.script_guess import Guess, guesses_at
from worker.reading.scripts import TESSERACT_DATA, scripts_of
from worker.reading.strips import strip_of, whitened
from worker.reading.tesseract import Tesseract

ACCEPTED = {"Arab": 0.72, "Thai": 0.86}
ACCEPTED_ELSE = 0.80
MOST_TRIED = 3
LEAST_CHANCE = 0.02
LEAST_CHANCE_IN_PASSING = 0.3
SPOKEN_FOR = 5.0
SEEN_SURELY = 0.5
CLEAR = 0.95
SHOWN = 8


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
        self.seen: Guess | None = None

    def read(
        self,
        sheet: Picture,
        quads: list[Quad],
        languages: tuple[str, ...],
        likely: tuple[str, ...],
        *,
        thorough: bool,
    ) -> Verdict | None:
        """Try the scripts that the lines may be in, likeliest first, until a reading is accepted.

        ``quads`` are lines of one direction, not surely the right way round; ``likely`` are scripts
        that something else speaks for. Unless ``thorough``, only what is fairly likely is tried. None when
        it is print in no script tried; ``seen`` then says what it looks like, if that is clear.
        """
        grey = whitened(sheet)
        guesses = guesses_at(grey, quads)
        self.seen = guesses[0] if guesses[0].chance >= SEEN_SURELY else None
        least = LEAST_CHANCE if thorough else LEAST_CHANCE_IN_PASSING
        tried = worth_trying(guesses, (*likely, *scripts_of(languages)), least)
        verdict = self._first_accepted(grey, quads, tried, languages)
        if verdict or not thorough or guesses[0].chance >= CLEAR:
            return verdict
        again = [guess for guess in self._shown(grey, quads) if guess not in tried]
        return self._first_accepted(grey, quads, again, languages)

    def _first_accepted(
        self, grey: Picture, quads: list[Quad], guesses: list[Guess], languages: tuple[str, ...]
    ) -> Verdict | None:
        for guess in guesses:
            facing = upside_down(quads) if guess.flipped else quads
            attempt = self._attempt(grey, facing, guess.script, languages)
            if attempt:
                return Verdict(attempt, guess.flipped)
        return None

    def _shown(self, grey: Picture, quads: list[Quad]) -> list[Guess]:
        """What Tesseract's own detector takes the lines for: slower than looks, but it errs elsewhere."""
        shown = self._tesseract.orientation(strip_of(grey, quads[:SHOWN]).picture)
        if shown is None or shown.script not in TESSERACT_DATA:
            return []
        return [Guess(shown.script, shown.rotation == 180)]

    def try_only(
        self, sheet: Picture, quads: list[Quad], script: str, languages: tuple[str, ...]
    ) -> Verdict | None:
        """The lines read as one script, if they are print in it."""
        attempt = self._attempt(whitened(sheet), quads, script, languages)
        return Verdict(attempt, flipped=False) if attempt else None

    def _attempt(
        self, grey: Picture, quads: list[Quad], script: str, languages: tuple[str, ...]
    ) -> Attempt | None:
        try:
            attempt = self._printed.attempt(grey, quads, script, languages)
        except LanguageMissingError:
            return None
        return attempt if attempt.score >= accepted(script) else None


def worth_trying(guesses: list[Guess], spoken_for: tuple[str, ...], least: float) -> list[Guess]:
    """The few guesses that the second engine could confirm, likeliest first.

    A script that something else speaks for counts more than its looks alone.
    """
    weighed = [
        replace(guess, chance=guess.chance * SPOKEN_FOR) if guess.script in spoken_for else guess
        for guess in guesses
        if guess.script in TESSERACT_DATA
    ]
    likely = [guess for guess in weighed if guess.chance >= least]
    return sorted(likely, key=lambda guess: -guess.chance)[:MOST_TRIED]


def accepted(script: str) -> float:
    """The score from which a reading in a script is taken for that script, measured on print by fonts."""
    return ACCEPTED.get(script, ACCEPTED_ELSE)
