"""What of a text is broken by engines and line ends, only where the text itself bears it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from worker.reading.scripts import script_of_character

Changes = Iterable[tuple[int, str]]
"""Places in a text, and what is to stand there instead: one character, or nothing."""
Step = Callable[[str], Changes]

_STRAY_JOINER = re.compile("\u200c+(?=[\\s,.;:!?]|$)")
_OTHER_SPACE = re.compile(r"[\t\u00a0\u3000]")
_MORE_SPACES = re.compile(r"(?<= ) +")
_SPACE_BEFORE_MARK = re.compile(r" (?=[,.;:!?](?:\s|$))")
_SPACES_AROUND = re.compile(r"^\s+|\s+$")
_TOKEN = re.compile(r"\S+")
_MARKS_AROUND_WORDS = "\"'“”‘’„«»()[].,;:!?…"
_APOSTROPHES = str.maketrans("", "", "'’")
_BAR_BEFORE_WORD = re.compile(r"(?<!\S)\|(?= ([^\W\d_]))")
_MAY_SAY_I = frozenset({"eng", None})


def mended_text(text: str, language: str | None) -> list[str]:
    """For each character of a text what stands there once it is mended; "" where nothing does.

    ``language`` (ISO 639-3) is that of the side, None where it is not known.
    """
    written = list(text)
    letters: list[Step] = [_zeros, partial(_bar, language)]
    for step in (*_SPACING, *letters):
        kept = [place for place, letter in enumerate(written) if letter]
        for place, letter in step("".join(written)):
            written[kept[place]] = letter
    return written


def _found(pattern: re.Pattern[str], letter: str, text: str) -> Changes:
    """Each character that a pattern finds becomes a letter, or nothing."""
    for found in pattern.finditer(text):
        yield from ((place, letter) for place in range(*found.span()))


_SPACING: tuple[Step, ...] = (
    partial(_found, _STRAY_JOINER, ""),
    partial(_found, _OTHER_SPACE, " "),
    partial(_found, _MORE_SPACES, ""),
    partial(_found, _SPACE_BEFORE_MARK, ""),
    partial(_found, _SPACES_AROUND, ""),
)


def _zeros(text: str) -> Changes:
    """The only digit of a word is an o if it is a zero between small letters.

    Between capitals it may as well belong to a code, and screening knows a word by its look-alikes, too.
    """
    for token in _TOKEN.finditer(text):
        before, _, after = token.group().strip(_MARKS_AROUND_WORDS).partition("0")
        if before[-1:].islower() and after[:1].islower() and _is_word(before + after):
            yield token.start() + token.group().index("0"), "o"


def _is_word(text: str) -> bool:
    """True for Latin letters, at most one capital before them: else it may be a link or a code."""
    letters = text.translate(_APOSTROPHES)
    return letters[1:].islower() and {"Latn"}.issuperset(map(script_of_character, letters))


def _bar(language: str | None, text: str) -> Changes:
    """The only bar of a line, before a small letter, is the English pronoun; several part columns."""
    found = _BAR_BEFORE_WORD.search(text) if language in _MAY_SAY_I and text.count("|") == 1 else None
    if found and found[1].islower() and {"Latn", None}.issuperset(map(script_of_character, text)):
        yield found.start(), "I"
