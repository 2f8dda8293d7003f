"""A network's heavy layers made to reckon in whole numbers of 8 bits, as the network is loaded.

The models come in plain floats. OpenVINO reckons a layer in 8 bits when what goes in and the weights pass
through a FakeQuantize each: a rounding to 256 levels between two bounds (Jacob et al., CVPR 2018). The
bounds of weights are their own, for each channel that they make. Those of what goes in were measured on
rendered cards and are kept in ``quantised.yaml``, by layer; a layer that is not in it stays as it is.
``make calibrate-reading`` measures them anew.
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

Bounds = Mapping[str, tuple[float, float]]
"""The least and the most that goes into each layer, by the layer's name."""


def lighter(model: Model) -> Model:
    """The recogniser in 8 bits where that is quicker: on processors that also reckon in bfloat16.

    On others it was not measured.
    """
    able: list[str] = Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return with_bounds(model) if "BF16" in able else model


def with_bounds(model: Model) -> Model:
    """The recogniser by the bounds measured for it; raises ModelError if it is another one."""
    rows: dict[str, list[float]] = yaml.safe_load(BOUNDS.read_text(encoding="utf-8"))
    if quantise(model, {name: (low, high) for name, (low, high) in rows.items()}) != len(rows):
        raise ModelError("the recogniser has other layers than were measured: install the pinned rapidocr")
    return model


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


def quantise(model: Model, bounds: Bounds) -> int:
    """Let the layers that have bounds reckon in 8 bits, and return how many that are."""
    layers = [layer for layer in convolutions(model) if layer.get_friendly_name() in bounds]
    for layer in layers:
        low, high = with_zero(*bounds[layer.get_friendly_name()])
        layer.input(0).replace_source_output(_rounded(layer.input_value(0), low, high))
        layer.input(1).replace_source_output(_rounded_weights(layer.input_value(1)))
    model.validate_nodes_and_infer_types()
    return len(layers)


def with_zero(low: float, high: float) -> tuple[float, float]:
    """Bounds close to these between which zero is one of the levels: margins and padding are zeros."""
    low, high = min(low, 0.0), max(high, 0.0, low + SMALLEST)
    step = (high - low) / (LEVELS - 1)
    below = round(-low / step)
    return -below * step, (LEVELS - 1 - below) * step


def _single_pixel(layer: Node) -> bool:
    rows, columns = list(layer.input(0).get_partial_shape())[2:]
    return all(length.is_static and length.get_length() == 1 for length in (rows, columns))


def _rounded(values: Output, low: float, high: float) -> Output:
    least, most = (opset13.constant(np.full((1, 1, 1, 1), bound, np.float32)) for bound in (low, high))
    return opset13.fake_quantize(values, least, most, least, most, LEVELS).output(0)


def _rounded_weights(weights: Output) -> Output:
    values: NDArray[Any] = weights.get_node().get_data()
    largest = np.abs(values).max(axis=(1, 2, 3), keepdims=True).astype(np.float32)
    most = opset13.constant(np.maximum(largest, np.float32(SMALLEST)))
    least = opset13.constant(-np.maximum(largest, np.float32(SMALLEST)))
    return opset13.fake_quantize(weights, least, most, least, most, WEIGHT_LEVELS).output(0)
