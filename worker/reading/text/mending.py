"""Lines mended where engines and line ends break them, character by character (``mended_text``).

It is done before words are made: each word stands in its line as the line has it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from worker.reading.lines import Glyph, ReadLine, Spellings
from worker.reading.scripts import script_of_character
from worker.reading.text.accents import instead
from worker.reading.text.mended_text import mended_text
from worker.reading.text.words import MOST_ALTERNATIVES, alternatives, spans_of, text_of

_NARROW = str.maketrans("，．：；！？（）", ",.:;!?()")
_WITH_WIDE_MARKS = frozenset({"Hani", "Jpan", "Hang"})


def mended(line: ReadLine, language: str | None) -> ReadLine:
    """The line with single spaces, marks beside their word, and letters for zeros and bars among letters.

    ``language`` (ISO 639-3) is that of the side, None where it is not known. How a mended word was read is
    the first of its other spellings. Mending twice changes nothing more.
    """
    written = mended_text(line.text, language)
    if "".join(written) == line.text:
        return line
    glyphs = _glyphs(line, written)
    left = tuple(glyph for glyph in glyphs if glyph.text)
    places = list(accumulate((bool(glyph.text) for glyph in glyphs), initial=0))
    return replace(line, glyphs=left, spellings=_spellings(line, left, places))


def with_narrow_marks(line: ReadLine) -> ReadLine:
    """The line with marks as Latin has them: the engine writes Chinese ones wherever there is room."""
    text = line.text
    among_wide = any(script_of_character(letter) in _WITH_WIDE_MARKS for letter in text)
    if text.translate(_NARROW) == text or among_wide:
        return line
    return replace(
        line, glyphs=tuple(replace(glyph, text=glyph.text.translate(_NARROW)) for glyph in line.glyphs)
    )


def _glyphs(line: ReadLine, written: list[str]) -> tuple[Glyph, ...]:
    """As many glyphs as the line has, with what is written instead of their characters; some are empty."""
    edges = accumulate((len(glyph.text) for glyph in line.glyphs), initial=0)
    texts = ("".join(written[begin:end]) for begin, end in pairwise(edges))
    return tuple(_rewritten(glyph, text) for glyph, text in zip(line.glyphs, texts, strict=True))


def _rewritten(glyph: Glyph, text: str) -> Glyph:
    """Doubted where it is a letter that the engine did not see; spaces tell nothing."""
    return replace(glyph, text=text) if text.strip() in {"", glyph.text} else instead(glyph, text)


@dataclass(frozen=True, slots=True)
class _Part:
    """What the engine read between two spaces: where it is now, its text, what else it may say."""

    begin: int
    end: int
    text: str
    others: tuple[str, ...]


def _spellings(line: ReadLine, left: tuple[Glyph, ...], places: list[int]) -> Spellings:
    """What else the words of the glyphs that are left may say; ``places`` has where each glyph is now."""
    parts = [_part(line, span, left, places) for span in spans_of(line.glyphs)]
    return {
        (begin, end): _others([part for part in parts if begin <= part.begin < part.end <= end])
        for begin, end in spans_of(left)
    }


def _part(line: ReadLine, span: tuple[int, int], left: tuple[Glyph, ...], places: list[int]) -> _Part:
    begin, end = (places[at] for at in span)
    # A joiner that is gone cannot be seen: the word with it is no other reading.
    said = text_of(tuple(line.glyphs[at] for at in range(*span) if places[at] < places[at + 1]))
    now = left[begin:end]
    return _Part(begin, end, text_of(now), (said, *(line.spellings.get(span) or alternatives(now))))


def _others(parts: list[_Part]) -> tuple[str, ...]:
    """The other readings of the word that some parts make together: one part read otherwise at a time."""
    texts = [part.text for part in parts]
    others = [
        "".join([*texts[:at], other, *texts[at + 1 :]])
        for at, part in enumerate(parts)
        for other in part.others
    ]
    return tuple(other for other in dict.fromkeys(others) if other != "".join(texts))[:MOST_ALTERNATIVES]
