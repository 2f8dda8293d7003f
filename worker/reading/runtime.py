"""OpenVINO, set up to be small: one thread, one stream, and what it keeps for few sizes of input.

Lines come in some fifty widths: keeping everything for each takes 50 MB and saves no time that can be
measured.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray

from worker.reading.errors import EngineError, ModelError


def bundled_model(name: str) -> Path:
    """The path of a model inside the installed rapidocr wheel, found without importing it.

    Importing rapidocr costs 0.7 s and code that downloads what it misses; its model files are all
    that is used here. Raises ModelError when the wheel or the file is missing.
    """
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModelError("the package rapidocr is not installed: it holds the recognition models")
    path = Path(spec.origin).parent / "models" / name
    if not path.is_file():
        raise ModelError(f"the installed rapidocr has no model {name}: install the pinned version")
    return path


class Network:
    """One compiled model with one input and one output."""

    def __init__(self, path: Path) -> None:
        core = openvino.Core()
        settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "CPU_RUNTIME_CACHE_CAPACITY": "16"}
        try:
            model = core.read_model(path)
            self._request = core.compile_model(model, "CPU", settings).create_infer_request()
        except RuntimeError as error:
            raise ModelError(f"{path.name} cannot be loaded: {error}") from error
        self._model = model

    def characters(self) -> tuple[str, ...]:
        """The alphabet stored in the model, in the order of its classes, without the blank."""
        framework: Any = self._model.get_rt_info()["framework"]
        return tuple(framework["character"].value.splitlines())

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The output for one input; valid until the next call. Raises EngineError."""
        try:
            self._request.infer([values], share_inputs=True)
        except RuntimeError as error:
            raise EngineError(f"OpenVINO failed on an input of shape {values.shape}: {error}") from error
        return np.asarray(self._request.get_output_tensor().data)
