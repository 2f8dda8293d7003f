"""How wide to make a line before it is read: so that its letters come at the pitch the recogniser likes.

The recogniser takes lines 48 pixels high and looks at 8 pixels of width a step. Small dense writing
gives it too few steps for a letter, wide print more than it needs, and time goes with width. Measured on
41 pages (docs/decisions/0123): handwriting is read best at about 20 pixels a letter, clear print as well
at 15. At 18 and 13.5 time is saved, and more is misread.
"""

from __future__ import annotations

from worker.reading.geometry import length_in_heights
from worker.reading.lines import ReadLine, sureness_of
from worker.reading.recognition.recogniser import TALL
from worker.reading.scripts import script_of

LIKED = 19.5
ENOUGH_FOR_PRINT = 15.0
CLEAR = 0.985
NARROWEST, WIDEST = 0.55, 2.0
# So many letters tell that others like them may come narrower, and that they have to come wider.
FEWEST_TO_NARROW, FEWEST_TO_WIDEN = 20, 6
NO_CHANGE = 0.1


def letter_pitch(lines: list[ReadLine]) -> float:
    """Pixels from letter to letter in lines scaled to the recogniser's height; 0 without letters."""
    letters = sum(line.letters for line in lines)
    span = sum(length_in_heights(line.quad) for line in lines)
    return TALL * span / letters if letters else 0.0


def liked_stretch(lines: list[ReadLine]) -> float:
    """How much wider (above 1) or narrower lines like these should be read; 1 when nothing is gained.

    Only for Latin script: Chinese characters need their width whatever their pitch.
    """
    pitch, letters = letter_pitch(lines), sum(line.letters for line in lines)
    if not pitch or letters < FEWEST_TO_WIDEN or script_of("".join(line.text for line in lines)) != "Latn":
        return 1.0
    liked = ENOUGH_FOR_PRINT if sureness_of(lines) >= CLEAR else LIKED
    narrowest = NARROWEST if letters >= FEWEST_TO_NARROW else 1.0
    stretch = min(WIDEST, max(narrowest, liked / pitch))
    return stretch if abs(stretch - 1) >= NO_CHANGE else 1.0
