"""Cards and signs to seek marks with."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.mark_drawings import SIGNS
from mailroom.finding import Label
from mailroom.reading import Box
from mailroom.scope import MarkSample

Picture = NDArray[np.uint8]
WORDS = (
    "Dear Nadia, we think of you every day",
    "and hope that the snow brings you",
    "some quiet. Yours, Tom",
)


def written_card(width: int = 1400, height: int = 1000) -> Picture:
    """Paper with some lines in a slanting hand."""
    card = np.full((height, width, 3), (248, 246, 238), np.uint8)
    font = cv2.FONT_HERSHEY_SCRIPT_COMPLEX
    for line, words in enumerate(WORDS):
        cv2.putText(card, words, (60, 110 + 90 * line), font, 1.7, (40, 40, 90), 3, cv2.LINE_AA)
    return card


def with_sign(name: str, side: int = 230, angle: float = 0.0) -> tuple[Picture, Box]:
    """A written card with a sign in its free half, and the sign's box in pixels."""
    card = written_card()
    sign = SIGNS[name]()
    height, width = sign.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, side / max(height, width))
    turn[:, 2] += (350 - width / 2, 350 - height / 2)
    drawn = cv2.warpAffine(
        cv2.GaussianBlur(sign, (0, 0), 0.8), turn, (700, 700), borderValue=(255, 255, 255)
    )
    part = card[300:1000, 600:1300]
    part[:] = part.astype(np.uint16) * drawn // 255
    ys, xs = np.nonzero(drawn.min(axis=2) < 200)
    return card, (600 + int(xs.min()), 300 + int(ys.min()), 600 + int(xs.max()), 300 + int(ys.max()))


def write_sample(folder: Path, name: str, label: Label = Label.MARK) -> MarkSample:
    """The sign's sample as a file."""
    path = folder / f"{name}.png"
    write_picture(path, SIGNS[name]())
    return MarkSample(name, label, str(path))


def write_picture(path: Path, picture: Picture) -> None:
    assert cv2.imwrite(str(path), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))


def overlap(found: Box, true: Box) -> float:
    """The share of both boxes' union that both cover."""
    across = max(min(found[2], true[2]) - max(found[0], true[0]), 0)
    down = max(min(found[3], true[3]) - max(found[1], true[1]), 0)
    area = (found[2] - found[0]) * (found[3] - found[1]) + (true[2] - true[0]) * (true[3] - true[1])
    return across * down / (area - across * down)
