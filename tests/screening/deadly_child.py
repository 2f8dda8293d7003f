"""Reading children that deadly cards end: the child itself, or the worker that it works for."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailroom.finding import Lane
from tests import house
from tests.screening import light_child

ITSELF = f"{__name__}:build_for_itself"
WORKER = f"{__name__}:build_for_worker"
# What the scan, or the text, of a deadly card begins with.
DEADLY = "deadly"

Target = Callable[[dict[str, Any]], dict[str, Any]]


def build_for_itself() -> Target:
    return _with_victim(os.getpid())


def build_for_worker() -> Target:
    return _with_victim(os.getppid())


def _with_victim(process: int) -> Target:
    read = light_child.build()

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if _is_deadly(request):
            os.kill(process, signal.SIGKILL)
        if request["do"] == "read":
            return read(request)
        return {"screenings": [house.make_screening(Lane.GLANCE).as_data() for _ in request["cards"]]}

    return answer


def _is_deadly(request: dict[str, Any]) -> bool:
    scans = [Path(side["path"]).read_bytes() for side in request.get("sides", [])]
    texts = [card["readings"][0]["text"] for card in request.get("cards", [])]
    return any(scan.startswith(DEADLY.encode()) for scan in scans) or DEADLY in texts
