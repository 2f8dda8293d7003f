"""Plain signs, such as a cross or a star: found by their outline at any size and angle.

A plain sign has too few features to be matched by them. Each patch of ink that is far larger than the
writing is taken as a shape about its own centre, in polar coordinates with its radius as unit: a turn
is then a shift, which one Fourier transform tries for all angles at once (as in Reddy and Chatterji 1996).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.place import Place

Mask = NDArray[np.uint8]
Signature = NDArray[np.float32]

ANGLES = 72
RADII = 20
MASK_SIDE = 96
LIKENESS_MIN = 0.92
# What is drawn by hand is never quite the sample.
DRAWN_LIKENESS_MIN = 0.9
# A shape that fills its convex hull is a disc, a bar or a sheet: too plain to mean anything.
SOLIDITY_MAX = 0.88
MAIN_PART_MIN = 0.8
# A sign is larger than a letter: this many times the usual height of what is written there ...
TIMES_WRITING = 1.8
# ... and this share of the card's long side.
SHARE_MIN = 0.035
SHARE_MAX = 0.9
# Strokes thinner than this share of the card's long side are a pen's.
PEN_SHARE = 0.006
LETTER_MIN = 0.006
LETTERS_MIN = 8
CONTRAST_MIN = 22.0
RIM_INK_MAX = 0.05
STROKES = (0.06, 0.12, 0.2)
# Drawn with a thin pen, a sign becomes comparable once its strokes are made this much thicker.
THICKENED = (0.1, 0.16)
# An arc with one notch, such as a crescent, is thickened into what large letters are thickened into.
NOTCHES_MIN = 3
NOTCH_DEPTH_MIN = 0.08
PATCHES_MAX = 40
# Without the filling, what lies outside the mask is whatever stood in memory.
_POLAR = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch of ink on the card: its filled shape, and its corner and size in pixels."""

    mask: Mask
    x: int
    y: int

    def place(self) -> Place:
        """The upright frame around it."""
        height, width = self.mask.shape
        x, y = float(self.x), float(self.y)
        return Place(np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]))


@dataclass(frozen=True, slots=True)
class Outline:
    """A sign in several widths of stroke; ``drawn`` if it can be told when drawn by hand."""

    signatures: tuple[Signature, ...]
    drawn: bool


class Shape:
    """A patch of ink, ready to be compared with outlines."""

    def __init__(self, patch: Patch) -> None:
        self.place = patch.place()
        # Made smaller, a thin stroke is faint: whatever is left of it counts.
        self._square = _square(patch.mask, 1)
        self._as_it_is = signature_of(patch.mask)

    def is_like(self, outline: Outline) -> float:
        """How like the outline it is: 0 where it is not the same sign, else its likeness, up to 1."""
        best = max(likeness(self._as_it_is, signature) for signature in outline.signatures)
        if best >= LIKENESS_MIN:
            return best
        if not outline.drawn:
            return 0.0
        best = max(
            likeness(thick, signature) for thick in self._thickened for signature in outline.signatures
        )
        return best if best >= DRAWN_LIKENESS_MIN else 0.0

    @cached_property
    def _thickened(self) -> list[Signature]:
        return [signature_of(_drawn_with(self._square, share)) for share in THICKENED]


def ink_of(picture: NDArray[np.uint8]) -> Mask:
    """Where an RGB picture differs from the paper around, by brightness or colour: 255, elsewhere 0."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)
    height, width = (max(round(length * 100 / max(lab.shape)), 1) for length in lab.shape[:2])
    small = cv2.resize(lab, (width, height), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(np.asarray(small, np.uint8), 51)
    paper = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    apart = np.linalg.norm(lab.astype(np.float32) - paper.astype(np.float32), axis=2)
    ink = (apart > CONTRAST_MIN).astype(np.uint8) * 255
    # Crayon and a pen's second stroke leave gaps that no eye sees.
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)


def patches_of(ink: Mask) -> list[Patch]:
    """The patches of ink that are large enough to be a sign, with and without thin strokes.

    Writing that runs into a bold sign would otherwise make one patch with it.
    """
    least = max(max(ink.shape) * SHARE_MIN, _height_of_writing(ink) * TIMES_WRITING)
    width = max(round(max(ink.shape) * PEN_SHARE), 3)
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    bold = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, pen), np.uint8)
    return _large_patches(ink, least) + _large_patches(bold, least)


def _height_of_writing(ink: Mask) -> float:
    """The median height in pixels of the patches that can be letters; 0 where there is hardly any."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    written = heights[heights > max(ink.shape) * LETTER_MIN]
    return float(np.median(written)) if len(written) >= LETTERS_MIN else 0.0


def _large_patches(ink: Mask, least: float) -> list[Patch]:
    """The largest patches first; the long side of each is at least ``least`` pixels."""
    most = max(ink.shape) * SHARE_MAX
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        if least <= max(width, height) <= most and min(width, height) >= least / 4:
            found.append((max(width, height), index, (x, y, width, height)))
    found.sort(reverse=True)
    return [
        Patch(_filled(labels[y : y + height, x : x + width] == index), x, y)
        for _, index, (x, y, width, height) in found[:PATCHES_MAX]
    ]


