"""A message cut into words for matching, each with its place in the text as written.

Zero-width and direction marks, case, accents, look-alike letters of other alphabets, letters written
apart ("A m n e s t y") and words broken at a line's end are undone here, once, so that no rule has to
think of them. Scripts written without spaces give one word for each character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from worker.screening.words.letters import (
    CYRILLIC_LOOKALIKES,
    LATIN_LOOKALIKES,
    LETTERS_FOR_DIGITS,
    alphabet,
    spellings,
)
from worker.screening.words.money_signs import BESIDE_NUMBER, words_of

# Characters of scripts that are written without spaces.
_RUNS = (
    r"[\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0e7f"
    r"\U00020000-\U0002ffff]"
)
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
)
# Within a word alone: what cannot be seen, and signs that stand for letters, if no digit follows.
_INNER = r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\ufeff"
_FOR_LETTERS = r"@$€"
_LETTER = rf"(?!{_RUNS})[^\W_]"
_PIECE = re.compile(
    rf"(?P<cjk>{_RUNS})"
    rf"|(?P<money>{BESIDE_NUMBER})"
    rf"|(?P<word>(?:{_LETTER}|[{_MARKS}{_INNER}](?={_LETTER})|[{_FOR_LETTERS}](?=(?!\d){_LETTER})|[{_MARKS}])+)"
    r"|(?P<stop>[.!?。！？؟।…]+|\n\s*\n|[:：]\s*\n)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CONTRACTED = frozenset(("s", "t", "m", "d", "re", "ve", "ll", "nt"))
_APOSTROPHES = "'’‘ʼ`´"
# Some hands break words with a double stroke; others are what engines take a stroke for.
_HYPHENS = frozenset("-‐\u00ad=¬~_")
_CLITICS = re.compile("^(?:و|ف)?(?:ب|ك|ل)?(?:ال|لل)?(?=.{3})")


@dataclass(slots=True)
class Token:
    """One word: ``bare`` and ``plain`` spellings, its place, and the sentence it stands in.

    ``ordinary``: a common word of the text's language; ``respelt``: what a misread one likely was;
    ``in_doubt``: the reader is not all but sure of it. By its ``forms`` a rule may know it, too; by
    ``short_forms`` only within a phrase, as too many words are near to them.
    """

    bare: str
    plain: str
    start: int
    end: int
    sentence: int
    capital: bool
    opens: bool = False
    runs: bool = False
    forms: tuple[str, ...] = ()
    ordinary: bool = False
    respelt: str | None = None
    in_doubt: bool = False
    short_forms: tuple[str, ...] = ()

    @property
    def meant(self) -> str:
        """The bare spelling that most likely stood there."""
        return self.respelt or self.bare


@dataclass(frozen=True)
class Message:
    """A text with its words."""

    text: str
    tokens: tuple[Token, ...] = field(repr=False)

    def literal(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` as written."""
        return self.text[start:end]

    def meant(self, first: int, last: int) -> str:
        """What tokens ``first`` to before ``last`` say, misread words as what they likely were."""
        parts: list[str] = []
        at = self.tokens[first].start
        for token in self.tokens[first:last]:
            if token.respelt:
                parts += (self.text[at : token.start], token.respelt)
                at = token.end
        return "".join((*parts, self.text[at : self.tokens[last - 1].end]))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence runs, as ``(first, past the last)`` token."""
        spans: list[tuple[int, int]] = []
        begin = 0
        for index in range(1, len(self.tokens) + 1):
            if index == len(self.tokens) or self.tokens[index].sentence != self.tokens[begin].sentence:
                spans.append((begin, index))
                begin = index
        return tuple(spans)


def message_of(text: str) -> Message:
    """Cut ``text`` into words."""
    tokens = _cut(text)
    tokens = _join_broken(text, tokens)
    tokens = _join_spaced(tokens)
    _undo_lookalikes(tokens)
    for token in tokens:
        token.forms += _forms(token)
    return Message(text, tuple(tokens))


def _cut(text: str) -> list[Token]:
    tokens: list[Token] = []
    sentence, opens = 0, True
    for match in _PIECE.finditer(text):
        kind = match.lastgroup
        if kind in {"word", "cjk"}:
            token = _token(match.group(), match.start(), match.end(), sentence, opens)
            if token:
                token.runs = kind == "cjk"
                tokens.append(token)
                opens = False
        elif kind == "money":
            tokens.append(_money(match, sentence))
        elif kind == "stop":
            sentence, opens = sentence + 1, True
        elif match.group() in "\n,;:—–":
            opens = opens or match.group() == "\n"
    return tokens


def _money(sign: re.Match[str], sentence: int) -> Token:
    called, *others = words_of(sign.group())
    return Token(called, called, sign.start(), sign.end(), sentence, capital=False, forms=tuple(others))


def _token(piece: str, start: int, end: int, sentence: int, opens: bool) -> Token | None:
    if piece.isascii():
        plain = bare = piece.lower()
    else:
        pairs = [spellings(cluster) for cluster in _clusters(piece)]
        plain = "".join(pair[0] for pair in pairs)
        bare = "".join(pair[1] for pair in pairs)
    if not bare:
        return None
    return Token(bare, plain, start, end, sentence, piece[0].isupper(), opens)


def _clusters(piece: str) -> list[str]:
    clusters: list[str] = []
    for char in piece:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _join_broken(text: str, tokens: list[Token]) -> list[Token]:
    """Join what an apostrophe of contraction, or a hyphen at a line's end, keeps apart."""
    joined: list[Token] = []
    for token in tokens:
        if joined and _belong_together(text, joined[-1], token):
            _append(joined[-1], token)
        else:
            joined.append(token)
    return joined


