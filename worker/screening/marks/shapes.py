"""Plain signs, such as a cross or a star: found by their outline at any size and angle.

A plain sign has too few features to be matched by them. Each patch of ink that is far larger than the
writing is taken as a shape, and its signature compared with those of the sample's outline.
"""

from __future__ import annotations

from functools import cached_property

from worker.screening.marks.outline import Outline
from worker.screening.marks.patches import Patch
from worker.screening.marks.shape_mask import at_fixed_size, drawn_with
from worker.screening.marks.signature import Signature, likeness, signature_of

LIKENESS_MIN = 0.92
# What is drawn by hand is never quite the sample.
DRAWN_LIKENESS_MIN = 0.9
# Drawn with a thin pen, a sign becomes comparable once its strokes are made this much thicker.
THICKENED = (0.1, 0.16)


class Shape:
    """A patch of ink, ready to be compared with outlines."""

    def __init__(self, patch: Patch) -> None:
        self.place = patch.place()
        # Made smaller, a thin stroke is faint: whatever is left of it counts.
        self._square = at_fixed_size(patch.mask, 1)
        self._as_it_is = signature_of(patch.mask)

    def likeness_to(self, outline: Outline) -> float:
        """How like the outline it is: 0 where it is not the same sign, else its likeness, up to 1."""
        best = max(likeness(self._as_it_is, signature) for signature in outline.signatures)
        if best >= LIKENESS_MIN:
            return best
        if not outline.drawn:
            return 0.0
        best = max(
            likeness(thick, signature) for thick in self._thickened for signature in outline.signatures
        )
        return best if best >= DRAWN_LIKENESS_MIN else 0.0

    @cached_property
    def _thickened(self) -> list[Signature]:
        return [signature_of(drawn_with(self._square, share)) for share in THICKENED]
