"""Measure how marks are found in pictures: ``python -m benchmarks.marks [TRIALS]``.

Invented signs are laid on the sample cards and, where they are at hand, on the letters of
``MAILROOM_SHARED``, at random size, angle and damage, TRIALS times each (60 if not given). Printed are
recall by size, angle and damage, false alarms on the same pictures without any sign, and CPU time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.mark_drawings import SIGNS
from benchmarks.shared_files import SHARED
from mailroom.finding import Finding, Label
from mailroom.pictures import PictureError, PictureLimits, load_page
from mailroom.scope import MarkSample
from worker.screening.marks.finder import MarkFinder

Picture = NDArray[np.uint8]
ROOT = Path(__file__).resolve().parents[1]
LIMITS = PictureLimits()
SIZES = (0.05, 0.08, 0.12, 0.2, 0.35)
ANGLES = (0.0, 7.0, 45.0, 90.0, 180.0, 217.0)
DAMAGES = ("none", "blur", "JPEG 30", "grey and pale")
PLACES = 20
OVERLAP_MIN = 0.3


@dataclass(frozen=True)
class Trial:
    """One sign on one card, by the rows of the tables; ``size`` is its share of the card's long side."""

    sign: str
    size: float
    angle: float
    damage: str


def main(trials: int) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    cards = list(_cards())
    finder = MarkFinder()
    with tempfile.TemporaryDirectory() as folder:
        marks = [_sample(Path(folder), name) for name in SIGNS]
        alarms, seconds = _false_alarms(finder, cards, marks)
        hits: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        for mark in marks:
            for _ in range(trials):
                trial = Trial(mark.name, *_drawn(rng))
                card, truth = laid_on(cards[rng.integers(len(cards))], trial, rng)
                found = _agrees(finder.find(card, [mark], LIMITS), truth)
                for row in ("size", "angle", "damage"):
                    hits[mark.name, row, str(getattr(trial, row))].append(found)
    _print_recall(hits, trials)
    print(f"\nFalse alarms on {len(cards)} pictures without a sign, {len(marks)} marks sought on each:")
    for name, count in alarms.items():
        print(f"  {name:18} {count}")
    print(
        f"CPU ms a card: {1000 * seconds[0]:.0f} with one mark, {1000 * seconds[1]:.0f} with {len(marks)}"
    )


def _cards() -> Iterator[Picture]:
    for path in card_files():
        # The tray holds damaged files too, which are refused before any mark is sought.
        with suppress(PictureError):
            yield load_page(path, 0, LIMITS)


def card_files() -> Iterator[Path]:
    """The pictures of the sample tray, and the letters where they are at hand."""
    yield from sorted((ROOT / "samples" / "tray").glob("*/*.jpg"))
    letters = SHARED / "letters"
    if letters.is_dir():
        yield from sorted(letters.glob("*.jpg"))
    else:
        print(f"There is no {letters}: sample cards only.")


