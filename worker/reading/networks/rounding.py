"""Numbers in 8 bits: values that go into a layer in 256 levels, and weights in 255 for each channel.

OpenVINO reckons a layer in 8 bits when both pass through a FakeQuantize (Jacob et al., CVPR 2018).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from openvino import Node, Output, opset13

from worker.reading.networks.graph import Weights, weights_of

LEVELS = 256
# Weights lie evenly about zero, and so have no use for the lowest level.
WEIGHT_LEVELS = 255
SMALLEST = 1e-8


def reckon_in_8_bits(layer: Node, low: float, high: float, largest: Callable[[Weights], Weights]) -> None:
    """Round what goes into a convolution, between two bounds, and its weights, up to a largest each."""
    weights = weights_of(layer)
    layer.input(0).replace_source_output(rounded(layer.input_value(0), low, high))
    layer.input(1).replace_source_output(rounded_weights(weights, largest(weights)))


def with_zero(low: float, high: float) -> tuple[float, float]:
    """Bounds close to these between which zero is one of the levels: margins and padding are zeros."""
    low, high = min(low, 0.0), max(high, 0.0, low + SMALLEST)
    step = (high - low) / (LEVELS - 1)
    below = round(-low / step)
    return -below * step, (LEVELS - 1 - below) * step


def rounded(values: Output, low: float, high: float) -> Output:
    """What goes into a layer, in 256 levels between two bounds."""
    shape = (1,) * len(values.get_partial_shape())
    least, most = (opset13.constant(np.full(shape, bound, np.float32)) for bound in with_zero(low, high))
    return opset13.fake_quantize(values, least, most, least, most, LEVELS).output(0)


def rounded_weights(weights: Weights, largest: Weights) -> Output:
    """Weights (out, in, rows, columns) in 255 levels, up to a largest for each channel that they make."""
    most = np.maximum(largest, SMALLEST).astype(np.float32).reshape(-1, 1, 1, 1)
    ends = opset13.constant(-most), opset13.constant(most)
    values = opset13.constant(np.ascontiguousarray(weights, np.float32))
    return opset13.fake_quantize(values, *ends, *ends, WEIGHT_LEVELS).output(0)


def largest_weight(weights: Weights) -> Weights:
    """The largest weight, whatever its sign, of each channel that weights (out, in, rows, columns) make."""
    largest: Weights = np.abs(weights).max(axis=(1, 2, 3))
    return largest


def largest_pair(weights: Weights) -> Weights:
    """The largest sum of the weights, of one sign, of two channels that lie beside each other.

    Weights rounded up to it make pairs of at most 128 steps: times 255 they just fit into 16 bits.
    """
    out, channels = weights.shape[:2]
    even = np.pad(weights.reshape(out, channels, -1), ((0, 0), (0, channels % 2), (0, 0)))
    first, second = even[:, 0::2], even[:, 1::2]
    up = np.maximum(first, 0) + np.maximum(second, 0)
    down = np.minimum(first, 0) + np.minimum(second, 0)
    largest: Weights = np.maximum(up.max(axis=(1, 2)), -down.min(axis=(1, 2)))
    return largest
