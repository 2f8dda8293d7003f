"""OpenVINO, set up to be small: one thread, and what it keeps for few sizes of input.

Lines come in some fifty widths, and a network has to make ready for each: 5 to 8 ms unless it has kept
that, some forty pieces a width. Keeping 128 pieces instead of 16 would save 2 % of a page for 28 MB, 400
pieces 4 % for 44 MB.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

from worker.one_thread import ONE_THREAD
from worker.reading.errors import EngineError, ModelError

KEPT = "16"


def bundled_model(name: str) -> openvino.Model:
    """A model inside the installed rapidocr wheel, found without importing it.

    Importing rapidocr costs 0.7 s and code that downloads what it misses; its model files are all
    that is used here. Raises ModelError when the wheel or the file is missing or broken.
    """
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModelError("the package rapidocr is not installed: it holds the recognition models")
    path = Path(spec.origin).parent / "models" / name
    if not path.is_file():
        raise ModelError(f"the installed rapidocr has no model {name}: install the pinned version")
    try:
        return openvino.Core().read_model(path)
    except RuntimeError as error:
        raise ModelError(f"{name} cannot be loaded: {error}") from error


def characters_of(model: openvino.Model) -> tuple[str, ...]:
    """The alphabet stored in a model, in the order of its classes, without the blank."""
    framework: Any = model.get_rt_info()["framework"] if model.has_rt_info("framework") else {}
    return tuple(framework["character"].value.splitlines()) if "character" in framework else ()


class Network:
    """One compiled model with one input and one output."""

    def __init__(self, model: openvino.Model) -> None:
        """Make the model ready to run; raises ModelError."""
        settings = ONE_THREAD | {"CPU_RUNTIME_CACHE_CAPACITY": KEPT}
        try:
            self._request = openvino.Core().compile_model(model, "CPU", settings).create_infer_request()
        except RuntimeError as error:
            raise ModelError(f"a network cannot be made ready: {error}") from error

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The output for one input; valid until the next call. Raises EngineError."""
        try:
            self._request.infer([values], share_inputs=True)
        except RuntimeError as error:
            raise EngineError(f"OpenVINO failed on an input of shape {values.shape}: {error}") from error
        return np.asarray(self._request.get_output_tensor().data)