def laid_on(card: Picture, trial: Trial, rng: np.random.Generator) -> tuple[Picture, tuple[float, ...]]:
    """The card with the sign printed on it where there is little else, and its ink's box in pixels."""
    sign = SIGNS[trial.sign]()
    long_side = max(card.shape[:2])
    scale = trial.size * long_side / max(sign.shape[:2])
    height, width = sign.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), trial.angle, scale)
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]]) @ turn.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    turn[:, 2] -= low
    size = (int(np.ceil(high[0] - low[0])), int(np.ceil(high[1] - low[1])))
    if scale < 0.7:
        sign = np.asarray(cv2.GaussianBlur(sign, (0, 0), 0.4 / scale), np.uint8)
    print_ = cv2.warpAffine(sign, turn, size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    x, y = _free_place(card, size, rng)
    out = card.copy()
    part = out[y : y + size[1], x : x + size[0]]
    part[:] = (part.astype(np.uint16) * print_[: part.shape[0], : part.shape[1]] // 255).astype(np.uint8)
    # The ink's own box: a turned frame is far larger than a cross in it.
    ys, xs = np.nonzero(print_[: part.shape[0], : part.shape[1]].min(axis=2) < 200)
    box = (x + int(xs.min()), y + int(ys.min()), x + int(xs.max()) + 1, y + int(ys.max()) + 1)
    return _damaged(out, trial.damage), box


def _free_place(card: Picture, size: tuple[int, int], rng: np.random.Generator) -> tuple[int, int]:
    """Of some places at random the emptiest: where a sender would put a sign."""
    grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)
    best, best_spread = (0, 0), np.inf
    for _ in range(PLACES):
        x = int(rng.integers(max(card.shape[1] - size[0], 1)))
        y = int(rng.integers(max(card.shape[0] - size[1], 1)))
        spread = float(grey[y : y + size[1], x : x + size[0]].std())
        if spread < best_spread:
            best, best_spread = (x, y), spread
    return best


def _damaged(card: Picture, damage: str) -> Picture:
    if damage == "blur":
        return np.asarray(cv2.GaussianBlur(card, (0, 0), max(card.shape[:2]) / 1000), np.uint8)
    if damage == "JPEG 30":
        _, coded = cv2.imencode(".jpg", card, [cv2.IMWRITE_JPEG_QUALITY, 30])
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    if damage == "grey and pale":
        grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY).astype(np.float32) * 0.6 + 90
        return np.repeat(grey.astype(np.uint8)[:, :, None], 3, axis=2)
    return card


def _drawn(rng: np.random.Generator) -> tuple[float, float, str]:
    return float(rng.choice(SIZES)), float(rng.choice(ANGLES)), str(rng.choice(DAMAGES))


def _sample(folder: Path, name: str) -> MarkSample:
    path = folder / f"{name}.png"
    cv2.imwrite(str(path), cv2.cvtColor(SIGNS[name](), cv2.COLOR_RGB2BGR))
    return MarkSample(name, Label.MARK, str(path))


def _agrees(found: list[Finding], truth: tuple[float, ...]) -> bool:
    """Whether the box found and the true one overlap by their union's OVERLAP_MIN."""
    for finding in found:
        assert finding.box is not None
        x0, y0 = np.maximum(finding.box[:2], truth[:2])
        x1, y1 = np.minimum(finding.box[2:], truth[2:])
        across = max(x1 - x0, 0) * max(y1 - y0, 0)
        if across >= OVERLAP_MIN * (_area(finding.box) + _area(truth) - across):
            return True
    return False


def _area(box: tuple[float, ...]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _false_alarms(
    finder: MarkFinder, cards: list[Picture], marks: list[MarkSample]
) -> tuple[dict[str, int], tuple[float, float]]:
    """Alarms by mark, and CPU seconds a card with the first mark alone and with all."""
    alarms = {mark.name: 0 for mark in marks}
    finder.find(cards[0], marks, LIMITS)
    start = time.process_time()
    for card in cards:
        finder.find(card, marks[:1], LIMITS)
    middle = time.process_time()
    for card in cards:
        for finding in finder.find(card, marks, LIMITS):
            alarms[finding.rule.removeprefix("mark.")] += 1
    end = time.process_time()
    return alarms, ((middle - start) / len(cards), (end - middle) / len(cards))


def _print_recall(hits: dict[tuple[str, str, str], list[bool]], trials: int) -> None:
    for row, values in (("size", SIZES), ("angle", ANGLES), ("damage", DAMAGES)):
        print(f"\nRecall by {row}, {trials} cards a sign")
        print(f"  {'':18}" + "".join(f"{value!s:>14}" for value in (*values, "all")))
        for name in SIGNS:
            by_value = [hits[name, row, str(value)] for value in values]
            cells = [*by_value, [hit for one in by_value for hit in one]]
            print(f"  {name:18}" + "".join(f"{_share(cell):>14}" for cell in cells))


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.2f}" if hits else "-"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
