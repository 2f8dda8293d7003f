"""A side as print in a script that PP-OCR does not know: read by Tesseract, if it is that."""

from __future__ import annotations

from worker.reading.believable import is_believable, is_hopeless, is_no_latin, likely_scripts
from worker.reading.geometry import Picture, Quad
from worker.reading.layout.directions import rotation_of, settled
from worker.reading.lines import (
    ReadLine,
    is_next_to_nothing,
    plausibility,
    sureness_of,
    text_of_lines,
    unread,
)
from worker.reading.looks.cyrillic_look import may_as_well_be_cyrillic
from worker.reading.looks.short_words import is_as_long_as_a_short_word, places_of_words
from worker.reading.other_scripts.acceptance import accepted_from, score_of
from worker.reading.other_scripts.foreign import ForeignLines, Verdict
from worker.reading.other_scripts.patience import Patience
from worker.reading.other_scripts.strange_lines import SURE
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.other_scripts.tesseract_lines import TesseractLines
from worker.reading.recognition.pp_ocr import PpOcrLines, without_scraps
from worker.reading.side_text import SideText

# A line that scores less in the side's script may be in another one.
FOREIGN_LINE = 0.6


class ForeignSide:
    """Tries at one side's lines, parted by shape; all of them share its patience."""

    def __init__(
        self,
        tesseract: Tesseract,
        pp_ocr: PpOcrLines,
        sheet: Picture,
        parts: list[list[Quad]],
        languages: tuple[str, ...],
    ) -> None:
        """``pp_ocr`` reads the same ``sheet``, ``languages`` are those expected."""
        self._tesseract = tesseract
        self._pp_ocr = pp_ocr
        self._sheet = sheet
        self._parts = parts
        self._languages = languages
        self._patience = Patience()
        self._main = self.lines(parts[0])

    def lines(self, quads: list[Quad]) -> ForeignLines:
        """Some lines of the side, ready to be tried."""
        return ForeignLines(self._tesseract, self._sheet, quads, self._languages, self._patience)

    @property
    def seen_script(self) -> str | None:
        """The script that the side looks like, if that is clear."""
        return self._main.seen.script if self._main.seen else None

    @property
    def seen_rotation(self) -> int | None:
        """The clockwise turn to upright by the same look."""
        return self._rotation(flipped=self._main.seen.flipped) if self._main.seen else None

    def at_first_sight(self, least: float, script: str | None = None) -> SideText | None:
        """The side in the script that it looks like with a chance of ``least``, or in no other."""
        return self._as_accepted(self._main.at_first_sight(least, script))

    def read(self, lines: list[ReadLine], *, lost: bool = False) -> SideText | None:
        """The side in the script that it is in, by its looks and by what PP-OCR made of some lines.

        ``lost`` tells that the side is unreadable if nothing comes of this: print is then worth more tries.
        """
        text = text_of_lines(lines)
        thorough = gives_no_hope(lines) or is_no_latin(text) or (lost and self._main.looks_printed)
        return self._as_accepted(self._main.read(likely_scripts(text, len(lines)), thorough=thorough))

    def read_cyrillic(self) -> SideText | None:
        """What PP-OCR spells like Cyrillic by hand. If it is print, it may as well be anything."""
        return self._as_accepted(self._main.read(("Cyrl",), thorough=self._main.looks_printed))

    def _as_accepted(self, verdict: Verdict | None) -> SideText | None:
        if verdict is None or is_next_to_nothing(verdict.attempt.lines):
            return None
        attempt = verdict.attempt
        lines = [self._surer(line, attempt.script) for line in attempt.lines]
        kept = [line for line in lines if line.letters or is_as_long_as_a_short_word(self._sheet, line)]
        return SideText(
            TesseractLines.name,
            [kept, *filter(None, map(self._aside, self._parts[1:]))],
            self._rotation(flipped=verdict.flipped),
            attempt.script,
            believable=True,
            print_lead=attempt.score - accepted_from(attempt.script),
            data=attempt.data,
        )

    def _aside(self, quads: list[Quad]) -> list[ReadLine]:
        """What stands in the other direction beside print in another script, up its margin say.

        What PP-OCR makes no language of keeps its places alone.
        """
        lines, scraps = without_scraps(self._pp_ocr.read_group(settled(quads, self._pp_ocr.read)))
        sure = is_believable(text_of_lines(lines), plausibility(lines))
        return (lines if sure else list(map(unread, lines))) + places_of_words(self._sheet, scraps)

    def _surer(self, line: ReadLine, script: str) -> ReadLine:
        """A line of another script among foreign ones is read by PP-OCR if that is surer.

        Among Cyrillic ones it is surer of what it spells with the letters that look alike, too.
        """
        if score_of([line], script) >= FOREIGN_LINE:
            return line
        other = self._pp_ocr.read(line.quad)
        spelt = script == "Cyrl" and may_as_well_be_cyrillic(other.text)
        return other if plausibility([other]) >= SURE and not spelt else line

    def _rotation(self, *, flipped: bool) -> int:
        return (rotation_of(self._parts[0][0]) + 180 * flipped) % 360


def gives_no_hope(lines: list[ReadLine]) -> bool:
    """Whether some lines read by PP-OCR show that the rest need not be read by it."""
    return is_hopeless(text_of_lines(lines), plausibility(lines), sureness_of(lines))
