"""Which engine reads a side: PP-OCR, unless what it says is no language that it knows; then Tesseract."""

from __future__ import annotations

from dataclasses import dataclass

from worker.reading.believable import (
    KNOWN_SCRIPTS,
    Sense,
    cyrillic_spelling,
    is_jumble,
    likely_script,
    sense_of,
)
from worker.reading.foreign_side import ForeignSide, gives_no_hope
from worker.reading.geometry import Picture, Quad, width
from worker.reading.layout.directions import NOTHING, SAMPLES, Group, by_shape, settled
from worker.reading.layout.other_way_up import by_way_up
from worker.reading.lines import ReadLine, plausibility, text_of_lines
from worker.reading.looks.short_words import places_of_words
from worker.reading.other_scripts.strange_lines import with_strange_lines
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.recognition.pp_ocr import PpOcr, PpOcrLines, is_wordless, without_scraps
from worker.reading.scripts import script_of
from worker.reading.side_text import SideText

# Plausibility of a long line: less than this is hardly text.
LITTLE = 0.7
# Chances of a script by its look: tried where nothing, or little, came of a long line.
LIKELY_ENOUGH, FAIRLY_LIKELY, UNMISTAKABLE = 0.5, 0.75, 0.99


class Engines:
    """Both engines, their models loaded once."""

    def __init__(self) -> None:
        self._pp_ocr = PpOcr()
        self._tesseract = Tesseract()

    def read(self, sheet: Picture, quads: list[Quad], languages: tuple[str, ...]) -> SideText:
        """The side's lines by the engine whose reading stands to reason; there is at least one."""
        parts, lines = by_shape(quads), self._pp_ocr.on(sheet)
        foreign = ForeignSide(self._tesseract, lines, sheet, parts, languages)
        return _SideReading(lines, foreign, sheet, parts, languages).side()


@dataclass(frozen=True, slots=True)
class _ByPpOcr:
    """All that PP-OCR read of a side: in blocks, each its lines and its scraps."""

    main: Group
    blocks: list[tuple[list[ReadLine], list[ReadLine]]]

    @property
    def lines(self) -> list[ReadLine]:
        return [line for lines, _ in self.blocks for line in lines]

    @property
    def with_scraps(self) -> list[list[ReadLine]]:
        return [[*lines, *scraps] for lines, scraps in self.blocks]


class _SideReading:
    """The steps that lead from the lines of one side, parted by shape, to the side as read."""

    def __init__(
        self,
        lines: PpOcrLines,
        foreign: ForeignSide,
        sheet: Picture,
        parts: list[list[Quad]],
        languages: tuple[str, ...],
    ) -> None:
        self._lines = lines
        self._foreign = foreign
        self._sheet = sheet
        self._parts = parts
        self._languages = languages

    def side(self) -> SideText:
        return self._at_first_sight() or self._after_a_sample()

    def _at_first_sight(self) -> SideText | None:
        """The side in the script that it looks like, where a long line is no text to PP-OCR.

        Of Greek that makes letters without accents. Of the longest lines, which all are read where it is
        text, the shortest tells as much. A glance at it is enough where it shows a jumble.
        """
        quad = sorted(self._parts[0], key=width)[-SAMPLES[0] :][0]
        glance = self._lines.glance(quad)
        if is_jumble(glance.text, plausibility([glance])):
            side = self._foreign.at_first_sight(FAIRLY_LIKELY)
            if side:
                return side
        long = self._lines.read(quad)
        likelihood, script = plausibility([long]), script_of(long.text)
        if likelihood < NOTHING:
            return self._foreign.at_first_sight(LIKELY_ENOUGH)
        if likelihood < LITTLE:
            return self._foreign.at_first_sight(UNMISTAKABLE)
        if script not in KNOWN_SCRIPTS:
            return self._foreign.at_first_sight(LIKELY_ENOUGH, script)
        return None

    def _after_a_sample(self) -> SideText:
        """The side by Tesseract where a sample by PP-OCR gives no hope; or by what becomes of all lines."""
        groups = [settled(quads, self._lines.read) for quads in self._parts]
        sampled = list(groups[0].read.values())
        tried = gives_no_hope(sampled)
        side = self._foreign.read(sampled) if tried else None
        return side or self._by_sense(self._by_pp_ocr(groups), tried=tried)

    def _by_pp_ocr(self, groups: list[Group]) -> _ByPpOcr:
        blocks = [without_scraps(lines) for group in groups for lines in self._both_ways_up(group)]
        return _ByPpOcr(groups[0], blocks)

    def _both_ways_up(self, group: Group) -> list[list[ReadLine]]:
        """The lines of a group; if some of them stand upside down, these by themselves after the others."""
        upright, turned = by_way_up(self._lines.read_group(group), self._lines.read)
        return [upright, turned] if turned else [upright]

    def _by_sense(self, read: _ByPpOcr, *, tried: bool) -> SideText:
        """The side as what PP-OCR's reading of it may be; ``tried`` tells that Tesseract failed already."""
        lines = read.lines
        match sense_of(text_of_lines(lines), plausibility(lines)):
            case Sense.LANGUAGE:
                return self._as_language(read)
            case Sense.BABBLE:
                return self._foreign.read(lines) or self._as_language(read)
            case Sense.CYRILLIC_HAND:
                return self._foreign.read_cyrillic() or self._as_cyrillic_hand(read)
            case Sense.POOR_LATIN:
                return (None if tried else self._foreign.read(lines)) or self._as_poor_latin(read)
            case Sense.NONSENSE:
                return (None if tried else self._foreign.read(lines, lost=True)) or self._as_unread(read)

    def _as_language(self, read: _ByPpOcr) -> SideText:
        mixed = [block for block in (self._with_the_rest(*block) for block in read.blocks) if block]
        script = script_of(text_of_lines([line for block in mixed for line in block]))
        return SideText(PpOcr.name, mixed, read.main.rotation, script, believable=True)

    def _with_the_rest(self, lines: list[ReadLine], scraps: list[ReadLine]) -> list[ReadLine]:
        """The lines, those in another script read as that, and the places of words that nothing came of."""
        if not lines:
            return places_of_words(self._sheet, scraps)
        wordless = [scrap.quad for scrap in scraps if is_wordless(scrap)]
        read = with_strange_lines(lines, wordless, self._lines.read, self._foreign.lines)
        known = {line.quad.tobytes() for line in read}
        rest = [scrap for scrap in scraps if scrap.quad.tobytes() not in known]
        return read + places_of_words(self._sheet, rest)

    def _as_cyrillic_hand(self, read: _ByPpOcr) -> SideText:
        return SideText(PpOcr.name, read.with_scraps, read.main.rotation, "Cyrl", believable=False)

    def _as_poor_latin(self, read: _ByPpOcr) -> SideText:
        blocks = [[*lines, *places_of_words(self._sheet, scraps)] for lines, scraps in read.blocks]
        return SideText(PpOcr.name, blocks, read.main.rotation, "Latn", believable=True)

    def _as_unread(self, read: _ByPpOcr) -> SideText:
        """What no engine reads: its script and direction as far as looks tell.

        By hand, Latin and Cyrillic look alike; there what the letters read spell tells more.
        """
        looks, spelt = self._foreign.seen_script, cyrillic_spelling(text_of_lines(read.lines))
        script = likely_script(spelt or looks if looks in {None, "Latn"} else looks, self._languages)
        rotation = self._foreign.seen_rotation
        return SideText(
            PpOcr.name,
            read.with_scraps,
            read.main.rotation if rotation is None else rotation,
            script,
            believable=False,
        )