def outline_of_sample(picture: NDArray[np.uint8]) -> Outline | None:
    """A sample's outline; None if it is no plain sign."""
    ink = _ink_of_sample(picture)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return None
    main = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[main, cv2.CC_STAT_AREA] < MAIN_PART_MIN * stats[1:, cv2.CC_STAT_AREA].sum():
        return None
    x, y, width, height, _ = (int(value) for value in stats[main])
    mask = _square(_filled(labels[y : y + height, x : x + width] == main))
    if _solidity(mask) > SOLIDITY_MAX:
        return None
    signatures = tuple(signature_of(variant) for variant in _stroke_widths(mask))
    return Outline(signatures, drawn=_notches(mask) >= NOTCHES_MIN)


def trimmed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A sample without the plain ground around its sign; as it is where it has none."""
    ink = _ink_of_sample(picture)
    rim = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    ys, xs = np.nonzero(ink)
    if np.count_nonzero(rim) > RIM_INK_MAX * rim.size or len(xs) == 0:
        return picture
    return np.ascontiguousarray(picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1])


def signature_of(mask: Mask) -> Signature:
    """The shape about its centre, (ANGLES, RADII), its mean taken off and its norm 1."""
    if not np.any(mask):
        return np.zeros((ANGLES, RADII), np.float32)
    moments = cv2.moments(mask, binaryImage=True)
    centre = (moments["m10"] / moments["m00"], moments["m01"] / moments["m00"])
    ys, xs = np.nonzero(mask)
    radius = float(np.hypot(xs - centre[0], ys - centre[1]).max()) + 0.5
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), max(radius * 0.04, 0.5))
    polar = cv2.warpPolar(soft, (RADII, ANGLES), centre, radius, _POLAR)
    # A ring counts by its length, or the middle, where every shape is alike, would outweigh the outline.
    weighted = polar * np.sqrt(np.arange(1, RADII + 1, dtype=np.float32))
    weighted -= weighted.mean()
    return np.asarray(weighted / max(float(np.linalg.norm(weighted)), 1e-6), np.float32)


def likeness(first: Signature, second: Signature) -> float:
    """The highest correlation (-1 to 1) of two signatures over all turns."""
    turned = np.fft.irfft(np.fft.rfft(first, axis=0) * np.fft.rfft(second, axis=0).conj(), ANGLES, axis=0)
    return float(turned.sum(axis=1).max())


def _ink_of_sample(picture: NDArray[np.uint8]) -> Mask:
    """What differs from the colour of the sample's own rim."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    apart = np.linalg.norm(lab - np.median(rim, axis=0), axis=2)
    return np.asarray((apart > max(CONTRAST_MIN, float(apart.max()) / 3)) * np.uint8(255), np.uint8)


def _filled(part: NDArray[np.bool_]) -> Mask:
    mask = np.zeros(part.shape, np.uint8)
    outlines, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(mask, outlines, -1, 255, cv2.FILLED)
    return mask


def _square(mask: Mask, least: int = 128) -> Mask:
    """The shape at a fixed size, with room for a wider stroke; fainter than ``least`` is left out."""
    scale = MASK_SIDE / max(mask.shape)
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rim = MASK_SIDE // 8
    framed = cv2.copyMakeBorder(small, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=0)
    return np.asarray((framed >= least) * np.uint8(255), np.uint8)


def _solidity(mask: Mask) -> float:
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.contourArea(cv2.convexHull(outline))
    return float(np.count_nonzero(mask)) / max(hull, 1.0)


def _stroke_widths(mask: Mask) -> Iterator[Mask]:
    """The shape as it is, and drawn along its middle line with pens of several widths."""
    yield mask
    middle = _middle_line(mask)
    for share in STROKES:
        drawn = _drawn_with(middle, share)
        if _solidity(drawn) <= SOLIDITY_MAX:
            yield _filled(drawn > 0)


def _drawn_with(mask: Mask, share: float) -> Mask:
    """The shape drawn over with a round pen, its width a share of the shape's size."""
    width = max(round(share * MASK_SIDE), 3)
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.asarray(cv2.dilate(mask, pen), np.uint8)


def _notches(mask: Mask) -> int:
    """How many deep notches the outline has within its convex hull."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    defects = cv2.convexityDefects(outline, cv2.convexHull(outline, returnPoints=False))
    # Depths are in 256ths of a pixel.
    return int((np.asarray(defects).reshape(-1, 4)[:, 3] > NOTCH_DEPTH_MIN * MASK_SIDE * 256).sum())


def _middle_line(mask: Mask) -> Mask:
    """The morphological skeleton (Lantuéjoul 1977)."""
    pen = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    line = np.zeros_like(mask)
    rest = mask
    while np.any(rest):
        worn = np.asarray(cv2.erode(rest, pen), np.uint8)
        line |= rest & ~np.asarray(cv2.dilate(worn, pen), np.uint8)
        rest = worn
    return line
