"""Which words of a message are ordinary words of its language, and what misread ones were.

An ordinary word is never taken for the misreading of another. Where so many words are unknown that the
text is likely misread, each unknown one gets the common words near to it as further forms, and the nearest
stands for it where the message is judged as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from worker.screening.words.letters import bare_of
from worker.screening.words.message import Token
from worker.screening.words.misreading import distance
from worker.vocabulary import frequencies

MISREAD_SHARE = 0.2
# Their words take so many forms that a list holds fewer of them: of sound text nine in ten lie below this.
MUCH_INFLECTED = frozenset(
    {
        "ara",
        "bel",
        "ces",
        "fas",
        "fin",
        "hrv",
        "hun",
        "kor",
        "lav",
        "lit",
        "pol",
        "rus",
        "slk",
        "tur",
        "ukr",
    }
)
MISREAD_SHARE_INFLECTED = 0.33
WORDS_MIN = 5
LETTERS_MIN = 4
LETTERS_FOR_TWO = 7
COMMON_FROM = 4e-6
FORMS_MAX = 2
# As many languages as one post is likely to be written in.
KEPT = 16

_ByLength = Mapping[int, Mapping[str, float]]


def mark_ordinary(tokens: Iterable[Token], languages: frozenset[str]) -> None:
    """Say of each word whether it is an ordinary one of the languages (ISO 639-3); mend what is misread."""
    lists = [frequencies(language) for language in sorted(languages)]
    words = [token for token in tokens if not token.runs and token.bare.isalpha()]
    for token in words:
        token.ordinary = any(token.plain in known for known in lists)
    unknown = [token for token in words if not token.ordinary and len(token.bare) >= LETTERS_MIN]
    misread = MISREAD_SHARE_INFLECTED if languages & MUCH_INFLECTED else MISREAD_SHARE
    if len(words) < WORDS_MIN or len(unknown) < misread * len(words):
        return
    for token in unknown:
        near = [word for language in sorted(languages) for word in _near(token.bare, language)]
        if near:
            token.respelt = near[0]
            token.forms += tuple(near[:FORMS_MAX])


@lru_cache(maxsize=20_000)
def _near(word: str, language: str) -> tuple[str, ...]:
    """Common words that ``word`` may be a misreading of, the likeliest first."""
    edits = 2 if len(word) >= LETTERS_FOR_TWO else 1
    by_length = _common(language)
    found: list[tuple[float, float, str]] = []
    for length in range(len(word) - edits, len(word) + edits + 1):
        known = by_length.get(length, {})
        for other, _, _ in process.extract(
            word, known.keys(), scorer=OSA.distance, score_cutoff=edits, limit=8
        ):
            found.append((distance(word, other, edits), -known[other], other))
    return tuple(other for away, _, other in sorted(found) if away <= edits)


@lru_cache(maxsize=KEPT)
def _common(language: str) -> _ByLength:
    """The common words of a language without accents, by length, commonest first."""
    by_length: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for word, share in sorted(frequencies(language).items(), key=lambda pair: -pair[1]):
        if share < COMMON_FROM:
            break
        if word.isalpha() and len(word) >= LETTERS_MIN - 1:
            bare = bare_of(word)
            by_length[len(bare)].setdefault(bare, share)
    return by_length
