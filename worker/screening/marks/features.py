"""Signs with detail in them: found by local features at any size and angle.

Method: SIFT (Lowe 2004) with Hellinger distances (Arandjelović and Zisserman 2012), the ratio test from
the sample to the card and from the card to the sample, a similarity by RANSAC, and at the end a look
at the pixels themselves: the place on the card, turned into the sample's frame, has to correlate with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.screening.marks.place import Place, Similarity, correlation

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

CARD_FEATURES_MAX = 4000
# The sample is looked at in several sizes: printed small, a sign loses the detail that it has when large.
SAMPLE_SIDES = (256, 128, 64)
SAMPLE_FEATURES_MAX = 350
RATIO = 0.8
INLIERS_MIN = 5
# From so many on, chance is ruled out and the pixels need to agree only roughly.
INLIERS_MANY = 12
CORRELATION_MIN = 0.55
CORRELATION_MANY_MIN = 0.3
TOLERANCE_PIXELS = 4.0
RANSAC_ROUNDS = 1000
# A sign smaller than this on the reduced card has too few pixels to be told from writing.
SIDE_MIN = 24.0


@dataclass(frozen=True, slots=True)
class Features:
    """``points`` (n, 2) in pixels and unit ``descriptors`` (n, 128)."""

    points: Floats
    descriptors: Floats


def features_of(grey: Grey, most: int) -> Features:
    """The strongest ``most`` features of a grey picture."""
    keypoints, found = cv2.SIFT.create(nfeatures=most).detectAndCompute(grey, None)
    if found is None or len(keypoints) == 0:
        return Features(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32))
    points = np.array([keypoint.pt for keypoint in keypoints], np.float32)
    descriptors = np.asarray(found, np.float32)
    descriptors /= np.maximum(np.abs(descriptors).sum(axis=1, keepdims=True), 1e-6)
    return Features(points, np.sqrt(descriptors))


def features_of_sample(grey: Grey) -> Features:
    """The features of a sample in all its sizes; the points are those of ``grey``."""
    parts = []
    for side in SAMPLE_SIDES:
        scale = side / max(grey.shape)
        if scale > 1.5:
            continue
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        # What stands at the sample's edge on white paper shows only with paper around it.
        rim = round(side * 0.15)
        framed = cv2.copyMakeBorder(small, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
        found = features_of(np.asarray(framed, np.uint8), SAMPLE_FEATURES_MAX)
        parts.append(Features((found.points - rim) / np.float32(scale), found.descriptors))
    if not parts:
        return features_of(grey, SAMPLE_FEATURES_MAX)
    return Features(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.descriptors for part in parts]),
    )


def find_by_features(card: Grey, card_features: Features, sample: Grey, features: Features) -> Place | None:
    """Where the sample stands on the card, in pixels of ``card``; None if nowhere."""
    if len(features.points) < INLIERS_MIN or len(card_features.points) < INLIERS_MIN:
        return None
    source, target = _pairs(features, card_features)
    if len(source) < INLIERS_MIN:
        return None
    # Its annotations leave out that there may be no similarity.
    matrix: NDArray[np.float64] | None
    matrix, inside = cv2.estimateAffinePartial2D(  # type: ignore[assignment]
        source, target, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE_PIXELS, maxIters=RANSAC_ROUNDS
    )
    if matrix is None:
        return None
    similarity = Similarity(matrix)
    place = similarity.place_of(sample.shape[1], sample.shape[0])
    inliers = _distinct(target[inside.ravel() > 0])
    if inliers < INLIERS_MIN or place.side < SIDE_MIN or not place.is_within(card.shape[1], card.shape[0]):
        return None
    enough = CORRELATION_MANY_MIN if inliers >= INLIERS_MANY else CORRELATION_MIN
    return place if correlation(card, sample, similarity) >= enough else None


def _pairs(sample: Features, card: Features) -> tuple[Floats, Floats]:
    likeness = sample.descriptors @ card.descriptors.T
    forth = _sure(likeness)
    back = _sure(likeness.T)
    first = np.concatenate([forth[:, 0], back[:, 1]])
    second = np.concatenate([forth[:, 1], back[:, 0]])
    return sample.points[first], card.points[second]


def _sure(likeness: Floats) -> NDArray[np.int64]:
    """Pairs (row, column) whose distance is clearly below that of the row's second choice."""
    if likeness.shape[1] < 2:
        return np.zeros((0, 2), np.int64)
    best = np.argmax(likeness, axis=1)
    rows = np.arange(len(likeness))
    first = likeness[rows, best]
    second = np.partition(likeness, -2, axis=1)[:, -2]
    # Of unit vectors, the squared distance is 2 - 2 * likeness.
    sure = np.maximum(1 - first, 0) < RATIO**2 * np.maximum(1 - second, 0)
    return np.stack([rows[sure], best[sure]], axis=1)


def _distinct(points: Floats) -> int:
    """How many places the points are at: a feature with two directions counts once."""
    return len(np.unique(np.round(points / 2), axis=0)) if len(points) else 0
