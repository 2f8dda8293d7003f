"""Finds the phrases of the rule packs in a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from worker.screening.matching.compiled import compile_items, required
from worker.screening.matching.hanging import Entry, Hanging, Hung
from worker.screening.matching.lexicon import Lexicon
from worker.screening.matching.search import Search
from worker.screening.phrases.pattern import Shape, all_literals, anchors, lead_max, literals, width_max
from worker.screening.phrases.phrase import Phrase
from worker.screening.words.message import Message
from worker.screening.words.respacing import halved, respaced

# A word that more rules than this use tells nothing.
THEMES_MAX = 3
# Nor does the beginning of a word, of fewer letters: themes know no language.
THEME_LETTERS_MIN = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stands: tokens ``first`` to before ``last``, and how misread, in edits.

    ``rough``: one of its words is only roughly what was read.
    """

    phrase: Phrase
    first: int
    last: int
    edits: float
    rough: bool = False


class Matcher:
    """An index over phrases.

    Every phrase hangs on its least common words; only where one of them stands, and the phrase's other
    words stand anywhere in the message, is it tried.
    """

    def __init__(self, phrases: Sequence[Phrase], ordinary: frozenset[str] = frozenset()) -> None:
        self._lexicon = Lexicon(
            (word for phrase in phrases for word in all_literals(phrase.items)), ordinary
        )
        # By its best word, and by its second best: in a rough search either may be the one that is misread.
        hung: tuple[list[Hung], list[Hung]] = ([], [])
        for phrase in phrases:
            nodes = compile_items(phrase.items, self._lexicon.number)
            needed = required(nodes)
            for index, own in zip(anchors(phrase.items), hung, strict=False):
                anchor = phrase.items[index]
                before = width_max(phrase.items[:index]) + lead_max(anchor)
                words = {self._lexicon.number[word] for word in literals(anchor)}
                own.append((Entry(phrase, nodes, needed, before), words))
        self._hanging, self._hanging_else = (Hanging(own, len(self._lexicon)) for own in hung)
        self.themes = _themes(phrases, self._lexicon)

    def look(self, message: Message) -> Search:
        """Which words of the phrases stand where in a message."""
        return Search(message.tokens, self._lexicon)

    def near_searches(
        self, message: Message, languages: frozenset[str]
    ) -> Iterator[tuple[Search, Callable[[Hit], bool]]]:
        """Searches that find what nearly stands there, each with a test of which of its hits count.

        Words may have been read as one, or taken for others that look alike; a word may be two of the
        phrases, which have to stand there to the letter then; one in doubt need only be roughly right.
        """
        parted = respaced(
            message, languages, is_listed=self._is_listed, is_near_one=self._lexicon.is_near_one
        )
        yield Search(parted.tokens, self._lexicon, wide=True), lambda _: True
        apart = halved(message, self._is_listed)
        if apart is not message:
            seams = Search(apart.tokens, self._lexicon)
            yield seams, lambda hit: not hit.edits and seams.has_seam(hit.first, hit.last)
        if any(token.in_doubt for token in message.tokens):
            yield Search(message.tokens, self._lexicon, rough=True), lambda hit: hit.rough

    def _is_listed(self, word: str) -> bool:
        return any(self._lexicon.exactly(word))

    def hits(self, search: Search, languages: frozenset[str]) -> list[Hit]:
        """Every place where a phrase stands; an empty ``languages`` means that any may be meant."""
        found: dict[tuple[int, int], Hit] = {}
        tried: set[tuple[int, int]] = set()
        for position, standing in enumerate(search.standing):
            for entry in self._entries({place.number for place in standing}, search, languages):
                for first in range(position, max(position - entry.before, 0) - 1, -1):
                    key = (id(entry), first)
                    if key not in tried:
                        tried.add(key)
                        state = search.match(entry.nodes, first)
                        if state:
                            found[key] = Hit(entry.phrase, first, state.at, state.edits, state.rough)
        return list(found.values())

    def _entries(self, numbers: set[int], search: Search, languages: frozenset[str]) -> list[Entry]:
        places = (self._hanging, self._hanging_else) if search.rough else (self._hanging,)
        return [
            entry
            for number in numbers
            for place in places
            for entry in place.on(number)
            if search.may_hold(entry.required)
            and (not languages or entry.phrase.language in languages or entry.phrase.any_language)
        ]


def _themes(phrases: Sequence[Phrase], lexicon: Lexicon) -> dict[int, tuple[int, ...]]:
    """For each literal that few rules use, the rules (as owners) that use it."""
    owners: defaultdict[int, set[int]] = defaultdict(set)
    for phrase in phrases:
        if not phrase.innocent:
            for word in all_literals(phrase.items):
                if word.shape is Shape.WHOLE or len(word.bare) >= THEME_LETTERS_MIN:
                    owners[lexicon.number[word]].add(phrase.owner)
    return {number: tuple(sorted(used)) for number, used in owners.items() if len(used) <= THEMES_MAX}
