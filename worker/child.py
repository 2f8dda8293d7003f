"""The reading child: opens scans, reads and screens them, in a sandbox of its own.

It gets the path of a scan in the vault and gives back plain data; it writes nothing and knows no
database.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailroom.pictures import PictureLimits, inspect, load_page, view_jpeg
from mailroom.reading import Reading
from mailroom.scope import Scope
from worker.reading.reader import Reader
from worker.screening.screener import Screener

VIEW_PIXELS = 1800
THUMBNAIL_PIXELS = 360

Answer = dict[str, Any]


def load() -> Callable[[Answer], Answer]:
    """Load models and rule packs, and return the function that answers requests."""
    child = ReadingChild()
    return child.answer


class ReadingChild:
    """Answers requests by what they ask to ``do``.

    ``inspect``: how many pages a file has; ``read``: scans to readings and a screening; ``screen``:
    readings to a screening.
    """

    def __init__(self) -> None:
        self._reader = Reader()
        self._screener = Screener()

    def answer(self, request: Answer) -> Answer:
        """Answer one request; raises PictureError and ReadingError."""
        limits = PictureLimits(**request["limits"])
        if request["do"] == "inspect":
            return {"pages": len(inspect(Path(request["path"]), limits))}
        scope = Scope.from_data(request["scope"])
        if request["do"] == "screen":
            readings = [Reading.from_data(data) for data in request["readings"]]
            return {"screening": self._screener.screen(readings, scope).as_data()}
        sides = [self._read(side, scope, limits, views=request["views"]) for side in request["sides"]]
        screening = self._screener.screen([reading for reading, _ in sides], scope)
        return {
            "sides": [{"reading": reading.as_data(), **views} for reading, views in sides],
            "screening": screening.as_data(),
        }

    def _read(
        self, side: Answer, scope: Scope, limits: PictureLimits, *, views: bool
    ) -> tuple[Reading, dict[str, str]]:
        picture = load_page(Path(side["path"]), side["page"], limits)
        reading = self._reader.read(picture, scope.languages)
        if not views:
            return reading, {}
        pictures = {
            "view": view_jpeg(picture, reading.rotation, VIEW_PIXELS),
            "thumbnail": view_jpeg(picture, reading.rotation, THUMBNAIL_PIXELS),
        }
        return reading, {
            name: base64.b64encode(content).decode("ascii") for name, content in pictures.items()
        }
