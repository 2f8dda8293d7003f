"""Mending what engines and line ends break, only where the text itself bears it out."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_LOOSE_MARK = re.compile(r" +([,.;:!?])(?=\s|$)")
_STRAY_JOINER = re.compile("\u200c(?=[\\s,.;:!?]|$)")
_ZERO_IN_WORD = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_])")
_BAR_ALONE = re.compile(r"(?<![^\s])\|(?![^\s])")


def mend_line(text: str) -> str:
    """One line with single spaces, marks beside their word, and digits inside words as letters.

    Mending twice changes nothing more.
    """
    text = _STRAY_JOINER.sub("", text)
    text = _ZERO_IN_WORD.sub("o", text)
    text = _BAR_ALONE.sub("I", text)
    text = _LOOSE_MARK.sub(r"\1", text)
    return _SPACES.sub(" ", text).strip()
