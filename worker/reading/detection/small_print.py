"""Where small print may stand that was not found as lines: blocks of ink outside of all lines.

Rows that lie closer than the detector's copy can part come out of it as nothing at all. Looked at again as
they stand on the sheet they are found, at the cost of their own small area.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from mailroom.reading import Box
from worker.reading.geometry import Quad
from worker.reading.outlines import Mask, outer_outlines
from worker.reading.side.ink import Ink

# In pixels of the ink's mask, whose side is at most 640 long. Longer strokes are drawn, or ruled.
STROKE_MAX = 120
AREA_MIN, INK_MIN = 4, 120
APART = (13, 7)
BLOCK_SIDES = (20, 40)
# Larger than this share of a side, rows are no small print.
BLOCK_MAX = 0.1
# The share of ink in and about its strokes: of small print above a third, of tails of large letters below.
DENSE = 0.33
PLACES_MAX = 4
# A row of tiny print on that mask: no thicker, so long at least; together so long that it is worth a look.
THIN, THIN_LONG, THIN_ENOUGH = 8, 24, 60
THIN_APART = 9
BANDS, BAND_OVERLAP = 8, 0.03
ROOM = 3


def dense_places(ink: Ink, quads: Iterable[Quad], shape: tuple[int, ...]) -> list[Box]:
    """Boxes around blocks of ink outside of ``quads``, those with most ink first.

    Quads and boxes are in pixels of a sheet of ``shape`` (height, width, ...) of the same side as the ink.
    """
    rows, columns = ink.mask.shape
    scale = (columns + 2 * ink.offset[0]) / shape[1]
    rest = _without(ink.mask, quads, ink, scale)
    if rest.sum() < INK_MIN:
        return []
    strokes = _short_strokes(rest)
    near = cv2.dilate(strokes, np.ones(APART[::-1], np.uint8))
    _, blocks, boxes, _ = cv2.connectedComponentsWithStats(near)
    inked = np.bincount(np.asarray(blocks)[strokes > 0], minlength=len(boxes))
    found = [
        (int(count), tuple(box[:4]))
        for count, box in zip(inked[1:], boxes[1:], strict=True)
        if count >= max(INK_MIN, DENSE * box[cv2.CC_STAT_AREA]) and _is_block(box, rows * columns)
    ]
    best = sorted(found, reverse=True)[:PLACES_MAX]
    return [_on_sheet(box, ink, scale, (rows, columns)) for _, box in best]


def thin_bands(ink: Ink, quads: Iterable[Quad], shape: tuple[int, ...]) -> list[Box]:
    """Bands across a sheet of ``shape`` with rows outside of ``quads``, as thin as print too small to find.

    None where the rows are too short together to be worth a look. A band is an eighth of the sheet and some
    more: to look at all of it that closely would take four times the memory. Quads are in its pixels.
    """
    scale = (ink.clear.shape[1] + 2 * ink.offset[0]) / shape[1]
    rest = _without(ink.clear, quads, ink, scale, margin=ROOM)
    level, upright = _thin_rows(rest), _thin_rows(np.ascontiguousarray(rest.T))
    if sum(length for _, length in level + upright) < THIN_ENOUGH:
        return []
    across, down = ink.offset
    rows, columns = shape[:2]
    flat = _bands(rows, [(middle + down) / scale for middle, _ in level])
    steep = _bands(columns, [(middle + across) / scale for middle, _ in upright])
    return [(0, top, columns, bottom) for top, bottom in flat] + [(x0, 0, x1, rows) for x0, x1 in steep]


def _thin_rows(mask: Mask) -> list[tuple[float, int]]:
    """Middle and length of the level rows of a mask that are thin, and so apart that they do not touch."""
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, THIN_APART), np.uint8))
    boxes = map(cv2.boundingRect, outer_outlines(np.asarray(joined, np.uint8)))
    return [(top + tall / 2, wide) for _, top, wide, tall in boxes if tall <= THIN and wide >= THIN_LONG]


def _bands(length: int, middles: list[float]) -> list[tuple[int, int]]:
    """Of some bands alike, which overlap, those with a place in the middle of them: from where to where."""
    step, tall = length / BANDS, round(length * (1 / BANDS + 2 * BAND_OVERLAP))
    places = sorted({min(BANDS - 1, int(max(middle, 0) / step)) for middle in middles})
    tops = [min(max(0, round((place + 0.5) * step - tall / 2)), length - tall) for place in places]
    return [(top, top + tall) for top in tops]


def _without(mask: Mask, quads: Iterable[Quad], ink: Ink, scale: float, margin: int = 0) -> Mask:
    """One of the ink's masks without some lines, and what lies about their edges if there is a margin."""
    rest = mask.copy()
    for quad in quads:
        corners = np.round(quad * scale - np.array(ink.offset)).astype(np.int32)
        cv2.fillPoly(rest, [corners], (0,))
        if margin:
            cv2.polylines(rest, [corners], True, (0,), margin)
    return rest


def _short_strokes(mask: Mask) -> Mask:
    _, strokes, boxes, _ = cv2.connectedComponentsWithStats(mask)
    short = (boxes[:, 2:4].max(axis=1) <= STROKE_MAX) & (boxes[:, cv2.CC_STAT_AREA] >= AREA_MIN)
    short[0] = False
    return np.asarray(short[np.asarray(strokes)], np.uint8)


def _is_block(box: Sequence[int], area: int) -> bool:
    wide, tall = box[2:4]
    large_enough = min(wide, tall) >= BLOCK_SIDES[0] and max(wide, tall) >= BLOCK_SIDES[1]
    return bool(large_enough and wide * tall <= BLOCK_MAX * area)


def _on_sheet(box: Sequence[int], ink: Ink, scale: float, size: tuple[int, int]) -> Box:
    left, top, wide, tall = box
    x0, y0 = max(0, left - ROOM), max(0, top - ROOM)
    x1, y1 = min(size[1], left + wide + ROOM), min(size[0], top + tall + ROOM)
    across, down = ink.offset
    return (
        round((x0 + across) / scale),
        round((y0 + down) / scale),
        round((x1 + across) / scale),
        round((y1 + down) / scale),
    )
