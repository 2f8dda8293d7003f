"""The last layer of the recogniser: which of 18,710 characters each column of a line is.

On most lines all but the Latin ones are out of the question, yet to weigh every character takes a fifth of
a line's time. So Latin ones are weighed first, and of all others, in coarse numbers, only the likeliest of
each share. Where one of these has a chance, and only on such lines, every character is weighed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13

from worker.reading.errors import ModelError
from worker.reading.quantised import Bound, rounded, rounded_weights
from worker.reading.runtime import Network

SHARES = 8
COLUMNS = 32
HAS_A_CHANCE = 0.01
_SYMBOLS = 0x2100

Values = NDArray[np.float32]
_Node = Any


@dataclass(frozen=True, slots=True)
class Head:
    """From what the network sees in a column to characters: weights (characters, seen) and biases.

    They lie as OpenVINO wants them: it would keep them both ways.
    """

    name: str
    weights: Values
    biases: Values

    def among(self, characters: NDArray[np.intp]) -> Head:
        """The same layer for some characters alone."""
        return Head(self.name, self.weights[characters], self.biases[characters])


def cut_head(model: openvino.Model) -> tuple[openvino.Model, Head]:
    """The recogniser without its last layer, and that layer; raises ModelError if it ends otherwise."""
    try:
        sums = _nearest(model.outputs[0].get_node(), "Add")
        product = _nearest(sums, "MatMul")
        weights, biases = (node.input_value(1).get_node().get_data() for node in (product, sums))
    except (AttributeError, RuntimeError) as error:
        raise ModelError(
            "the recogniser ends otherwise than was expected: install the pinned rapidocr"
        ) from error
    headless = openvino.Model([product.input_value(0)], model.get_parameters())
    return headless, Head(product.get_friendly_name(), np.ascontiguousarray(weights.T), np.array(biases))


class Heads:
    """Both ways to go from what the network sees to characters."""

    def __init__(self, head: Head, alphabet: tuple[str, ...], bound: Bound | None) -> None:
        """``alphabet`` names the head's characters; with a ``bound`` most are reckoned in 8 bits."""
        latin = np.array([is_latin(character) for character in alphabet])
        self._alphabet = alphabet
        self._latin = tuple(character for character in alphabet if is_latin(character))
        parts = np.array_split(np.flatnonzero(~latin), SHARES)
        self._all = Network(_weighing_all(head))
        self._first = Network(_weighing_some(head, np.flatnonzero(latin), parts, bound))

    def read(self, seen: Values) -> tuple[Values, tuple[str, ...]]:
        """How likely each column (columns, seen) is each character, and which characters these are."""
        chances = _run(self._first, seen)
        known = len(self._latin)
        if chances[:, known:].max(initial=0.0) < HAS_A_CHANCE:
            return chances[:, :known], self._latin
        return _run(self._all, seen), self._alphabet


def is_latin(character: str) -> bool:
    """True for what may stand on a line of Latin letters: these, digits, signs, a space, nothing."""
    return all(
        "LATIN" in unicodedata.name(part, "") if part.isalpha() else ord(part) < _SYMBOLS
        for part in character
    )


def _run(network: Network, seen: Values) -> Values:
    """What a head makes of each column: some at a time, as a wide line would take 60 MB at once."""
    padded = np.zeros((-(-len(seen) // COLUMNS) * COLUMNS, seen.shape[1]), np.float32)
    padded[: len(seen)] = seen
    parts = [network.run(part).copy() for part in padded.reshape(-1, COLUMNS, seen.shape[1])]
    return np.concatenate(parts)[: len(seen)]


def _nearest(node: _Node, kind: str) -> _Node:
    """The nearest node of a kind on the way back through first inputs; raises RuntimeError without one."""
    before = node.input_value(0).get_node()
    return before if before.get_type_name() == kind else _nearest(before, kind)


def _weighing_all(head: Head) -> openvino.Model:
    seen = _seen_by(head)
    return openvino.Model([opset13.softmax(_sums(seen, _constant(head.weights), head), 1)], [seen])


def _weighing_some(
    head: Head, known: NDArray[np.intp], shares: list[NDArray[np.intp]], bound: Bound | None
) -> openvino.Model:
    """Chances of the known characters, then of the likeliest of each share of the others."""
    seen = _seen_by(head)
    first = head.among(known)
    sums = [_sums(seen, _constant(first.weights), first)]
    coarse = rounded(seen.output(0), *bound) if bound else seen
    for share in filter(len, shares):
        other = head.among(share)
        weights = rounded_weights(other.weights, (1,)) if bound else _constant(other.weights)
        axis = opset13.constant(np.array([1], np.int64))
        sums.append(opset13.reduce_max(_sums(coarse, weights, other), axis, True))
    return openvino.Model([opset13.softmax(opset13.concat(sums, 1), 1)], [seen])


def _seen_by(head: Head) -> _Node:
    return opset13.parameter([COLUMNS, head.weights.shape[1]], np.float32)


def _sums(seen: _Node, weights: _Node, head: Head) -> _Node:
    return opset13.add(opset13.matmul(seen, weights, False, True), _constant(head.biases))


def _constant(values: Values) -> _Node:
    return opset13.constant(np.ascontiguousarray(values, np.float32))
