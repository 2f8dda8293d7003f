"""Measure what goes into the recogniser's layers: run as ``make calibrate-reading``.

Writes worker/reading/quantised.yaml, by which these layers reckon in 8 bits. The lines are those of cards
that the samples package renders, with its own texts: none that reading is measured on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import openvino
import yaml
from numpy.typing import NDArray
from openvino import opset13

from samples.corpus import corpus
from worker.reading.detector import Detector
from worker.reading.geometry import crop
from worker.reading.heads import cut_head
from worker.reading.quantised import BOUNDS, convolutions
from worker.reading.recogniser import MODEL, TALL, as_input
from worker.reading.runtime import bundled_model
from worker.reading.settings import ReaderSettings

SIDES = {
    "handwriting-latin": 16,
    "worn": 8,
    "typescript": 8,
    "postcards": 4,
    "handwriting-zho": 3,
    "print-zho": 2,
    "print-jpn": 2,
}
SEED = 77
LINES_A_SIDE = 6
# Those that look at the pixels, and others that in 8 bits, each alone, change the columns' chances most
# (mean divergence, on rendered lines).
PLAIN = {f"Conv.{number}" for number in (0, 1, 2, 3, 4, 18, 22, 23, 26, 45)}
# Of a line so many values are cut off, and so many lines have yet larger ones: a few outliers are not
# worth a coarser scale for all.
RARE_VALUES = 1e-5
RARE_LINES = 0.05

Values = NDArray[np.float32]


def main() -> None:
    """Measure, and write the file."""
    headless, head = cut_head(bundled_model(MODEL))
    layers = [layer for layer in convolutions(headless) if layer.get_friendly_name() not in PLAIN]
    names = [*(layer.get_friendly_name() for layer in layers), head.name]
    outputs = [*(layer.input_value(0) for layer in layers), headless.outputs[0].get_node().input_value(0)]
    inputs = openvino.Model(list(map(opset13.result, outputs)), headless.get_parameters())
    plain = {"INFERENCE_PRECISION_HINT": "f32"}
    request = openvino.Core().compile_model(inputs, "CPU", plain).create_infer_request()
    seen: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for line in _lines():
        request.infer([line])
        for index, name in enumerate(names):
            values = np.asarray(request.get_output_tensor(index).data).ravel()
            seen[name].append(np.quantile(values, (RARE_VALUES, 1 - RARE_VALUES)))
    bounds = {name: _over_lines(np.array(found)) for name, found in seen.items()}
    said = "# What goes into the recogniser's layers, at least and at most: benchmarks.calibrate_reading.\n"
    BOUNDS.write_text(said + yaml.safe_dump(bounds, sort_keys=False, default_flow_style=None))
    print(f"{len(bounds)} layers on {len(next(iter(seen.values())))} lines, kept in {BOUNDS}")


def _lines() -> Iterator[Values]:
    detector = Detector()
    long_side = ReaderSettings().detection_side
    for name, count in SIDES.items():
        for sample in corpus(name, count, SEED):
            for found in detector.find(sample.picture, long_side)[:LINES_A_SIDE]:
                yield as_input(crop(sample.picture, found.quad, TALL))


def _over_lines(found: NDArray[np.float64]) -> list[float]:
    low = np.quantile(found[:, 0], RARE_LINES)
    high = np.quantile(found[:, 1], 1 - RARE_LINES)
    return [round(float(low), 3), round(float(high), 3)]


if __name__ == "__main__":
    main()
