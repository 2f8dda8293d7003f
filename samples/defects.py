"""What scanning does to a card: tilt, turns, shadow, weak contrast, blur, compression."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mailroom.reading import Box
from samples.noise import Field, fine
from samples.truth import Picture, Sample, Truth

BED_MM = 3.0
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Defects:
    """How a scan went wrong.

    ``tilt`` is the card's clockwise lean in degrees; ``rotation`` the clockwise turn (0, 90, 180, 270)
    that would set the picture upright; ``shadow`` and ``fade`` run from 0 to 1; ``blur`` is a sigma in
    pixels at 200 dpi; ``jpeg`` a quality, or None for no compression; ``bed`` the grey behind the card.
    """

    tilt: float = 0.0
    rotation: int = 0
    shadow: float = 0.0
    fade: float = 0.0
    blur: float = 0.0
    jpeg: int | None = None
    bed: int = 224


def scan(paper: Field, truth: Truth, defects: Defects, rng: np.random.Generator) -> Sample:
    """The finished scan of an inked ``paper`` (height, width, 3), with boxes moved to their new places."""
    light = _shade(paper, defects, rng)
    light, truth = _tilt(light, truth, defects)
    if defects.blur:
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), defects.blur * truth.dpi / 200), np.float32)
    light = light + fine(light.shape[:2], 0.5, rng)[..., None] * 0.7
    picture = np.clip(light, 0, 255).astype(np.uint8)
    picture, truth = _turn(picture, truth, defects.rotation)
    return Sample(compress(picture, defects.jpeg) if defects.jpeg else picture, truth)


def compress(picture: Picture, quality: int) -> Picture:
    """The picture after a round through JPEG."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer), dtype=np.uint8)


def _shade(paper: Field, defects: Defects, rng: np.random.Generator) -> Field:
    if defects.fade:
        middle = paper.mean(axis=(0, 1), keepdims=True)
        paper = paper + (middle - paper) * np.float32(defects.fade)
    if not defects.shadow:
        return paper
    height, width = paper.shape[:2]
    angle = rng.uniform(0, 2 * math.pi)
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j]
    slope = np.cos(angle) * x + np.sin(angle) * y
    return np.asarray(paper * (1 - defects.shadow * np.clip(slope + 0.4, 0, 1)[..., None]), np.float32)


def _tilt(light: Field, truth: Truth, defects: Defects) -> tuple[Field, Truth]:
    if not defects.tilt:
        return light, truth
    height, width = light.shape[:2]
    angle = math.radians(defects.tilt)
    bed = round(BED_MM / MM_PER_INCH * truth.dpi)
    new_width = round(width * math.cos(angle) + height * abs(math.sin(angle))) + 2 * bed
    new_height = round(height * math.cos(angle) + width * abs(math.sin(angle))) + 2 * bed
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -defects.tilt, 1.0), np.float64)
    matrix[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    border = (float(defects.bed),) * 3
    turned = cv2.warpAffine(
        light, matrix, (new_width, new_height), flags=cv2.INTER_CUBIC, borderValue=border
    )
    lines = tuple(line.moved(lambda box: _mapped(box, matrix)) for line in truth.lines)
    return np.asarray(turned, np.float32), replace(truth, lines=lines, tilt=defects.tilt)


def _mapped(box: Box, matrix: NDArray[np.float64]) -> Box:
    x0, y0, x1, y1 = box
    corners = np.asarray([(x0, y0, 1), (x1, y0, 1), (x1, y1, 1), (x0, y1, 1)], np.float64) @ matrix.T
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)


def _turn(picture: Picture, truth: Truth, rotation: int) -> tuple[Picture, Truth]:
    """Turn the picture anticlockwise by ``rotation``, so that as much clockwise sets it upright."""
    lines = truth.lines
    for _ in range(rotation // 90):
        width = picture.shape[1]
        picture = np.ascontiguousarray(np.rot90(picture))
        lines = tuple(line.moved(lambda box, width=width: _quarter(box, width)) for line in lines)  # type: ignore[misc]
    return picture, replace(truth, rotation=rotation, lines=lines)


def _quarter(box: Box, width: int) -> Box:
    x0, y0, x1, y1 = box
    return y0, width - x1, y1, width - x0
