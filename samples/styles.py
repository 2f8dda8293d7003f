"""Random designs: which pen, paper, face and defects a card of a given style gets."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from samples.card import A5, A6, Design
from samples.defects import Defects
from samples.font_table import script_of
from samples.fonts import FontMissingError, face, hands, prints
from samples.texts import pick

LIGHT_STOCKS = ("white", "white", "ivory", "recycled", "pink", "yellow", "blue", "green", "watercolour")
RULED_STOCKS = ("lined", "lined-narrow", "squared", "seyes")
HAND_PENS = (
    "biro-blue",
    "biro-blue",
    "biro-black",
    "ink-blue",
    "ink-violet",
    "pencil",
    "felt-black",
    "biro-red",
)
RESOLUTIONS = (150, 200, 200, 300)
LONG_TEXT = 190


class Style(StrEnum):
    """How a text is put on paper."""

    HANDWRITING = "handwriting"
    PRINT = "print"
    TYPESCRIPT = "typescript"
    POSTCARD = "postcard"


def design(text: str, language: str, style: Style, rng: np.random.Generator) -> Design:
    """A random design of that style for ``text``; raises FontMissingError if no face can set it."""
    size = A5 if len(text) > LONG_TEXT else A6
    dpi = RESOLUTIONS[int(rng.integers(len(RESOLUTIONS)))]
    name = _face(text, language, style, rng)
    if style in {Style.PRINT, Style.TYPESCRIPT}:
        pen = "print" if style is Style.PRINT else "typewriter"
        stock, pitch = pick(LIGHT_STOCKS[:4], rng), rng.uniform(6, 9)
        return Design(text, language, name, pen, stock, size, pitch, dpi, defects=wear(rng))
    if style is Style.POSTCARD:
        address = "Nadia K.\nPost office box 1234\nSample Town"
        return Design(
            text, language, name, pick(HAND_PENS, rng), "white", A6, 9, dpi, address, defects=wear(rng)
        )
    stock = pick(RULED_STOCKS if rng.random() < 0.3 else (*LIGHT_STOCKS, "kraft"), rng)
    pen = pick(("felt-black", "biro-black") if stock == "kraft" else HAND_PENS, rng)
    return Design(text, language, name, pen, stock, size, rng.uniform(8.5, 12), dpi, defects=wear(rng))


def wear(rng: np.random.Generator, rotation: int = 0) -> Defects:
    """What an ordinary scan suffers: a slight tilt, now and then a shadow, weak contrast or blur."""
    return Defects(
        tilt=float(np.round(rng.normal(0, 1.2), 2)) if rng.random() < 0.6 else 0.0,
        rotation=rotation,
        shadow=float(rng.uniform(0.1, 0.35)) if rng.random() < 0.2 else 0.0,
        fade=float(rng.uniform(0.1, 0.4)) if rng.random() < 0.2 else 0.0,
        blur=float(rng.uniform(0.4, 0.9)) if rng.random() < 0.25 else 0.0,
        jpeg=int(rng.integers(60, 92)),
    )


def _face(text: str, language: str, style: Style, rng: np.random.Generator) -> str:
    script = script_of(language)
    if style is Style.TYPESCRIPT:
        return "courier-prime" if script == "Latn" else "liberation-mono"
    names = prints(script) if style is Style.PRINT else hands(script)
    names = [name for name in names if name not in {"courier-prime", "liberation-mono"}]
    able = [name for name in names if _covers(name, text)]
    if not able:
        for name in names:
            face(name)  # Says so where a font is missing altogether.
        raise FontMissingError(f"No face for {style} in {language} has every letter of {text[:40]!r}.")
    return able[int(rng.integers(len(able)))]


def _covers(name: str, text: str) -> bool:
    try:
        letters = face(name)
        for word in text.split():
            letters.runs(word)
    except FontMissingError:
        return False
    return True