def _belong_together(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    if len(between) == 1 and between in _APOSTROPHES:
        return second.bare in _CONTRACTED
    broken = between[:1] in _HYPHENS and "\n" in between and between[1:].isspace()
    return broken and (not second.capital or _in_capitals(text, first, second))


def _in_capitals(text: str, *tokens: Token) -> bool:
    """Whether all is written in capitals, so that one tells nothing of where a word begins."""
    return all(text[token.start : token.end].isupper() for token in tokens)


def _append(first: Token, second: Token) -> None:
    first.bare += second.bare
    first.plain += second.plain
    first.end = second.end


def _join_spaced(tokens: list[Token]) -> list[Token]:
    """Join four or more single letters that stand one by one, as in "A m n e s t y"."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        last = index
        while last + 1 < len(tokens) and _is_spaced(tokens[last], tokens[last + 1]):
            last += 1
        if last - index >= 3:
            for token in tokens[index + 1 : last + 1]:
                _append(tokens[index], token)
            joined.append(tokens[index])
        else:
            joined.extend(tokens[index : last + 1])
        index = last + 1
    return joined


def _is_spaced(first: Token, second: Token) -> bool:
    if (
        len(first.bare) != 1
        or len(second.bare) != 1
        or not first.bare.isalpha()
        or not second.bare.isalpha()
    ):
        return False
    if alphabet(first.bare) == "H" or alphabet(second.bare) == "H":
        return False
    return 1 <= second.start - first.end <= 2


def _undo_lookalikes(tokens: list[Token]) -> None:
    """Write words that mix alphabets, or hide in another one, in the alphabet that they imitate."""
    latin = cyrillic = 0
    for token in tokens:
        if not token.bare.isascii():
            kinds = {alphabet(char) for char in token.bare if char.isalpha()}
            cyrillic += kinds == {"C"}
        else:
            latin += token.bare.isalpha() and len(token.bare) > 1
    for token in tokens:
        if token.bare.isascii():
            continue
        kinds = {alphabet(char) for char in token.bare if char.isalpha()}
        if "L" in kinds and kinds & {"C", "G"}:
            _imitate(token, latin >= cyrillic)
        elif kinds and kinds <= {"C", "G"} and latin > 3 * (cyrillic + 1):
            _imitate(token, True)


def _imitate(token: Token, as_latin: bool) -> None:
    changed = token.bare.translate(LATIN_LOOKALIKES if as_latin else CYRILLIC_LOOKALIKES)
    if {alphabet(char) for char in changed if char.isalpha()} == {"L" if as_latin else "C"}:
        # Whole words of the other alphabet may by chance look so: "Христос".
        token.forms = (token.bare,)
        token.bare = token.plain = changed


def _forms(token: Token) -> tuple[str, ...]:
    """Other spellings under which a rule may know this word."""
    bare = token.bare
    if bare.isascii():
        if bare.isalpha() or bare.isdigit():
            return ()
        undone = bare.translate(LETTERS_FOR_DIGITS)
        return (undone, bare.replace("1", "i")) if undone.isalpha() and not bare[:2].isdigit() else ()
    if alphabet(bare[0]) == "A":
        stripped = bare[_CLITICS.match(bare).end() :] if _CLITICS.match(bare) else bare  # type: ignore[union-attr]
        return (stripped,) if stripped != bare else ()
    return ()
