"""A reading child that opens scans as the real one does, and reads nothing of them: it starts at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailroom.finding import Lane
from mailroom.pictures import PictureLimits, load_page
from tests import house

TARGET = f"{__name__}:build"


def build() -> Callable[[dict[str, Any]], dict[str, Any]]:
    return _answer


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    for side in request["sides"]:
        load_page(Path(side["path"]), side["page"], PictureLimits(**request["limits"]))
    side = {"reading": house.make_reading().as_data(), "view": "dmlldw==", "thumbnail": "dGh1bWI="}
    screening = house.make_screening(Lane.DESK).as_data()
    return {"sides": [side for _ in request["sides"]], "screening": screening}
