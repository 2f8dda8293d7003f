"""Finds a campaign's marks in the picture of a card's side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.finding import MARK_RULE, Finding, Severity
from mailroom.pictures import PictureLimits, Raster, load_page
from mailroom.scope import MarkSample
from worker.screening.marks.colours import ColourSample, Rectangles
from worker.screening.marks.features import (
    CARD_FEATURES_MAX,
    Features,
    features_of,
    features_of_sample,
    find_by_features,
)
from worker.screening.marks.ink import ink_of, trimmed
from worker.screening.marks.outline import Outline, outline_of_sample
from worker.screening.marks.patches import patches_of
from worker.screening.marks.place import Place
from worker.screening.marks.shapes import Shape

CARD_SIDE = 1000
SAMPLE_SIDE = 256
KEPT_SAMPLES = 200
# With fewer, hardly any card that has the sign would show enough of them.
FEATURES_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought of a sample: its grey picture, its features, its outline and its colours."""

    grey: NDArray[np.uint8]
    features: Features
    outline: Outline | None
    colours: ColourSample

    @property
    def can_be_found(self) -> bool:
        """Whether there is enough in the sample to know it again."""
        return bool(len(self.features.points) >= FEATURES_ENOUGH or self.outline or self.colours.is_plain)


class MarkFinder:
    """Looks for samples on cards; what is sought of a sample is worked out once and kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Sought] = {}

    def find(self, picture: Raster, marks: Sequence[MarkSample], limits: PictureLimits) -> list[Finding]:
        """The marks on a side, boxes in pixels of ``picture``; nothing is done where there are no marks.

        Raises PictureError or OSError for a sample that cannot be opened.
        """
        if not marks:
            return []
        card = _Card(picture)
        found = []
        for mark in marks:
            place = card.place_of(self._sought(mark, limits))
            if place is not None:
                found.append(_finding(mark, place, card))
        return found

    def _sought(self, mark: MarkSample, limits: PictureLimits) -> Sought:
        path = Path(mark.picture)
        key = (mark.picture, path.stat().st_mtime_ns)
        if key not in self._kept:
            if len(self._kept) >= KEPT_SAMPLES:
                self._kept.clear()
            self._kept[key] = sought_of(load_page(path, 0, limits))
        return self._kept[key]


def sought_of(picture: Raster) -> Sought:
    """Work out once what is sought of a sample."""
    small = reduced(picture, SAMPLE_SIDE)
    sign = trimmed(small)
    grey = _grey(sign)
    return Sought(grey, features_of_sample(grey), outline_of_sample(small), ColourSample(sign))


class _Card:
    """A side at a reduced size, with what every sample is compared to, worked out once."""

    def __init__(self, picture: Raster) -> None:
        self.height, self.width = picture.shape[:2]
        small = reduced(picture, CARD_SIDE)
        self.scale = max(picture.shape[:2]) / max(small.shape[:2])
        self._grey = _grey(small)
        self._features = features_of(self._grey, CARD_FEATURES_MAX)
        ink = ink_of(small)
        self._shapes = [Shape(patch) for patch in patches_of(ink)]
        self._rectangles = Rectangles(small, ink)

    def place_of(self, sample: Sought) -> Place | None:
        place = find_by_features(self._grey, self._features, sample.grey, sample.features)
        if place is None:
            place = self._place_of_outline(sample.outline)
        if place is None and sample.colours.is_plain:
            place = self._rectangles.place_of(sample.colours)
        return place

    def _place_of_outline(self, outline: Outline | None) -> Place | None:
        if outline is None:
            return None
        best = max(self._shapes, key=lambda shape: shape.likeness_to(outline), default=None)
        return best.place if best is not None and best.likeness_to(outline) > 0 else None


def _finding(mark: MarkSample, place: Place, card: _Card) -> Finding:
    reason = f"The picture holds something that looks like the mark “{mark.name}”."
    box = place.box(card.scale, card.width, card.height)
    return Finding(mark.label, f"{MARK_RULE}{mark.name}", Severity.LOOK, "", reason, box)


def reduced(picture: Raster, long_side: int) -> Raster:
    """The picture with no side over ``long_side`` pixels."""
    scale = long_side / max(picture.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(picture)
    size = (max(round(picture.shape[1] * scale), 1), max(round(picture.shape[0] * scale), 1))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _grey(picture: Raster) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
