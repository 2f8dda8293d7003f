"""Picture sides: whole drawings, and printed landscapes as on the front of a postcard."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from samples.drawings import Place, draw, draw_stroke
from samples.ink import lay
from samples.motifs import GREEN, SKY, Stroke
from samples.noise import Field, fine, smooth


def garden(paper: Field, width: float, rng: np.random.Generator) -> Field:
    """A child's drawing of a house, a tree, flowers and a sun, on the lower part of the paper."""
    h, w = paper.shape[:2]
    unit = min(h, w)
    ground = np.stack(
        [np.linspace(0.02, 0.98, 30) * w, h * (0.9 + 0.012 * np.sin(np.linspace(0, 9, 30)))], axis=1
    )
    paper = draw_stroke(paper, Stroke(ground, GREEN), Place(0, 0, 1), width * 1.6, rng)
    plan = [("sun", 0.84, 0.18, 0.34), ("house", 0.30, 0.62, 0.55), ("tree", 0.66, 0.60, 0.56)]
    plan += [("flower", x, 0.8, 0.24) for x in (0.07, 0.5, 0.84, 0.94)]
    for motif, x, y, size in plan:
        place = Place(w * (x + rng.normal(0, 0.012)), h * (y + rng.normal(0, 0.012)), unit * size)
        paper = draw(paper, motif, place, width, rng)
    return paper


def strewn(
    paper: Field,
    width: float,
    rng: np.random.Generator,
    motifs: tuple[str, ...] = ("heart", "flower", "star"),
) -> Field:
    """Motifs scattered over the sheet, leaving its middle free for a few words."""
    h, w = paper.shape[:2]
    for i in range(12):
        x, y = (i % 4 + 0.5) / 4, (i // 4 + 0.5) / 3
        if 0.3 < x < 0.7 and 0.3 < y < 0.7:
            continue
        x, y = np.clip([x + rng.normal(0, 0.03), y + rng.normal(0, 0.03)], 0.1, 0.9)
        size = min(h, w) * rng.uniform(0.2, 0.3)
        paper = draw(paper, motifs[int(rng.integers(len(motifs)))], Place(w * x, h * y, size), width, rng)
    return paper


def mountains(paper: Field, _width: float, rng: np.random.Generator) -> Field:
    """A printed view: evening sky, ranges one behind the other, a lake."""
    h, w = paper.shape[:2]
    down = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    top, low = np.asarray((92, 128, 190), np.float32), np.asarray((248, 206, 168), np.float32)
    view = np.broadcast_to(top * (1 - down) + low * down, (h, w, 3)).astype(np.float32)
    x = np.arange(w)
    for i, (level, tone) in enumerate(
        ((0.45, (150, 160, 196)), (0.56, (108, 122, 164)), (0.67, (66, 84, 112)))
    ):
        ridge = (
            h * level
            + smooth((4, w), w / (4 + 2 * i), rng)[0] * h * 0.06
            + smooth((4, w), w / 24, rng)[0] * h * 0.01
        )
        mask = (np.arange(h)[:, None] > ridge[x][None, :]).astype(np.float32)
        view = lay(view, cv2.GaussianBlur(mask, (0, 0), 0.8), tone)
    shore = int(h * 0.80)
    mirror = view[shore - (h - shore) : shore][::-1] * 0.8
    view[shore:] = cv2.GaussianBlur(mirror, (0, 0), 3) + smooth((h - shore, w), 6, rng)[..., None] * 2
    return _printed(paper, view, rng)


def sea(paper: Field, _width: float, rng: np.random.Generator) -> Field:
    """A printed view: sea, sand, clouds."""
    h, w = paper.shape[:2]
    view = np.empty((h, w, 3), np.float32)
    view[:] = (126, 182, 226)
    clouds = np.clip(0.35 * smooth((h, w), w / 5, rng) + 0.2 * smooth((h, w), w / 16, rng), 0, 1)
    view = lay(view, clouds * 0.8, (250, 250, 250))
    horizon, beach = int(h * 0.48), h * 0.75 + smooth((4, w), w / 3, rng)[0] * h * 0.03
    rows = np.arange(h)[:, None]
    view = lay(view, np.broadcast_to((rows > horizon).astype(np.float32), (h, w)), (44, 116, 158))
    glints = np.clip(cv2.blur(fine((h, w), 1, rng), (25, 1)) * 2 - 0.2, 0, 1) * (rows > horizon)
    view = lay(view, glints.astype(np.float32) * 0.5, (190, 220, 236))
    view = lay(
        view, cv2.GaussianBlur((rows > beach[None, :]).astype(np.float32), (0, 0), 3), (226, 202, 160)
    )
    return _printed(paper, view, rng)


def _printed(paper: Field, view: Field, rng: np.random.Generator) -> Field:
    """Lay ``view`` on the paper with a white border and a printer's fine grain."""
    h, w = paper.shape[:2]
    border = round(min(h, w) * 0.045)
    out = paper.copy()
    inner = view[border : h - border, border : w - border]
    out[border : h - border, border : w - border] = np.clip(
        inner + fine(inner.shape[:2], 0.6, rng)[..., None] * 1.5, 0, 255
    )
    return out


def snow(paper: Field, width: float, rng: np.random.Generator) -> Field:
    """A child's winter: a snowman, a tree, a rainbow of wishes, falling snow."""
    h, w = paper.shape[:2]
    for _ in range(40):
        cv2.circle(
            paper, (int(rng.uniform(0, w)), int(rng.uniform(0, h * 0.8))), int(width), SKY, -1, cv2.LINE_AA
        )
    for motif, x, y, size in (
        ("snowman", 0.32, 0.62, 0.7),
        ("tree", 0.75, 0.65, 0.5),
        ("child", 0.55, 0.75, 0.36),
    ):
        paper = draw(paper, motif, Place(w * x, h * y, min(h, w) * size), width, rng)
    return paper


SCENES: dict[str, Callable[[Field, float, np.random.Generator], Field]] = {
    "garden": garden,
    "strewn": strewn,
    "snow": snow,
    "mountains": mountains,
    "sea": sea,
}
PHOTOGRAPHIC = {"mountains", "sea"}
