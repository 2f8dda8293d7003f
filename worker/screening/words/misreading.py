"""How far a word as read may be from the word that stood there.

The optimal string alignment distance (Levenshtein's edits, and two neighbours that changed places), in
which letters that reading engines confuse cost half.
"""

from __future__ import annotations

# Letters from which a word may be misread at all, and be misread by two edits.
LETTERS_MIN, LETTERS_FOR_TWO = 3, 9
EDITS_MAX = 2
# What letters that engines confuse cost, and one in place of two; any other edit costs one.
ALIKE = 0.5

_GROUPS = {
    "Latin": "ec oc ao ae uv un nr mn il it lt ij hb hk hn gq gy rv vy ft fl sz cd wv wu",
    "Latin and digits": "ss5 o0 l1 i1 b8 d0",
    "Cyrillic": "пн ип ин шщ тг ао ес се цш ьв ль лп зэ",
    "Arabic": "عغ حخ حج جچ كگ بپ زژ صض طظ سش دذ رز بت تث بن فق ين يب",
}
"""Letters of a script that reading engines confuse, each with any other of its group."""
_ALIKE = frozenset(
    (a, b)
    for groups in _GROUPS.values()
    for group in groups.split()
    for a in group
    for b in group
    if a != b
)
_MERGED = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("ii", "u"),
    ("nn", "m"),
    ("li", "h"),
    ("ri", "n"),
    ("lo", "b"),
)
# Rarer ones, for a wide search alone.
_MERGED_WIDELY = (*_MERGED, ("lt", "h"), ("ol", "d"), ("ij", "y"))


def edits_allowed(letters: int) -> int:
    """How many edits a word of that many letters may be away."""
    if letters < LETTERS_MIN:
        return 0
    return EDITS_MAX if letters >= LETTERS_FOR_TWO else 1


def merged(*, wide: bool) -> tuple[tuple[str, str], ...]:
    """Two letters that may be one, each pair with the letter that it is taken for or comes of."""
    return _MERGED_WIDELY if wide else _MERGED


def distance(read: str, word: str, limit: float, *, wide: bool = False) -> float:
    """Weighted edits from ``read`` to ``word``, or infinity if over ``limit``."""
    best = _distance(read, word, limit)
    for pair, single in merged(wide=wide):
        if pair in read and single in word:
            best = min(best, ALIKE + _distance(read.replace(pair, single, 1), word, limit))
        if single in read and pair in word:
            best = min(best, ALIKE + _distance(read, word.replace(pair, single, 1), limit))
    return best if best <= limit else float("inf")


def _distance(read: str, word: str, limit: float) -> float:
    if abs(len(read) - len(word)) > limit:
        return float("inf")
    before = [float(column) for column in range(len(word) + 1)]
    older: list[float] = []
    for row, char in enumerate(read, 1):
        current = [float(row)]
        for column, other in enumerate(word, 1):
            swap = 0.0 if char == other else ALIKE if (char, other) in _ALIKE else 1.0
            cost = min(before[column - 1] + swap, before[column] + 1, current[column - 1] + 1)
            if older and column > 1 and char == word[column - 2] and read[row - 2] == other:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return float("inf")
        older, before = before, current
    return before[-1]
