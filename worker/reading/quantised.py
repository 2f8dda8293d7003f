"""A network's heavy layers made to reckon in whole numbers of 8 bits, as the network is loaded.

The models come in plain floats. OpenVINO reckons a layer in 8 bits when what goes in and the weights pass
through a FakeQuantize each: a rounding to 256 levels between two bounds (Jacob et al., CVPR 2018). The
bounds of weights are their own, for each channel that they make. Those of what goes in were measured on
rendered cards and are kept in ``quantised.yaml``, by network and layer; a layer that is not in it stays as
it is. ``make calibrate-reading`` measures them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from openvino import Core, Model, Node, Output, opset13

from worker.reading.errors import ModelError

BOUNDS = Path(__file__).with_name("quantised.yaml")
LEVELS = 256
# Weights lie evenly about zero, and so have no use for the lowest level.
WEIGHT_LEVELS = 255
SMALLEST = 1e-8

Bound = tuple[float, float]
Bounds = Mapping[str, Bound]
"""The least and the most that goes into each layer, by the layer's name."""


def bounds_here(network: str) -> Bounds:
    """Those measured for a network, where 8 bits are quicker: on processors that also reckon in bfloat16.

    None on others, where it was not measured.
    """
    able: list[str] = Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return measured_bounds(network) if "BF16" in able else {}


def measured_bounds(network: str) -> Bounds:
    """What ``quantised.yaml`` has for a network, by its name there."""
    rows: dict[str, dict[str, list[float]]] = yaml.safe_load(BOUNDS.read_text(encoding="utf-8"))
    return {name: (low, high) for name, (low, high) in rows[network].items()}


def convolutions(model: Model) -> list[Node]:
    """The layers that take nearly all of the time: convolutions over a whole picture, all channels at once.

    Those over a single pixel weigh channels against each other: they cost nothing.
    """
    return [
        layer
        for layer in model.get_ordered_ops()
        if layer.get_type_name() == "Convolution"
        and layer.input_value(1).get_node().get_type_name() == "Constant"
        and not _single_pixel(layer)
    ]


def quantise(model: Model, bounds: Bounds) -> Model:
    """Let the layers that have bounds reckon in 8 bits; raises ModelError where one has no such layer."""
    layers = {layer.get_friendly_name(): layer for layer in convolutions(model)}
    if unknown := bounds.keys() - layers.keys():
        raise ModelError(f"the network has no layers {sorted(unknown)}: install the pinned rapidocr")
    for name, bound in bounds.items():
        layer = layers[name]
        weights = layer.input_value(1).get_node().get_data()
        layer.input(0).replace_source_output(rounded(layer.input_value(0), *bound))
        layer.input(1).replace_source_output(rounded_weights(weights, (1, 2, 3)))
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


def rounded(values: Output, low: float, high: float) -> Output:
    """What goes into a layer, in 256 levels between two bounds."""
    shape = (1,) * len(values.get_partial_shape())
    least, most = (opset13.constant(np.full(shape, bound, np.float32)) for bound in with_zero(low, high))
    return opset13.fake_quantize(values, least, most, least, most, LEVELS).output(0)


def rounded_weights(weights: NDArray[Any], axes: tuple[int, ...]) -> Output:
    """Weights in 255 levels, by bounds of their own for all that do not lie along the same ``axes``."""
    largest = np.maximum(np.abs(weights).max(axis=axes, keepdims=True), SMALLEST).astype(np.float32)
    least, most = opset13.constant(-largest), opset13.constant(largest)
    values = opset13.constant(np.ascontiguousarray(weights, np.float32))
    return opset13.fake_quantize(values, least, most, least, most, WEIGHT_LEVELS).output(0)
