"""Mending what engines and line ends break, only where the text itself bears it out."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_LOOSE_MARK = re.compile(r" +([,.;:!?])(?=\s|$)")
_STRAY_JOINER = re.compile("\u200c(?=[\\s,.;:!?]|$)")
_ZERO_IN_WORD = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_])")
_WIDE_MARK = re.compile(r"(?<=[a-zA-Z\u00c0-\u024f])[，．：；！？）](?!\s*[\u3000-\u9fff])")
_BAR_ALONE = re.compile(r"(?<![^\s])\|(?![^\s])")


def mend_line(text: str) -> str:
    """One line with single spaces, marks beside their word, and digits inside words as letters.

    Chinese marks after Latin letters are narrow ones and the space that they hold. Mending twice changes
    nothing more.
    """
    text = _STRAY_JOINER.sub("", text)
    text = _WIDE_MARK.sub(lambda found: f"{unicodedata.normalize('NFKC', found[0])} ", text)
    text = _ZERO_IN_WORD.sub("o", text)
    text = _BAR_ALONE.sub("I", text)
    text = _LOOSE_MARK.sub(r"\1", text)
    return _SPACES.sub(" ", text).strip()
