"""Messages drawn as cards, with papers, pens, tilt and wear by chance.

Handwriting is drawn for the scripts whose handwriting an engine reads: Latin, Chinese, Japanese. Others
come in print, as handwriting in them goes to a person as unreadable: their figures are those of print.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

from samples.card import Design, render_side
from samples.font_table import script_of
from samples.fonts import FontMissingError, face, hands
from samples.styles import Style, design
from samples.truth import Picture

READ_BY_HAND = frozenset({"Latn", "Hans", "Jpan"})
_SYMBOLS = frozenset({"So", "Sk", "Cn"})
_JOINERS = "\ufe0f\u200d"


class UndrawnError(Exception):
    """A card could not be drawn; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be written on a card; ``language`` is ISO 639-3."""

    key: str
    language: str
    text: str


def check_hands() -> None:
    """Raises FontMissingError, saying what to do, where the handwriting faces are missing."""
    for name in hands("Latn"):
        face(name)


def design_of(words: Words, seed: int, *, in_print: bool) -> Design:
    """How these words come on a card; raises UndrawnError where no face has their letters."""
    by_hand = script_of(words.language) in READ_BY_HAND and not in_print
    style = Style.HANDWRITING if by_hand else Style.PRINT
    # Small pictures among the words are in no face.
    for text in (words.text, _without_symbols(words.text)):
        try:
            return design(text, words.language, style, np.random.default_rng(seed))
        except FontMissingError:
            continue
    raise UndrawnError("no face")


def draw(made: Design, seed: int) -> Picture:
    """The scan of the card; raises UndrawnError where a letter is missing or the text does not fit."""
    try:
        return render_side(made, seed).picture
    except FontMissingError as missing:
        raise UndrawnError("no face") from missing
    except ValueError as fault:
        raise UndrawnError("the text does not fit") from fault


def _without_symbols(text: str) -> str:
    return "".join(
        char for char in text if char not in _JOINERS and unicodedata.category(char) not in _SYMBOLS
    )
