"""Smooth and fine random fields, from which paper, ink and unsteady hands are made."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


def smooth(shape: tuple[int, int], wavelength: float, rng: np.random.Generator) -> Field:
    """A field (height, width) of about unit variance that changes over ``wavelength`` pixels."""
    height, width = shape
    rows = max(4, int(height / wavelength) + 3)
    columns = max(4, int(width / wavelength) + 3)
    grid = rng.normal(0, 1, (rows, columns)).astype(np.float32)
    # Cubic interpolation evens the grid out; the factor restores the variance.
    field = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) * 1.4
    return np.asarray(field, dtype=np.float32)


def fine(shape: tuple[int, int], sigma: float, rng: np.random.Generator) -> Field:
    """Grain of unit variance, blurred by ``sigma`` pixels (0: none)."""
    noise = rng.standard_normal(shape, dtype=np.float32)
    if sigma <= 0:
        return noise
    blurred = cv2.GaussianBlur(noise, (0, 0), sigma)
    return np.asarray(blurred / max(float(blurred.std()), 1e-6), dtype=np.float32)


def displace(
    image: NDArray[np.uint8], amplitude: float, wavelength: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Shift each pixel of ``image`` by up to a few times ``amplitude`` pixels, smoothly."""
    height, width = image.shape[:2]
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    shift_x = smooth((height, width), wavelength, rng) * np.float32(amplitude)
    shift_y = smooth((height, width), wavelength, rng) * np.float32(amplitude)
    return np.asarray(
        cv2.remap(image, grid_x + shift_x, grid_y + shift_y, cv2.INTER_LINEAR), dtype=np.uint8
    )
