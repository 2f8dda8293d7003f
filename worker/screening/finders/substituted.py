"""Words written by a simple key: letters shifted or mirrored in the alphabet, or each word backwards.

Such words are none of the language, but become some by one and the same key. That several common words
should come of strange ones by chance is next to impossible, so a short run is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from string import ascii_lowercase

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject
from worker.screening.words.message import Token
from worker.vocabulary import frequencies

REASON = "It is written in a code: its letters are shifted, mirrored or backwards."
COMMON_FROM = 2e-5
WORDS_MIN = 3
LETTERS_MIN = 12
# A name may stand among them.
LETTERS_SHARE_MIN = 0.8
# Among words of one or two letters nearly every one is some word of the lists.
TELLING_LETTERS = 3
ALWAYS = frozenset({"eng"})

_Key = Callable[[str], str]


def find_substituted(subject: Subject) -> Iterable[Match]:
    """Runs of strange words that one key turns into common ones."""
    lists = [frequencies(language) for language in sorted(subject.languages | ALWAYS)]
    for run in _strange_runs(subject.message.tokens, lists):
        if any(_reads(run, key, lists) for key in _keys()):
            yield Match(
                Label.CIPHER, "cipher.substituted", Severity.LOOK, REASON, run[0].start, run[-1].end
            )


def _strange_runs(tokens: Sequence[Token], lists: Sequence[Mapping[str, float]]) -> Iterable[list[Token]]:
    """Words in a row that are no common ones; common ones of one or two letters may stand between."""
    run: list[Token] = []
    for token in (*tokens, None):
        if token and _goes_on(token.bare, run, lists):
            run.append(token)
            continue
        while run and _is_plain(run[-1].bare, lists):
            run.pop()
        if len(run) >= WORDS_MIN and sum(len(word.bare) for word in run) >= LETTERS_MIN:
            yield run
        run = []


def _goes_on(word: str, run: list[Token], lists: Sequence[Mapping[str, float]]) -> bool:
    """Whether a word belongs to a run of strange ones, or begins one."""
    return _is_letters(word) and (not _is_plain(word, lists) or (bool(run) and _is_short(word)))


def _reads(run: Sequence[Token], key: _Key, lists: Iterable[Mapping[str, float]]) -> bool:
    """True where nearly all of the run comes out as common words of one language."""
    words = [key(token.bare) for token in run]
    return any(_is_language(words, known) for known in lists)


def _is_language(words: Sequence[str], known: Mapping[str, float]) -> bool:
    common = [word for word in words if _is_plain(word, [known])]
    telling = len({word for word in common if not _is_short(word)})
    enough = max(LETTERS_MIN, LETTERS_SHARE_MIN * sum(map(len, words)))
    return telling >= WORDS_MIN - 1 and sum(map(len, common)) >= enough


@cache
def _keys() -> tuple[_Key, ...]:
    shifts = [_shift(steps) for steps in range(1, len(ascii_lowercase))]
    mirrored = str.maketrans(ascii_lowercase, ascii_lowercase[::-1])
    return (*shifts, lambda word: word.translate(mirrored), lambda word: word[::-1])


def _shift(steps: int) -> _Key:
    """The Caesar cipher undone by so many steps."""
    table = str.maketrans(ascii_lowercase, ascii_lowercase[steps:] + ascii_lowercase[:steps])
    return lambda word: word.translate(table)


def _is_plain(word: str, lists: Iterable[Mapping[str, float]]) -> bool:
    return any(known.get(word, 0.0) >= COMMON_FROM for known in lists)


def _is_letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_short(word: str) -> bool:
    return len(word) < TELLING_LETTERS
