"""One message being searched for phrases, given which of their words stand where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from worker.screening.matching.compiled import AnyOf, Branch, Node
from worker.screening.matching.lexicon import Lexicon
from worker.screening.matching.standing import SINGLE_LETTERS_MIN, standing_in
from worker.screening.phrases.pattern import Gap, Kind
from worker.screening.words.message import Token

# The first words of a message, among which ``<top>`` asks for one.
TOP_WORDS = 14
# Share of a phrase's letters that may be misread: words alone have to be surer than phrases.
ALLOWANCE_BY_WORDS = (0.0, 0.13, 0.17, 0.22)
# A number or a name where a phrase asks for one speaks for it as a short word does.
KIND_LETTERS = 3
# So much of a phrase has to stand there to the letter beside a word that is only roughly known.
LETTERS_BESIDE_ROUGH, RUN_BESIDE_ROUGH = 6, 1


@dataclass(slots=True)
class State:
    """How far a phrase has been matched; ``rough``: one of its words is only roughly what stands there."""

    at: int
    edits: float = 0.0
    words: int = 0
    letters: int = 0
    rough: bool = False


class Search:
    """Which literals stand where in a message, and whether nodes match from a place on.

    A ``wide`` search bears more misreading (``Lexicon.likeness``), and sentences do not part words in it.
    In a ``rough`` one a word of each phrase, if the reader doubts it, need only roughly be what was read.
    """

    def __init__(
        self, tokens: Sequence[Token], lexicon: Lexicon, *, wide: bool = False, rough: bool = False
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._wide = wide
        self.rough = rough
        self.standing = standing_in(tokens, lexicon, wide=wide)
        self.present = frozenset(found.number for place in self.standing for found in place)

    def may_hold(self, required: Iterable[frozenset[int]]) -> bool:
        """Whether a literal of each of these sets stands somewhere; in a rough search one set may lack."""
        if self.rough:
            return sum(map(self.present.isdisjoint, required)) <= 1
        return not any(map(self.present.isdisjoint, required))

    def has_seam(self, first: int, last: int) -> bool:
        """Whether two of the words from ``first`` to before ``last`` were written as one."""
        return any(before.end == after.start for before, after in pairwise(self._tokens[first:last]))

    def match(self, nodes: tuple[Node, ...], first: int) -> State | None:
        """Where the nodes, matched from token ``first``, end at their surest and longest; or None."""
        best: State | None = None
        for state in self._sequence(nodes, 0, State(first)):
            if state.at == first or not self._is_allowed(state, first):
                continue
            if best is None or (state.edits, -state.at) < (best.edits, -best.at):
                best = state
        return best

    def _is_allowed(self, state: State, first: int) -> bool:
        if state.rough:
            least = RUN_BESIDE_ROUGH if self._tokens[first].runs else LETTERS_BESIDE_ROUGH
            return not state.edits and state.letters >= least
        return _within_allowance(state)

    def _sequence(self, nodes: tuple[Node, ...], index: int, state: State) -> Iterator[State]:
        if index == len(nodes):
            yield state
            return
        for after in self._node(nodes[index], state):
            yield from self._sequence(nodes, index + 1, after)

    def _node(self, node: Node, state: State) -> Iterator[State]:
        if isinstance(node, AnyOf):
            yield from self._any_of(node, state)
        elif isinstance(node, Branch):
            for option in node.options:
                yield from self._sequence(option, 0, state)
            if node.optional:
                yield state
        elif isinstance(node, Gap):
            yield from self._gap(node, state)
        elif state.at < len(self._tokens):
            yield from self._kind(node, state)

    def _any_of(self, node: AnyOf, state: State) -> Iterator[State]:
        if state.at >= len(self._tokens) or (
            state.words and not self._same_sentence(state.at - 1, state.at)
        ):
            return
        for found in self.standing[state.at]:
            if found.number in node.numbers:
                yield State(
                    state.at + found.width,
                    state.edits + found.edits,
                    state.words + found.words,
                    state.letters + found.letters,
                    state.rough,
                )
        token = self._tokens[state.at]
        may_be_rough = self.rough and token.in_doubt and not state.rough
        if may_be_rough and self._lexicon.is_roughly(token, node.numbers):
            yield replace(state, at=state.at + 1, rough=True)

    def _gap(self, node: Gap, state: State) -> Iterator[State]:
        yield state
        for at in range(state.at + 1, min(state.at + node.words, len(self._tokens) - 1) + 1):
            if not self._same_sentence(max(state.at - 1, 0), at):
                return
            yield State(at, state.edits, state.words, state.letters, state.rough)

    def _same_sentence(self, first: int, second: int) -> bool:
        return self._wide or self._tokens[first].sentence == self._tokens[second].sentence

    def _kind(self, kind: Kind, state: State) -> Iterator[State]:
        token = self._tokens[state.at]
        if state.words and not self._same_sentence(state.at - 1, state.at):
            return
        if kind is Kind.OPENS:
            if token.opens:
                yield state
        elif kind is Kind.TOP:
            if state.at < TOP_WORDS:
                yield state
        elif kind is Kind.ANY:
            yield replace(state, at=state.at + 1)
        elif (kind is Kind.NUMBER and token.bare[0].isdigit()) or (kind is Kind.NAME and token.capital):
            letters = state.letters + KIND_LETTERS
            yield replace(state, at=state.at + 1, words=state.words + 1, letters=letters)


def _within_allowance(state: State) -> bool:
    if not state.edits:
        return True
    if state.words == 1 and state.letters < SINGLE_LETTERS_MIN:
        return False
    allowance = ALLOWANCE_BY_WORDS[min(state.words, len(ALLOWANCE_BY_WORDS) - 1)]
    return state.edits <= max(allowance * state.letters, 0.5)
