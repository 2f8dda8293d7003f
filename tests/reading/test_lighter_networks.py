"""The networks after they were made lighter: still the same networks."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import openvino
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from openvino import opset13

from worker.reading.detection import detector
from worker.reading.detection.detector_network import reordered
from worker.reading.errors import ModelError
from worker.reading.networks.quantised import bounds_here, measured_bounds, quantise
from worker.reading.networks.rounding import LEVELS, SMALLEST, WEIGHT_LEVELS, largest_pair, with_zero
from worker.reading.networks.runtime import ModelFile, bundled_model
from worker.reading.recognition import recogniser

Values = NDArray[np.float32]
bounds = st.floats(-100, 100, allow_subnormal=False)


def one_layer(weights: Values) -> openvino.Model:
    entering = opset13.parameter([1, weights.shape[1], 3, 32], np.float32)
    layer = opset13.convolution(entering, opset13.constant(weights), [1, 1], [0, 0], [0, 0], [1, 1])
    layer.set_friendly_name("layer")
    return openvino.Model([layer], [entering])


def output(network: openvino.Model, values: Values, precision: str = "f32") -> Values:
    settings = {"INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": 1}
    return np.asarray(openvino.Core().compile_model(network, "CPU", settings)([values])[0])


def written(rows: int, columns: int, size: float) -> Values:
    page = np.full((rows, columns, 3), 240, np.uint8)
    cv2.putText(page, "Take heart", (10, rows - rows // 4), cv2.FONT_HERSHEY_SIMPLEX, size, (20, 20, 60), 2)
    return np.ascontiguousarray(page.transpose(2, 0, 1)[None] / np.float32(127.5) - 1, np.float32)


@pytest.mark.parametrize(("rows", "columns"), [(96, 320), (160, 160)])
def test_sums_in_another_order_find_the_same_lines(rows: int, columns: int) -> None:
    values = written(rows, columns, columns / 230)
    plain = output(bundled_model(detector.MODEL), values)
    other = output(reordered(bundled_model(detector.MODEL)), values)
    assert plain.max() > 0.8
    np.testing.assert_allclose(other, plain, atol=1e-4)


def test_another_network_is_not_the_detector() -> None:
    with pytest.raises(ModelError, match="line detector"):
        reordered(bundled_model(recogniser.MODEL))


@pytest.mark.parametrize(
    ("name", "model"), [("thorough", recogniser.MODEL), ("quick", recogniser.QUICK_MODEL)]
)
def test_a_line_reads_the_same_in_8_bits(name: str, model: ModelFile) -> None:
    values = written(48, 320, 1.4)
    plain = output(bundled_model(model), values)
    lighter = quantise(bundled_model(model), measured_bounds(name))
    rounded = output(lighter, values)
    assert (plain.argmax(axis=2) == rounded.argmax(axis=2)).all()
    assert np.abs(plain - rounded).mean() < 1e-4


def test_layers_with_bounds_reckon_in_8_bits_and_no_others() -> None:
    network = quantise(bundled_model(recogniser.MODEL), {"Conv.9": (-0.17, 3.0), "Conv.49": (-1.0, 1.0)})
    kinds = Counter(layer.get_type_name() for layer in network.get_ordered_ops())
    assert kinds["FakeQuantize"] == 4


def test_other_layers_than_were_measured_are_refused() -> None:
    values = opset13.parameter([1, 3, 8, 8], np.float32)
    with pytest.raises(ModelError, match=r"no layers \['Conv.9'\]"):
        quantise(openvino.Model([opset13.relu(values)], [values]), {"Conv.9": (-0.17, 3.0)})


@given(bounds, bounds)
def test_zero_is_a_level_and_bounds_hardly_move(first: float, second: float) -> None:
    low, high = min(first, second), max(first, second)
    least, most = with_zero(low, high)
    step = (most - least) / (LEVELS - 1)
    assert least <= 0 <= most
    assert abs(least / step - round(least / step)) < 1e-6
    assert abs(least - min(low, 0.0)) <= step
    assert abs(most - max(high, 0.0)) <= step + 1e-7


@pytest.mark.parametrize("signs", [(1.0,), (-1.0,), (1.0, 1.0, -1.0, -1.0)])
def test_the_largest_sums_do_not_overflow(signs: tuple[float, ...]) -> None:
    weights = np.resize(np.array(signs, np.float32), (16, 64, 1, 1)).copy()
    values = np.maximum(np.sign(signs[0]) * weights[:1], 0) * 2
    entered = np.tile(values, (1, 1, 3, 32))
    expected = output(one_layer(weights), entered)
    found = output(quantise(one_layer(weights), {"layer": (0.0, 2.0)}), entered)
    assert np.abs(expected).min() > 50
    np.testing.assert_allclose(found, expected, rtol=0.01)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="what is tried are instructions of x86")
@pytest.mark.parametrize(("instructions", "exact"), [("AVX2", False), ("AVX512_CORE_VNNI", True)])
def test_whether_sums_are_exact_is_found_out_for_the_processor_as_it_is(
    instructions: str, exact: bool
) -> None:
    if exact and "avx512_vnni" not in Path("/proc/cpuinfo").read_text("utf-8"):
        pytest.skip("this processor has no instruction for it")
    asked = "from worker.reading.networks.exact_sums import sums_are_exact; print(sums_are_exact())"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"ONEDNN_MAX_CPU_ISA": instructions},
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.strip() == str(exact)


@given(arrays(np.float32, (2, 7, 1, 2), elements=st.floats(-10, 10, width=32)))
def test_two_products_of_neighbours_fit_into_16_bits(weights: Values) -> None:
    largest = np.maximum(largest_pair(weights), SMALLEST).reshape(-1, 1, 1, 1)
    steps = np.round(weights / largest * (WEIGHT_LEVELS // 2))
    first, second = steps[:, 0:6:2], steps[:, 1:6:2]
    assert np.abs(steps).max() <= WEIGHT_LEVELS // 2
    assert np.abs(first + second)[first * second > 0].max(initial=0) * (LEVELS - 1) < 2**15


@pytest.mark.parametrize("name", ["thorough", "quick"])
def test_a_processor_of_another_kind_gets_the_plain_network(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert bounds_here(name) == {}
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert bounds_here(name) == measured_bounds(name)
