"""A shape about its own centre, in polar coordinates with its radius as unit.

A turn is then a shift, which one Fourier transform tries for all angles at once (as in Reddy and Chatterji
1996).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.ink import Mask

ANGLES = 72
RADII = 20
# Without the filling, what lies outside the mask is whatever stood in memory.
_POLAR = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS

Signature = NDArray[np.float32]


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
