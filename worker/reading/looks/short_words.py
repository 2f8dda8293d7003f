"""A short word that no engine reads is told from something small that is drawn.

Measured on words in eight scripts and on the drawn motifs of the samples: a word in thin strokes is longer
than a heart or a star and has more strokes side by side; a drawing as long as that is scribbled in.
"""

from __future__ import annotations

import cv2
import numpy as np

from worker.reading.geometry import Picture, Quad, crop, height, width
from worker.reading.lines import ReadLine, is_as_long_as_a_word, unread

SHORTEST = 1.4
"""In line heights: hearts, stars and smileys reach 1.2, words of three letters and more lie above 1.4."""
STROKES = 3.0
"""So many are crossed on the way along the middle half of a word; a drawing that is so thin has fewer."""
FULLEST = 0.22
"""The inked share of a word's place is 0.07 to 0.19, of what is drawn and as long 0.23 and more."""
TALL = 32
"""How high it is looked at, in pixels."""


def places_of_words(sheet: Picture, scraps: list[ReadLine]) -> list[ReadLine]:
    """Where scraps stand that may be words: nothing came of them that is worth telling."""
    return [unread(scrap) for scrap in scraps if is_as_long_as_a_short_word(sheet, scrap)]


def is_as_long_as_a_short_word(sheet: Picture, line: ReadLine) -> bool:
    """True for what is longer than anything small that is drawn, or has a short word's strokes."""
    return is_as_long_as_a_word(line) or may_be_a_word(sheet, line.quad)


def may_be_a_word(sheet: Picture, quad: Quad) -> bool:
    """Whether the ink in a short line of an RGB sheet is as long as a word and in as many thin strokes."""
    if width(quad) < SHORTEST * height(quad):
        return False
    grey = np.asarray(cv2.cvtColor(crop(sheet, quad, TALL), cv2.COLOR_RGB2GRAY), np.uint8)
    _, found = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = np.asarray(found, np.int8)
    begun = np.diff(ink[TALL // 4 : -TALL // 4], axis=1, prepend=0) == 1
    return float(ink.mean()) <= FULLEST and float(begun.sum(axis=1).mean()) >= STROKES
