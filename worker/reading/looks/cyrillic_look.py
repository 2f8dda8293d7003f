"""Cyrillic handwriting in the Latin letters that it looks like, told by how its letters follow each other.

PP-OCR has no Cyrillic letters and spells Cyrillic handwriting with the Latin letters that look
like it ("Дорогая" comes out as "Doporas"), with fair confidence, and short words as words of some language
("на" as "ha"). Yet its letters follow each other as in no language that is written with Latin ones. How
much likelier each run of three letters is so was counted on drawn cards (``make train-cyrillic``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("cyrillic_look.npz")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDGE, OTHER = 0, len(LETTERS) + 1
"""How a word's edge is numbered, and a letter that is none of ``LETTERS``, marks left off."""
KINDS = OTHER + 1

Leads = NDArray[np.float32]

_NO_WORD = re.compile(r"\S*(?:[@/_\d]|\w\.\w)\S*")

# So much lead per run tells Cyrillic in a long text, or tells it clearly; the more the fewer there are.
ENOUGH, CLEAR, MORE_FOR_FEW = -0.3, 0.0, 1.8
# "Bob" and "Xoxo" look as much like Cyrillic as like anything.
FEWEST_RUNS = 6


def runs_of(text: str) -> NDArray[np.intp]:
    """The runs of three letters in a text's words, edges included: shape (runs, 3), values below ``KINDS``.

    Marks part words; numbers and addresses are none, nor are single letters: these look the same in all
    languages.
    """
    plain = unicodedata.normalize("NFD", _NO_WORD.sub(" ", text.casefold()))
    known = [kind for kind in map(_kind, plain) if kind is not None]
    kinds = np.array([EDGE, *known, EDGE], np.intp)
    runs = np.stack([kinds[:-2], kinds[1:-1], kinds[2:]], axis=1)
    alone = (runs[:, 0] == EDGE) & (runs[:, 2] == EDGE)
    inside: NDArray[np.intp] = runs[(runs[:, 1] != EDGE) & ~alone]
    return inside


def looks_cyrillic(text: str, *, clearly: bool = False) -> bool:
    """True for what is likelier to be Cyrillic handwriting than text in Latin letters, however misread.

    ``clearly`` asks for more, where something else speaks for Latin letters.
    """
    return is_lead(leads_in(text, _leads()), CLEAR if clearly else ENOUGH)


def may_as_well_be_cyrillic(text: str) -> bool:
    """True for letters that follow each other as much as in misread Cyrillic, however few there are.

    Too weak to tell by itself: "Cara Nadia" is so, too.
    """
    leads = leads_in(text, _leads())
    return len(leads) > 0 and float(leads.mean()) >= ENOUGH


def leads_in(text: str, leads: Leads) -> Leads:
    """For each run of a text how much likelier it is in misread Cyrillic than in Latin text, as a log."""
    found: Leads = leads[tuple(runs_of(text).T)]
    return found


def is_lead(leads: Leads, enough: float = ENOUGH) -> bool:
    """True where some runs together speak for Cyrillic."""
    runs = len(leads)
    return runs >= FEWEST_RUNS and float(leads.mean()) >= enough + MORE_FOR_FEW / runs**0.5


@cache
def _leads() -> Leads:
    with np.load(FILE) as kept:
        return np.asarray(kept["leads"], np.float32)


@cache
def _kind(character: str) -> int | None:
    """The number of a character; None for a mark on the letter before it."""
    if unicodedata.combining(character):
        return None
    if not character.isalpha():
        return EDGE
    return LETTERS.find(character) + 1 or OTHER
