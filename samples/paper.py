"""Paper: plain, coloured, lined, squared, kraft; as light that it sends back (0 to 255)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from samples.ink import Colour, lay
from samples.noise import Field, fine, smooth

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Stock:
    """A kind of paper; ``ruling`` is lined, squared, seyes or nothing, ``pitch_mm`` between its lines."""

    colour: Colour
    ruling: str = ""
    pitch_mm: float = 8.0
    fibres: int = 0
    mottle: float = 0.7


STOCKS: dict[str, Stock] = {
    "white": Stock((250, 250, 248)),
    "ivory": Stock((249, 244, 230)),
    "recycled": Stock((226, 221, 210), fibres=120, mottle=1.4),
    "kraft": Stock((196, 160, 118), fibres=500, mottle=2.5),
    "pink": Stock((250, 214, 220)),
    "yellow": Stock((252, 240, 170)),
    "blue": Stock((198, 220, 240)),
    "green": Stock((204, 230, 204)),
    "red": Stock((168, 40, 48)),
    "night": Stock((44, 52, 84)),
    "lined": Stock((251, 250, 246), "lined", 8.0),
    "lined-narrow": Stock((250, 249, 244), "lined", 7.0),
    "squared": Stock((250, 250, 248), "squared", 5.0),
    "seyes": Stock((250, 249, 246), "seyes", 8.0),
    "watercolour": Stock((247, 245, 240), mottle=2.2),
}


def pixels(mm: float, dpi: int) -> int:
    """Millimetres on paper as pixels of the scan."""
    return round(mm * dpi / MM_PER_INCH)


def sheet(size_mm: tuple[float, float], stock: Stock, dpi: int, rng: np.random.Generator) -> Field:
    """A bare sheet (height, width, 3) of ``size_mm`` (width, height), with grain, fibres and ruling."""
    width, height = (pixels(side, dpi) for side in size_mm)
    shape = (height, width)
    light = smooth(shape, dpi, rng) * stock.mottle + fine(shape, 1.0, rng) * 0.8 * stock.mottle
    tint = np.asarray(stock.colour, np.float32) + rng.normal(0, 1.2, 3).astype(np.float32)
    paper = np.asarray(tint + light[..., None], dtype=np.float32)
    if stock.fibres:
        paper = _strew_fibres(paper, stock, dpi, rng)
    if stock.ruling:
        paper = _rule(paper, stock, dpi, rng)
    return np.clip(paper, 0, 255)


def _strew_fibres(paper: Field, stock: Stock, dpi: int, rng: np.random.Generator) -> Field:
    height, width = paper.shape[:2]
    for tone in (-0.16, 0.10):
        mask = np.zeros((height, width), np.uint8)
        for _ in range(stock.fibres):
            start = rng.uniform((0, 0), (width, height))
            end = start + rng.normal(0, dpi * 0.04, 2)
            cv2.line(mask, _point(start), _point(end), 255, 1, cv2.LINE_AA)
        paper = np.asarray(paper * (1 + tone * (mask.astype(np.float32) / 255)[..., None]), np.float32)
    return paper


def _rule(paper: Field, stock: Stock, dpi: int, rng: np.random.Generator) -> Field:
    height, width = paper.shape[:2]
    pitch = pixels(stock.pitch_mm, dpi)
    strong, weak = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    thick = max(1, round(dpi / 150))
    first = ruling_start(stock, dpi)
    for y in range(first, height, pitch):
        strong[y : y + thick] = 0.55
        if stock.ruling == "seyes":
            for part in (0.25, 0.5, 0.75):
                weak[round(y + part * pitch) : round(y + part * pitch) + 1] = 0.30
    if stock.ruling in {"squared", "seyes"}:
        for x in range(pitch // 2, width, pitch):
            strong[:, x : x + thick] = 0.45
    paper = lay(lay(paper, weak, (150, 170, 205)), strong, (150, 168, 205))
    if stock.ruling in {"lined", "seyes"}:
        margin = np.zeros((height, width), np.float32)
        x = pixels(16, dpi) + int(rng.integers(-6, 6))
        margin[:, x : x + thick] = 0.5
        paper = lay(paper, margin, (214, 120, 130))
    return paper


def ruling_start(stock: Stock, dpi: int) -> int:
    """Where the first ruled line lies, in pixels from the top; the lines follow a pitch apart."""
    return pixels(stock.pitch_mm * 1.75, dpi)


def _point(xy: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[int, int]:
    return int(xy[0]), int(xy[1])
