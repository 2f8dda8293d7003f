"""In what form things are kept: Python objects, and networks.

Both are mapped from their files: only what is used takes memory, and all processes share it.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openvino

from worker.prepared.store import Form

_ALIGNED = 64
_ARRAYS = ".arrays"
# A network looks at its file for as long as it runs, and holds on to nothing of it.
_networks_mapped: list[openvino.Tensor] = []


def _keep_object(thing: object, path: Path) -> None:
    """An object in one file, the numbers of its arrays in another: Python's PEP 574."""
    arrays: list[pickle.PickleBuffer] = []
    content = pickle.dumps(thing, protocol=5, buffer_callback=arrays.append)
    spans: list[tuple[int, int]] = []
    with path.with_suffix(_ARRAYS).open("wb") as file:
        for array in arrays:
            raw = array.raw()
            spans.append((file.tell(), raw.nbytes))
            file.write(raw)
            file.write(bytes(-raw.nbytes % _ALIGNED))
    with path.open("wb") as file:
        pickle.dump(spans, file)
        file.write(content)


def _find_object(path: Path) -> Any:
    arrays = path.with_suffix(_ARRAYS)
    with path.open("rb") as file:
        spans = pickle.load(file)  # noqa: S301 - kept where only who can change the program can write
        mapped = np.memmap(arrays, np.uint8, "r") if arrays.stat().st_size else np.zeros(0, np.uint8)
        return pickle.load(file, buffers=[mapped[at : at + size] for at, size in spans])  # noqa: S301


OBJECT: Form[Any] = Form(_keep_object, _find_object)
"""A Python object of classes that pickle knows; its arrays come back read-only."""


def network_form(settings: Mapping[str, object]) -> Form[openvino.CompiledModel]:
    """A network compiled by OpenVINO, found again to run with these settings."""

    def keep(network: openvino.CompiledModel, path: Path) -> None:
        path.write_bytes(network.export_model().getvalue())

    def find(path: Path) -> openvino.CompiledModel:
        # OpenVINO takes what can be written alone; what it writes stays with this process.
        mapped = openvino.Tensor(np.memmap(path, np.uint8, "c"), shared_memory=True)
        _networks_mapped.append(mapped)
        return openvino.Core().import_model(mapped, "CPU", dict(settings))

    return Form(keep, find)
