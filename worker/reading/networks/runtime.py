"""OpenVINO, set up to be small: one thread, and what it keeps for a few sizes of input.

A network has to make ready for each size of input, some milliseconds for a line or a side, unless it has
kept what it made, some eighty pieces a size. docs/decisions/0115.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import openvino
from numpy.typing import NDArray

from mailroom.installed import folder_of
from worker.inference import INFERENCE
from worker.prepared.forms import network_form
from worker.prepared.store import prepared
from worker.reading.errors import EngineError, ModelError
from worker.reading.geometry import Picture

PIECES = 80
MIDDLE = 127.5


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file among the models that an installed package carries."""

    package: str
    place: str

    def path(self) -> Path:
        """Where it lies; raises ModelError when the package or the file is missing."""
        folder = folder_of(self.package)
        if folder is None:
            raise ModelError(
                f"the package {self.package} is not installed: install what requirements.txt pins"
            )
        path = folder / "models" / self.place
        if not path.is_file():
            raise ModelError(f"the installed {self.package} has no {self.place}: install the pinned one")
        return path


def bundled_model(file: ModelFile) -> openvino.Model:
    """The model of a package; raises ModelError when it is missing or broken."""
    path = file.path()
    try:
        return openvino.Core().read_model(path)
    except RuntimeError as error:
        raise ModelError(f"{file.place} of {file.package} cannot be loaded: {error}") from error


def characters_of(model: openvino.Model) -> tuple[str, ...]:
    """The alphabet stored in a model, in the order of its classes, without the blank."""
    framework: Any = model.get_rt_info()["framework"] if model.has_rt_info("framework") else {}
    return tuple(framework["character"].value.splitlines()) if "character" in framework else ()


def as_values(picture: Picture) -> NDArray[np.float32]:
    """An RGB picture as the models were trained: blue first, -1 to 1, shape (1, 3, height, width)."""
    values = cv2.dnn.blobFromImage(picture, 1 / MIDDLE, mean=(MIDDLE, MIDDLE, MIDDLE), swapRB=True)
    return np.asarray(values, np.float32)


def _settings(sizes: int) -> dict[str, object]:
    return INFERENCE | {"CPU_RUNTIME_CACHE_CAPACITY": str(sizes * PIECES)}


def _compiled(model: openvino.Model, settings: Mapping[str, object]) -> openvino.CompiledModel:
    try:
        return openvino.Core().compile_model(model, "CPU", dict(settings))
    except RuntimeError as error:
        raise ModelError(f"a network cannot be made ready: {error}") from error


class Network:
    """One compiled model with one input and one output."""

    def __init__(self, compiled: openvino.CompiledModel) -> None:
        self._request = compiled.create_infer_request()

    @classmethod
    def prepared(cls, name: str, model: Callable[[], openvino.Model], sizes: int) -> Network:
        """The network kept under a name, or made of a model; keeps what it needs for so many sizes.

        Raises ModelError.
        """
        settings = _settings(sizes)
        form = network_form(settings)
        return cls(prepared(name, form, lambda: _compiled(model(), settings)))

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The output for one input; valid until the next call. Raises EngineError."""
        try:
            self._request.infer([values], share_inputs=True)
        except RuntimeError as error:
            raise EngineError(f"OpenVINO failed on an input of shape {values.shape}: {error}") from error
        return np.asarray(self._request.get_output_tensor().data)
