"""The reading child: opens scans, reads and screens them, in a sandbox of its own.

It gets the path of a scan in the vault and gives back plain data; it writes nothing and knows no
database.
"""

from __future__ import annotations

import base64
import gc
import logging
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mailroom.finding import Finding
from mailroom.pictures import PictureLimits, Raster, inspect, load_page, view_jpeg
from mailroom.reading import Reading
from mailroom.scope import Scope
from worker.reading.reader import Reader
from worker.sandboxed import MODELS_FOLDER
from worker.screening.learning.model_store import BUILT_IN, ModelStore
from worker.screening.marks.finder import MarkFinder
from worker.screening.meaning.model import ClassifierError
from worker.screening.screener import Screener

VIEW_PIXELS = 1800
THUMBNAIL_PIXELS = 360
SHORT_TURNS = 0.0005

Answer = dict[str, Any]

log = logging.getLogger(__name__)


def load() -> Callable[[Answer], Answer]:
    """Load models and rule packs, and return the function that answers requests."""
    # Half a million objects come to stay: looking them through for what could go again takes half a second.
    gc.disable()
    # What loads side by side would otherwise wait for each other five milliseconds at a time.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURNS)
    child = ReadingChild()
    sys.setswitchinterval(interval)
    gc.freeze()
    gc.enable()
    return child.answer


class ReadingChild:
    """Answers requests by what they ask to ``do``.

    ``inspect``: how many pages a file has; ``read``: scans to readings and a screening; ``screen``:
    readings to a screening, with ``others``, the findings that no reading shows; ``screen_many``: the
    same for many cards, each naming its scope by its place among ``scopes``; ``look``: the same, once
    marks have been sought on the scans anew.
    """

    def __init__(self) -> None:
        # Side by side: networks are made ready in native code while rule packs are parsed in Python.
        with ThreadPoolExecutor(1) as beside:
            reader = beside.submit(Reader)
            self._screener = Screener()
            self._reader = reader.result()
        self._marks = MarkFinder()
        folder = os.environ.get(MODELS_FOLDER)
        self._models = ModelStore(Path(folder)) if folder else None
        self._model = BUILT_IN

    def answer(self, request: Answer) -> Answer:
        """Answer one request; raises PictureError and ReadingError."""
        self._follow_model()
        if request["do"] == "screen_many":
            return self._screen_many(request)
        limits = PictureLimits(**request["limits"])
        if request["do"] == "inspect":
            return {"pages": len(inspect(Path(request["path"]), limits))}
        scope = Scope.from_data(request["scope"])
        if request["do"] == "read":
            return self._read_card(request, scope, limits)
        readings = [Reading.from_data(data) for data in request["readings"]]
        others = [Finding.from_data(data) for data in request["others"]]
        if request["do"] == "look":
            others += self._look(request["sides"], scope, limits)
        return {"screening": self._screener.screen(readings, scope, others).as_data()}

    def _follow_model(self) -> None:
        """Screen with the model in use by now; one that cannot be read leaves things as they are."""
        if self._models is None or self._models.in_use == self._model:
            return
        self._model = self._models.in_use
        try:
            self._screener.use(self._models.load(self._model))
        except ClassifierError as error:
            log.warning("%s Screening goes on with the model that it had.", error)

    def _screen_many(self, request: Answer) -> Answer:
        scopes = [Scope.from_data(data) for data in request["scopes"]]
        cards = [
            (
                [Reading.from_data(data) for data in card["readings"]],
                scopes[card["scope"]],
                [Finding.from_data(data) for data in card["others"]],
            )
            for card in request["cards"]
        ]
        return {"screenings": [screening.as_data() for screening in self._screener.screen_many(cards)]}

    def _read_card(self, request: Answer, scope: Scope, limits: PictureLimits) -> Answer:
        sides: list[Answer] = []
        readings: list[Reading] = []
        marks: list[Finding] = []
        for number, side in enumerate(request["sides"]):
            picture = load_page(Path(side["path"]), side["page"], limits)
            reading = self._reader.read(picture, scope.languages)
            found = self._marks.find(picture, scope.marks, limits)
            marks += [finding.on_side(number) for finding in found]
            readings.append(reading)
            sides.append({"reading": reading.as_data()})
            if request["views"]:
                sides[-1] |= _views(picture, reading.rotation)
        screening = self._screener.screen(readings, scope, marks)
        return {"sides": sides, "screening": screening.as_data()}

    def _look(self, sides: list[Answer], scope: Scope, limits: PictureLimits) -> list[Finding]:
        return [
            finding.on_side(number)
            for number, side in enumerate(sides)
            for finding in self._marks.find(
                load_page(Path(side["path"]), side["page"], limits), scope.marks, limits
            )
        ]


def _views(picture: Raster, rotation: int) -> dict[str, str]:
    pictures = {
        "view": view_jpeg(picture, rotation, VIEW_PIXELS),
        "thumbnail": view_jpeg(picture, rotation, THUMBNAIL_PIXELS),
    }
    return {name: base64.b64encode(content).decode("ascii") for name, content in pictures.items()}
