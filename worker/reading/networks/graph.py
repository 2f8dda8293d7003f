"""Networks as OpenVINO graphs: finding layers, and putting others in their place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from openvino import Model, Node, Output, opset13

from worker.reading.errors import ModelError

Weights = NDArray[np.float32]


def weighed(values: Output, weights: Weights, padding: int = 0, stride: int = 1) -> Output:
    """A convolution of maps (1, in, rows, columns) by weights (out, in, rows, columns)."""
    kernel = opset13.constant(np.ascontiguousarray(weights, np.float32))
    around = [padding, padding]
    sums: Output = opset13.convolution(values, kernel, [stride, stride], around, around, [1, 1]).output(0)
    return sums


def plus(values: Output, offsets: Weights) -> Output:
    """A number for each channel added to maps."""
    found: Output = opset13.add(values, opset13.constant(offsets.reshape(1, -1, 1, 1))).output(0)
    return found


def enlarged(values: Output, times: int) -> Output:
    """Maps with each pixel repeated so many times along rows and columns."""
    if times == 1:
        return values
    scales = opset13.constant(np.array([1, 1, times, times], np.float32))
    larger: Output = opset13.interpolate(
        values,
        scales,
        "nearest",
        "scales",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    ).output(0)
    return larger


def layers_of_kind(model: Model, kind: str) -> list[Node]:
    """All layers of an OpenVINO type, in the order in which they run."""
    return [layer for layer in model.get_ordered_ops() if layer.get_type_name() == kind]


def joint_of(model: Model, kinds: list[str]) -> Node | None:
    """The only place where maps are joined that come from nodes of these kinds."""
    found = [
        node
        for node in layers_of_kind(model, "Concat")
        if [source(node, place).get_node().get_type_name() for place in range(node.get_input_size())]
        == kinds
    ]
    return found[0] if len(found) == 1 else None


def channels_of(values: Output) -> int:
    """How many channels maps have."""
    count: int = values.get_partial_shape()[1].get_length()
    return count


def source(node: Node, place: int) -> Output:
    """What goes into a node, seen through nodes that change nothing."""
    value: Output = node.input_value(place)
    while value.get_node().get_type_name() == "Identity":
        value = value.get_node().input_value(0)
    return value


def next_of_kind(node: Node, kind: str) -> Node:
    """The nearest node of a kind that a node's result goes into, and nowhere else; raises ModelError."""
    while node.get_type_name() != kind:
        targets = list(node.output(0).get_target_inputs())
        if len(targets) != 1:
            raise ModelError(
                f"a network is built otherwise: no {kind} alone follows {node.get_friendly_name()}"
            )
        node = targets[0].get_node()
    return node


def put_in_place(node: Node, value: Output) -> None:
    """Let a value go wherever a node's result went."""
    for target in list(node.output(0).get_target_inputs()):
        target.replace_source_output(value)


def weights_of(layer: Node) -> Weights:
    """What a layer weighs or adds by."""
    return np.asarray(layer.input_value(1).get_node().get_data(), np.float32)


def offsets_of(layer: Node) -> Weights:
    """What is added to each channel after a layer."""
    return weights_of(next_of_kind(layer, "Add")).ravel()
