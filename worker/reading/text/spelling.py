"""Which of the readings of a doubtful word is a word: the engine's columns weighed with a word list.

The engine knows letters, not words. Where it doubts, the likeliest readings of the stretch between two
sure spaces are ranked by its own chance for them times the chance of their words in the language
(``unigrams``), to the power of ``WORDS_WEIGHT``, with a bonus for each word: shallow fusion with a unigram
language model, weighed as in Deep Speech (Hannun et al., 2014), whose alpha and beta are ``WORDS_WEIGHT``
and ``WORD_BONUS``, but for those readings alone that the beam leaves (rescoring). What the
engine is sure of is never touched, and its own reading always stays among the alternatives.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from worker.reading.lines import Emissions, Glyph, ReadLine, Spellings
from worker.reading.text.beam import likeliest
from worker.reading.text.stretches import stretches_of
from worker.reading.text.unigrams import Words, log_chance
from worker.reading.text.words import MOST_ALTERNATIVES

# 0.2 and 0.8 were measured beside it: docs/decisions/0105.
WORDS_WEIGHT = 0.5
WORD_BONUS = 0.6
# Of the chance of all readings weighed, what another one needs to be kept beside the best.
LEAST_SHARE = 0.02
# Marks of addresses, handles and links.
NO_WORDS = "@/\\#_"

# A word list counts what stands around a digit as two words; no word is written so.
_DIGITS_WITHIN = re.compile(r"[^\W\d_]\d+[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The reading taken, its share among all that were weighed, and the next likely ones."""

    text: str
    share: float
    others: tuple[str, ...]


def respelt(line: ReadLine, words: Words) -> ReadLine:
    """The line with its doubtful stretches read as the likeliest words."""
    glyphs: list[Glyph] = []
    spellings: Spellings = {}
    done = 0
    for stretch in stretches_of(line.emissions):
        glyphs += line.glyphs[done : stretch.first]
        own = line.glyphs[stretch.first : stretch.last]
        done = stretch.last
        said = "".join(glyph.text for glyph in own)
        chosen = _choose(stretch.columns, words) if _is_words(said) and stretch.is_doubtful else None
        if chosen is None:
            glyphs += own
            continue
        begin = len(glyphs)
        glyphs += _placed(own, chosen)
        others = _others(said, chosen)
        if others and " " not in chosen.text:
            spellings[begin, len(glyphs)] = others
    glyphs += line.glyphs[done:]
    return replace(line, glyphs=tuple(glyphs), spellings=spellings)


def _is_words(said: str) -> bool:
    """False for numbers, addresses, handles and links: no list knows how they are spelt."""
    return bool(said) and not any(char.isdigit() or char in NO_WORDS for char in said)


def _others(said: str, chosen: _Chosen) -> tuple[str, ...]:
    """What else a stretch may say; what the engine said comes first."""
    others = dict.fromkeys(text for text in (said, *chosen.others) if text != chosen.text)
    return tuple(others)[:MOST_ALTERNATIVES]


def _choose(columns: Emissions, words: Words) -> _Chosen | None:
    scored = sorted(
        (
            (chance + WORDS_WEIGHT * log_chance(text, words) + WORD_BONUS * len(text.split()), text)
            for text, chance in likeliest(columns)
            if text.strip() and not _DIGITS_WITHIN.search(text)
        ),
        reverse=True,
    )
    if not scored:
        return None
    best = scored[0][0]
    total = sum(math.exp(score - best) for score, _ in scored)
    others = [text for score, text in scored[1:] if math.exp(score - best) / total >= LEAST_SHARE]
    return _Chosen(scored[0][1], 1 / total, tuple(others))


def _placed(glyphs: tuple[Glyph, ...], chosen: _Chosen) -> list[Glyph]:
    """Glyphs for the chosen reading: those that stay, and others in their places."""
    said = "".join(glyph.text for glyph in glyphs)
    placed: list[Glyph] = []
    for edit in Levenshtein.opcodes(said, chosen.text):
        if edit.tag == "equal":
            placed += glyphs[edit.src_start : edit.src_end]
            continue
        for index in range(edit.dest_start, edit.dest_end):
            at = edit.src_start + (index - edit.dest_start if edit.tag == "replace" else 0)
            placed.append(_changed(glyphs, at, chosen.text[index], chosen.share, edit.tag == "replace"))
    return placed


def _changed(glyphs: tuple[Glyph, ...], at: int, text: str, share: float, in_place: bool) -> Glyph:
    if in_place:
        old = glyphs[at]
        return replace(
            old, text=text, confidence=share, runner_up=old.text, runner_up_confidence=old.confidence
        )
    edge = glyphs[at].start if at < len(glyphs) else glyphs[-1].end
    return Glyph(text, share, "", 0.0, edge, edge)
