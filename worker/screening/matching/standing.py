"""Which literals of the packs stand where in a message: words, words that were parted, and runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.screening.matching.lexicon import Lexicon
from worker.screening.matching.runs import Runs, Standing
from worker.screening.phrases.pattern import Shape
from worker.screening.words.message import Token

# Letters of a word that is misread, or was parted by a space, and still known by itself.
SINGLE_LETTERS_MIN = 6
JOINED_LETTERS_MAX = 20
# Into how many parts a word may be parted anywhere, and its least letters then.
PARTS_MAX, JOINED_WIDELY_LETTERS_MIN = 3, 5


def standing_in(tokens: Sequence[Token], lexicon: Lexicon, *, wide: bool) -> list[list[Standing]]:
    """What stands at each of the tokens, or begins there; ``wide`` as of ``Search``."""
    words, runs = _Words(tokens, lexicon, wide=wide), Runs(tokens, lexicon, wide=wide)
    standing = [
        list(runs.at(index) if token.runs else words.at(index)) for index, token in enumerate(tokens)
    ]
    for index, found in runs.misread():
        standing[index].append(found)
    return standing


class _Words:
    """Which words of the packs stand where among tokens of a word each."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, *, wide: bool) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._wide = wide

    def at(self, index: int) -> Iterator[Standing]:
        """What begins with the word at a place."""
        for number, edits in self._lexicon.likeness(self._tokens[index], wide=self._wide).items():
            yield Standing(number, 1, edits, 1, len(self._lexicon[number].bare))
        yield from self._joined(index)
        if self._wide:
            yield from self._joined_widely(index)

    def _joined(self, index: int) -> Iterator[Standing]:
        """What a word and the next are together, if a space was read where there was none."""
        if index + 1 >= len(self._tokens) or self._tokens[index + 1].runs:
            return
        both = self._tokens[index].bare + self._tokens[index + 1].bare
        if not SINGLE_LETTERS_MIN <= len(both) <= JOINED_LETTERS_MAX or both.isdigit():
            return
        for number in self._lexicon.exactly(both):
            literal = self._lexicon[number]
            if literal.shape is Shape.WHOLE and len(literal.bare) >= SINGLE_LETTERS_MIN:
                yield Standing(number, 2, 0.5, 1, len(literal.bare))

    def _joined_widely(self, index: int) -> Iterator[Standing]:
        """What up to three words are together, to the letter: a hyphen or a line may part them anywhere."""
        for width in range(2, PARTS_MAX + 1):
            parts = self._tokens[index : index + width]
            if len(parts) < width or parts[-1].runs:
                return
            both = "".join(part.bare for part in parts)
            for number in self._lexicon.exactly(both) if len(both) >= JOINED_WIDELY_LETTERS_MIN else ():
                yield Standing(number, width, 0.0, 1, len(both))
