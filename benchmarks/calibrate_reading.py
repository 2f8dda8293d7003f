"""Measure what goes into the layers of both recognisers: run as ``make calibrate-reading``.

Writes worker/reading/networks/quantised.yaml, by which these layers reckon in 8 bits. The cards are
those that the samples package renders, with its own texts: none that reading is measured on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import yaml
from numpy.typing import NDArray
from openvino import Core, Model, Output, opset13

from samples.corpus import corpus
from worker.reading.detection.detector import Detector
from worker.reading.geometry import Picture, crop
from worker.reading.networks.quantised import BOUNDS, convolutions
from worker.reading.networks.runtime import bundled_model
from worker.reading.recognition.heads import cut_head
from worker.reading.recognition.recogniser import MODEL, QUICK_MODEL, TALL, WIDEST, as_input
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
# Those that look at the pixels stay as they are: in 8 bits they take as long, and change the columns'
# chances most.
PLAIN = {"thorough": {f"Conv.{number}" for number in range(4)}, "quick": {"Conv.0"}}
MODELS = {"thorough": MODEL, "quick": QUICK_MODEL}
# Of a line so many values are cut off, and so many of these have yet larger ones: a few outliers
# are not worth a coarser scale for all.
RARE_VALUES = 1e-5
RARE_PICTURES = 0.05

Values = NDArray[np.float32]
Ranges = dict[str, list[float]]


def main() -> None:
    """Measure, and write the file."""
    pictures = [sample.picture for name, count in SIDES.items() for sample in corpus(name, count, SEED)]
    lines = list(_lines(pictures))
    found = {name: _measured(name, lines) for name in MODELS}
    said = "# What goes into the recognisers' layers, at least and at most: benchmarks.calibrate_reading.\n"
    BOUNDS.write_text(said + yaml.safe_dump(found, sort_keys=False, default_flow_style=None))
    print(f"{sum(map(len, found.values()))} layers on {len(pictures)} sides, kept in {BOUNDS}")


def _measured(name: str, lines: Sequence[Values]) -> Ranges:
    model, _ = cut_head(bundled_model(MODELS[name]))
    inputs = _inputs(model, PLAIN[name])
    results = [opset13.result(value) for value in inputs.values()]
    floats = {"INFERENCE_PRECISION_HINT": "f32"}
    looking = Core().compile_model(Model(results, model.get_parameters()), "CPU", floats)
    request = looking.create_infer_request()
    seen: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for line in lines:
        request.infer([line])
        for index, layer in enumerate(inputs):
            values = np.asarray(request.get_output_tensor(index).data).ravel()
            seen[layer].append(np.quantile(values, (RARE_VALUES, 1 - RARE_VALUES)))
    return {layer: _over_pictures(np.array(found)) for layer, found in seen.items()}


def _inputs(model: Model, plain: set[str]) -> dict[str, Output]:
    """What goes into each layer that is to reckon in 8 bits."""
    layers = {layer.get_friendly_name(): layer.input_value(0) for layer in convolutions(model)}
    return {name: value for name, value in layers.items() if name not in plain}


def _lines(pictures: Sequence[Picture]) -> Iterator[Values]:
    finder = Detector()
    long_side = ReaderSettings().detection_side
    for picture in pictures:
        for found in finder.find(picture, long_side)[:LINES_A_SIDE]:
            yield as_input(crop(picture, found.quad, TALL)[:, :WIDEST])


def _over_pictures(found: NDArray[np.float64]) -> list[float]:
    low = np.quantile(found[:, 0], RARE_PICTURES)
    high = np.quantile(found[:, 1], 1 - RARE_PICTURES)
    return [round(float(low), 3), round(float(high), 3)]


if __name__ == "__main__":
    main()
