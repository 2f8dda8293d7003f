"""Accents that the engine is sure it does not see, put back where a word is none without them.

The engine leaves out the small marks of Polish, Czech or Turkish letters, and reads a crossed l as a t,
without any doubt of its own. Where what it read is no word, or a very much rarer one than the same letters
with other marks, these are meant. Words with a capital may be names: they stay, as do addresses and links.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import marisa_trie

from worker.reading.lines import Glyph, ReadLine, Spellings
from worker.reading.text.words import MOST_ALTERNATIVES, alternatives, spans_of
from worker.vocabulary import frequencies

RARER = 20.0
SHORTEST = 3
SURENESS = 0.8

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:[@#/\\_]|\w\.\w)\S*")
_WITHOUT_MARK = str.maketrans("łıøđ", "liod")
_LIKE_T = {"pol": str.maketrans("t", "l")}
"""Letters that look alike but for a mark, in languages that have them: a crossed l is read as a t."""


def with_accents(line: ReadLine, language: str) -> ReadLine:
    """The line with marks put back by the word list of a language (ISO 639-3).

    How the word stood before is the first of its other spellings.
    """
    if any(len(glyph.text) != 1 for glyph in line.glyphs):
        return line
    words = _ADDRESS.sub(lambda found: " " * len(found.group()), line.text)
    changed = {
        found.start(): better
        for found in _WORD.finditer(words)
        if (better := likelier(found.group(), language)) != found.group()
    }
    if not changed:
        return line
    glyphs = list(line.glyphs)
    for start, better in changed.items():
        for at, letter in enumerate(better, start):
            if letter != glyphs[at].text:
                glyphs[at] = instead(glyphs[at], letter)
    return replace(line, glyphs=tuple(glyphs), spellings=line.spellings | _as_read(line, changed))


def likelier(word: str, language: str) -> str:
    """The word with other marks, if that is very much commoner; else itself."""
    if len(word) < SHORTEST or not word.islower():
        return word
    words = frequencies(language)
    marked = (other.decode() for other in _marked(language).get(_bare(word, language), ()))
    alike = [other for other in marked if _may_be(word, other)]
    best = max(alike, key=lambda other: words[other], default=word)
    return best if words.get(best, 0.0) > RARER * words.get(word, 0.0) else word


@cache
def _marked(language: str) -> marisa_trie.BytesTrie:
    """The words of a language that have marks, in UTF-8, by what they are without them."""
    words = (word for word in frequencies(language) if not word.isascii())
    bare = ((_bare(word, language), word) for word in words)
    return marisa_trie.BytesTrie(
        (plain, word.encode()) for plain, word in bare if plain != word and len(plain) == len(word)
    )


class _BareLetters(dict[int, str]):
    """Each character without its marks, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).translate(_WITHOUT_MARK))
        self[code] = "".join(part for part in parts if not unicodedata.combining(part))
        return self[code]


_BARE = _BareLetters()


def _bare(word: str, language: str = "") -> str:
    return word.translate(_BARE).translate(_LIKE_T.get(language, {}))


def _may_be(word: str, other: str) -> bool:
    """True where letter by letter only marks differ, or a t stands for a crossed l."""
    return all(
        letter == meant or (letter == "t" and meant == "ł") or _bare(letter) == _bare(meant)
        for letter, meant in zip(word, other, strict=True)
    )


def instead(old: Glyph, letter: str) -> Glyph:
    """A letter where the engine saw another one, which remains the likeliest besides."""
    return replace(
        old,
        text=letter,
        confidence=min(SURENESS, old.confidence),
        runner_up=old.text,
        runner_up_confidence=1 - SURENESS,
    )


def _as_read(line: ReadLine, changed: Mapping[int, str]) -> Spellings:
    """How each word that was changed, with what stands at it, was read, and what else it may say."""
    spellings: Spellings = {}
    for begin, end in spans_of(line.glyphs):
        if any(begin <= start < end for start in changed):
            others = line.spellings.get((begin, end)) or alternatives(line.glyphs[begin:end])
            said = dict.fromkeys((line.text[begin:end], *others))
            spellings[begin, end] = tuple(said)[:MOST_ALTERNATIVES]
    return spellings
