"""A message cut into words for matching, each with its place in the text as written.

Zero-width and direction marks, case, accents, look-alike letters of other alphabets, letters written
apart ("A m n e s t y") and words broken at a line's end are undone here, once, so that no rule has to
think of them. Scripts written without spaces give one word for each character.
"""

from __future__ import annotations

import re
import unicodedata

from worker.screening.words.joining import join_broken, join_spaced
from worker.screening.words.letters import (
    CYRILLIC_LOOKALIKES,
    LATIN_LOOKALIKES,
    LETTERS_FOR_DIGITS,
    alphabet,
    spellings,
)
from worker.screening.words.message import Message, Token
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
_CLITICS = re.compile("^(?:و|ف)?(?:ب|ك|ل)?(?:ال|لل)?(?=.{3})")


def message_of(text: str) -> Message:
    """Cut ``text`` into words."""
    tokens = _cut(text)
    tokens = join_spaced(join_broken(text, tokens))
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
        stripped = _CLITICS.sub("", bare)
        return (stripped,) if stripped != bare else ()
    return ()
