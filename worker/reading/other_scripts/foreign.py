"""Choosing a script: the likeliest by what lines look like are tried, and Tesseract's reading decides."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cached_property

from worker.reading.errors import EngineError, LanguageMissingError
from worker.reading.geometry import Picture, Quad, upside_down
from worker.reading.lines import ReadLine
from worker.reading.looks.script_guess import WIDER, ScriptGuess, guesses_of, looks_at
from worker.reading.looks.shapes import Shapes
from worker.reading.other_scripts.patience import Patience
from worker.reading.other_scripts.script_detector import orientation
from worker.reading.other_scripts.strips import strip_of, whitened
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.other_scripts.tesseract_lines import FEW, Attempt, TesseractLines, score_of
from worker.reading.scripts import PRINT_ALONE, TESSERACT_DATA, UNKNOWN, scripts_of
from worker.reading.side.handwriting import is_handwritten

ACCEPTED = {
    "Arab": 0.72,
    "Deva": 0.72,
    "Grek": 0.70,
    "Thai": 0.86,
    "Guru": 0.76,
    "Khmr": 0.60,
}
ACCEPTED_ELSE = 0.80
LOOK_ALIKES = {"Laoo": "Thai"}
"""Scripts that no data reads, which Tesseract reads as another: Lao scores 0.88 as Thai, Thai 0.94."""
ACCEPTED_BESIDE = 0.90
MOST_TRIED = 3
LEAST_CHANCE = 0.02
LEAST_CHANCE_IN_PASSING = 0.3
LEAST_CHANCE_FURTHER = 0.1
SPOKEN_FOR = 5.0
SEEN_SURELY, FURTHER_SURELY = 0.5, 0.7
CLEAR = 0.95
READ_IN_PART = frozenset({"Grek"})
"""Scripts that PP-OCR has letters of: where it says so, that tells more than looks."""

MISTAKEN = {"Hang": "Ethi", "Hani": "Ethi", "Armn": "Hebr"}
"""What print looks like, and what it may be: large Ethiopic, and Hebrew without serifs."""

SHOWN = 8

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
        likeliest = self._further or self._guesses[0]
        asked = script in {None, likeliest.script} and likeliest.script in TESSERACT_DATA
        return self._first_accepted([likeliest]) if asked and likeliest.chance >= least else None

    def read(self, likely: tuple[str, ...], *, thorough: bool) -> Verdict | None:
        """Try the scripts that the lines may be in, likeliest first, until a reading is accepted.

        ``likely`` are scripts that something else speaks for. Unless ``thorough``, only what is fairly
        likely is tried. None when it is print in no script tried.
        """
        further = self._further if self._further and self._further.script in TESSERACT_DATA else None
        least = LEAST_CHANCE if thorough else LEAST_CHANCE_IN_PASSING
        named = [
            ScriptGuess(script, flipped=False, chance=1.0) for script in likely if script in READ_IN_PART
        ]
        clear = [further] if further else []
        tried = worth_trying(self._guesses, (*likely, *scripts_of(self._languages)), least)
        less_clear = [guess for guess in self._wider if guess.script in PRINT_ALONE]
        unclear = worth_trying(less_clear, (), max(least, LEAST_CHANCE_FURTHER))
        expected = [
            ScriptGuess(script, flipped=False)
            for script in scripts_of(self._languages)
            if script in PRINT_ALONE and script in TESSERACT_DATA
        ]
        verdict = self._first_accepted([*named, *clear, *tried, *unclear, *expected])
        if verdict or not thorough:
            return verdict
        spoken_for = (*likely, further.script) if further else likely
        verdict = self._first_accepted(what_else(self._guesses, spoken_for))
        return verdict or (self._first_accepted(self._shown()) if self._looks_may_err else None)

    def upright(self) -> Attempt | None:
        """The reading in a script that the lines look like, where it is known that they stand upright."""
        chances: dict[str, float] = {}
        for guess in self._guesses:
            chances[guess.script] = chances.get(guess.script, 0.0) + guess.chance
        standing = [ScriptGuess(script, flipped=False, chance=chance) for script, chance in chances.items()]
        spoken_for = scripts_of(self._languages)
        verdict = self._first_accepted(worth_trying(standing, spoken_for, LEAST_CHANCE_IN_PASSING))
        return verdict.attempt if verdict else None

    def surely_in(self, script: str) -> list[ReadLine]:
        """Those of the lines, as they stand, that each by itself are print in a script."""
        attempt = self._attempt(ScriptGuess(script, flipped=False))
        if attempt is None:
            return []
        placed = zip(attempt.lines, self.quads, strict=True)
        return [line.placed(quad) for line, quad in placed if score_of([line], script) >= accepted(script)]

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

    @property
    def _further(self) -> ScriptGuess | None:
        """What the lines clearly look like, of the scripts that the wider guesser alone knows."""
        likeliest = self._wider[0]
        clear = likeliest.chance >= SEEN_SURELY and likeliest.script in PRINT_ALONE
        return likeliest if clear else None

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
            if attempt and attempt.score >= self._enough_for(guess.script):
                return Verdict(attempt, guess.flipped)
        return None

    def _enough_for(self, script: str) -> float:
        """The score from which a reading is accepted: a higher one beside a look-alike that has no data."""
        rivals = [guess for guess in self._wider if guess.chance >= LEAST_CHANCE_FURTHER]
        rivalled = any(LOOK_ALIKES.get(guess.script) == script for guess in rivals)
        return ACCEPTED_BESIDE if rivalled else accepted(script)

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
        lines = TesseractLines(self._tesseract, self._grey, facing, guess.script, accepted(guess.script))
        try:
            return lines.attempt(self._languages, looks_printed=self.looks_printed)
        except LanguageMissingError:
            pass
        except EngineError as error:
            # Its kind alone: nothing of what stands on a card goes to a log.
            log.warning("A try to read lines as %s failed: %s", guess.script, type(error).__name__)
        return None


def seen_surely(guesses: list[ScriptGuess], wider: list[ScriptGuess]) -> ScriptGuess | None:
    """What lines look like by both guessers, if that is clear, each with its likeliest first.

    ``wider`` knows more scripts, but of those that both know ``guesses`` has seen more.
    """
    known = {guess.script for guess in guesses}
    likeliest = guesses[0] if wider[0].script in known else wider[0]
    least = SEEN_SURELY if likeliest.script in known else FURTHER_SURELY
    return likeliest if likeliest.chance >= least and likeliest.script != UNKNOWN else None


def worth_trying(
    guesses: list[ScriptGuess], spoken_for: tuple[str, ...], least: float
) -> list[ScriptGuess]:
    """The few guesses that Tesseract could confirm, likeliest first.

    A script that something else speaks for counts more than its looks alone.
    """
    weighed = [
        replace(guess, chance=guess.chance * SPOKEN_FOR) if guess.script in spoken_for else guess
        for guess in guesses
        if guess.script in TESSERACT_DATA
    ]
    likely = [guess for guess in weighed if guess.chance >= least]
    return sorted(likely, key=lambda guess: -guess.chance)[:MOST_TRIED]


def what_else(guesses: list[ScriptGuess], spoken_for: tuple[str, ...]) -> list[ScriptGuess]:
    """What else the lines may be where nothing came of what they look like; upright is likelier.

    Which way up is harder to see than which script. Cyrillic print looks like Latin, upside down, or like
    Thai; something else may speak for it.
    """
    seen = [guess.script for guess in guesses if guess.chance >= LEAST_CHANCE]
    scripts = dict.fromkeys("Cyrl" if script == "Latn" else script for script in seen)
    known = [script for script in scripts if script in TESSERACT_DATA][:1]
    mistaken = [MISTAKEN[script] for script in scripts if script in MISTAKEN]
    tried = dict.fromkeys([*known, *mistaken, *spoken_for])
    return [ScriptGuess(script, flipped) for script in tried for flipped in (False, True)]


def accepted(script: str) -> float:
    """The score from which a reading in a script is taken for that script, measured on print by fonts."""
    return ACCEPTED.get(script, ACCEPTED_ELSE)
