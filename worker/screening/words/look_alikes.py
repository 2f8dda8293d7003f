"""Chinese and Japanese characters that a reading engine takes for each other.

Two characters look alike to an engine where its last layer weighs what it sees of a column alike for both.
``look_alikes.txt`` holds, for each common character, those nearest to it by that measure in the recogniser
of ``worker/reading``; ``make look-alikes`` writes it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("look_alikes.txt")


def look_alikes(character: str) -> frozenset[str]:
    """The characters, in bare spelling, that one may be a misreading of, or be misread as."""
    return _known().get(character, frozenset())


@cache
def _known() -> dict[str, frozenset[str]]:
    both_ways: defaultdict[str, set[str]] = defaultdict(set)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        for other in line[1:]:
            both_ways[line[0]].add(other)
            both_ways[other].add(line[0])
    return {character: frozenset(others) for character, others in both_ways.items()}
