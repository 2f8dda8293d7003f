"""Which scripts lines may be in: by what they look like, and by whatever else speaks for a script.

A try by Tesseract takes 0.05 to 0.1 s, so there are few, the likeliest first. The guesses are those of the
two guessers (``looks.script_guess``), each with its likeliest first; ``wider`` knows more scripts, but of
those that both know ``guesses`` has seen more. docs/decisions/0102 and 0126.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from worker.reading.looks.script_guess import ScriptGuess
from worker.reading.scripts import PRINT_ALONE, TESSERACT_DATA, UNKNOWN

MOST_TRIED = 3
"""Guesses of one guesser that are tried: the right one is among its first three for 99 % of cards."""

LEAST_CHANCE = 0.02
LEAST_CHANCE_IN_PASSING = 0.3
"""Chances from which a guess is tried: where PP-OCR gives no hope, and where its reading may be right."""

SPOKEN_FOR = 5.0
"""How many times likelier a guess gets where something else speaks for its script."""

NAMED_FROM, FURTHER_NAMED_FROM = 0.5, 0.7
"""Chances from which lines surely look like a script: one that both guessers know, or ``wider`` alone."""

FURTHER_CLEAR, FURTHER_IN_QUESTION = 0.5, 0.1
"""Chances from which a script that ``wider`` alone knows is tried first, or comes into question at all."""

READ_IN_PART = frozenset({"Grek"})
"""Scripts that PP-OCR has letters of: where it says so, that tells more than looks."""

MISTAKEN = {"Hang": "Ethi", "Hani": "Ethi", "Armn": "Hebr"}
"""What print looks like, and what it may be: large Ethiopic, and Hebrew without serifs."""


def candidates(
    guesses: list[ScriptGuess],
    wider: list[ScriptGuess],
    spoken_for: tuple[str, ...],
    expected: tuple[str, ...],
    least: float,
) -> list[ScriptGuess]:
    """What lines may be that Tesseract could confirm, likeliest first.

    ``spoken_for`` are scripts that PP-OCR's reading speaks for, ``expected`` those of the expected
    languages; ``least`` is the chance by its look from which a script is tried.
    """
    by_letters = (script for script in spoken_for if script in READ_IN_PART)
    further = further_clear(wider)
    further_less_clear = [guess for guess in wider if guess.script in PRINT_ALONE]
    known_in_print_alone = (script for script in expected if script in PRINT_ALONE)
    clear = [*([further] if further else []), *worth_trying(guesses, (*spoken_for, *expected), least)]
    found = [
        *_as_they_stand(by_letters),
        *_likeliest_first(clear),
        *worth_trying(further_less_clear, (), max(least, FURTHER_IN_QUESTION)),
        *_as_they_stand(known_in_print_alone),
    ]
    return [guess for guess in found if guess.script in TESSERACT_DATA]


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
    return _likeliest_first([guess for guess in weighed if guess.chance >= least])[:MOST_TRIED]


def what_else(guesses: list[ScriptGuess], spoken_for: tuple[str, ...]) -> list[ScriptGuess]:
    """What else the lines may be where nothing came of what they look like; upright is likelier.

    Which way up is harder to see than which script. Cyrillic print looks like Latin, upside down, or like
    Thai; something else may speak for it.
    """
    seen = [guess.script for guess in guesses if guess.chance >= LEAST_CHANCE]
    scripts = dict.fromkeys("Cyrl" if script == "Latn" else script for script in seen)
    known = [script for script in scripts if script in TESSERACT_DATA][:1]
    mistaken = [MISTAKEN[script] for script in scripts if script in MISTAKEN]
    readable = [script for script in spoken_for if script in TESSERACT_DATA]
    tried = dict.fromkeys([*known, *mistaken, *readable])
    return [ScriptGuess(script, flipped) for script in tried for flipped in (False, True)]


def upright_candidates(guesses: list[ScriptGuess], expected: tuple[str, ...]) -> list[ScriptGuess]:
    """What is fairly likely of lines that are known to stand upright, whichever way up they look."""
    chances: dict[str, float] = {}
    for guess in guesses:
        chances[guess.script] = chances.get(guess.script, 0.0) + guess.chance
    standing = [ScriptGuess(script, flipped=False, chance=chance) for script, chance in chances.items()]
    return worth_trying(standing, expected, LEAST_CHANCE_IN_PASSING)


def seen_surely(guesses: list[ScriptGuess], wider: list[ScriptGuess]) -> ScriptGuess | None:
    """What lines look like by both guessers, if that is clear; it may be a script that no engine reads."""
    known = {guess.script for guess in guesses}
    likeliest = guesses[0] if wider[0].script in known else wider[0]
    least = NAMED_FROM if likeliest.script in known else FURTHER_NAMED_FROM
    return likeliest if likeliest.chance >= least and likeliest.script != UNKNOWN else None


def further_clear(wider: list[ScriptGuess]) -> ScriptGuess | None:
    """What lines clearly look like, of the scripts that the wider guesser alone knows."""
    likeliest = wider[0]
    clear = likeliest.chance >= FURTHER_CLEAR and likeliest.script in PRINT_ALONE
    return likeliest if clear else None


def in_question(wider: list[ScriptGuess]) -> frozenset[str]:
    """The scripts that lines may be in for all that the wider guesser sees."""
    return frozenset(guess.script for guess in wider if guess.chance >= FURTHER_IN_QUESTION)


def _likeliest_first(guesses: list[ScriptGuess]) -> list[ScriptGuess]:
    return sorted(guesses, key=lambda guess: -guess.chance)


def _as_they_stand(scripts: Iterable[str]) -> list[ScriptGuess]:
    return [ScriptGuess(script, flipped=False) for script in scripts]
