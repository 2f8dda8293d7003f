"""Mending what engines and line ends break, only where the text itself bears it out."""

from __future__ import annotations

import re
from dataclasses import replace

from worker.reading.lines import ReadLine
from worker.reading.scripts import script_of_character

_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_LOOSE_MARK = re.compile(r" +([,.;:!?])(?=\s|$)")
_STRAY_JOINER = re.compile("\u200c(?=[\\s,.;:!?]|$)")
_ZERO_IN_WORD = re.compile(r"(?<=[^\W\d_])0(?=[^\W\d_])")
_NARROW = str.maketrans("，．：；！？（）", ",.:;!?()")
_WITH_WIDE_MARKS = frozenset({"Hani", "Jpan", "Hang"})
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


def with_narrow_marks(line: ReadLine) -> ReadLine:
    """The line with marks as Latin has them: the engine writes Chinese ones wherever there is room."""
    text = line.text
    among_wide = any(script_of_character(letter) in _WITH_WIDE_MARKS for letter in text)
    if text.translate(_NARROW) == text or among_wide:
        return line
    return replace(
        line, glyphs=tuple(replace(glyph, text=glyph.text.translate(_NARROW)) for glyph in line.glyphs)
    )
