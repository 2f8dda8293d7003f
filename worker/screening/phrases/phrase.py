"""A phrase of a rule pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from worker.screening.phrases.pattern import Choice, Item, Literal

# A phrase this long betrays its own language; a shorter one counts only in a text of that language.
FOREIGN_WORDS_MIN = 2
FOREIGN_LETTERS_MIN = 9
ANY_LANGUAGE = "mul"


@dataclass(frozen=True)
class Phrase:
    """A phrase of a rule; ``owner`` is the index of the rule in the matcher's list."""

    items: tuple[Item, ...]
    language: str
    owner: int
    innocent: bool = False

    @cached_property
    def any_language(self) -> bool:
        """Whether it counts in a text of another language too."""
        if self.language == ANY_LANGUAGE:
            return True
        sizes = [_least_letters(item) for item in self.items]
        return sum(1 for size in sizes if size) >= FOREIGN_WORDS_MIN and sum(sizes) >= FOREIGN_LETTERS_MIN


def _least_letters(item: Item) -> int:
    if isinstance(item, Literal):
        return len(item.bare) * (3 if item.width > 1 else 1)
    if isinstance(item, Choice) and not item.optional:
        return min(sum(_least_letters(part) for part in option) for option in item.options)
    return 0
