"""Which engine reads a side: the first one, unless what it says is no language that it knows."""

from __future__ import annotations

from worker.reading.geometry import Picture, Quad, width
from worker.reading.layout.directions import NOTHING, SAMPLES, Group, by_shape, rotation_of, settled
from worker.reading.layout.other_way_up import by_way_up
from worker.reading.lines import (
    ReadLine,
    is_as_long_as_a_word,
    plausibility,
    sureness_of,
    text_of_lines,
    unread,
)
from worker.reading.looks.cyrillic_look import may_as_well_be_cyrillic
from worker.reading.looks.short_words import may_be_a_word
from worker.reading.other_scripts.foreign import ForeignLines, Verdict, accepted
from worker.reading.other_scripts.patience import Patience
from worker.reading.other_scripts.strange_lines import SURE, with_strange_lines
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.other_scripts.tesseract_lines import TesseractLines, score_of
from worker.reading.recognition.pp_ocr import PpOcr, is_wordless, without_scraps
from worker.reading.scripts import script_of
from worker.reading.side_text import SideText
from worker.reading.trust import (
    KNOWN_SCRIPTS,
    cyrillic_spelling,
    is_babble,
    is_cyrillic_hand,
    is_hopeless,
    is_no_latin,
    is_trusted,
    likely_script,
    likely_scripts,
    may_be_latin,
)

FOREIGN_LINE = 0.6
LITTLE = 0.7
LIKELY_ENOUGH, UNMISTAKABLE = 0.5, 0.99


class Engines:
    """Both engines, their models loaded once."""

    def __init__(self) -> None:
        self._pp_ocr = PpOcr()
        self._tesseract = Tesseract()

    def read(self, sheet: Picture, quads: list[Quad], languages: tuple[str, ...]) -> SideText:
        """The side's lines by the engine whose reading stands to reason; there is at least one."""
        parts = by_shape(quads)
        return _SideReading(self._pp_ocr, self._tesseract, sheet, parts, languages).side()


class _SideReading:
    """The steps that lead from the lines of one side, parted by shape, to the side as read."""

    def __init__(
        self,
        pp_ocr: PpOcr,
        tesseract: Tesseract,
        sheet: Picture,
        parts: list[list[Quad]],
        languages: tuple[str, ...],
    ) -> None:
        self._tesseract = tesseract
        self._sheet = sheet
        self._parts = parts
        self._languages = languages
        self._patience = Patience()
        self._lines = pp_ocr.on(sheet)
        self._read = self._lines.read
        self._foreign = self._foreign_lines(parts[0])

    def side(self) -> SideText:
        return self._at_first_sight() or self._after_a_sample()

    def _at_first_sight(self) -> SideText | None:
        """The side in the script that it looks like, where a long line is no text to the first engine.

        Of Greek that makes letters without accents. Of the longest lines, which all are read where it is
        text, the shortest tells as much.
        """
        long = self._read(sorted(self._parts[0], key=width)[-SAMPLES[0] :][0])
        likelihood, script = plausibility([long]), script_of(long.text)
        verdict = None
        if likelihood < NOTHING:
            verdict = self._foreign.at_first_sight(LIKELY_ENOUGH)
        elif likelihood < LITTLE:
            verdict = self._foreign.at_first_sight(UNMISTAKABLE)
        elif script not in KNOWN_SCRIPTS:
            verdict = self._foreign.at_first_sight(LIKELY_ENOUGH, script)
        return self._as_accepted(verdict) if verdict else None

    def _after_a_sample(self) -> SideText:
        groups = [settled(quads, self._read) for quads in self._parts]
        sampled = list(groups[0].read.values())
        side = self._by_tesseract(sampled) if _gives_no_hope(sampled) else None
        return side or self._by_pp_ocr(groups)

    def _by_pp_ocr(self, groups: list[Group]) -> SideText:
        main = groups[0]
        parts = [without_scraps(lines) for group in groups for lines in self._both_ways_up(group)]
        lines = [line for kept, _ in parts for line in kept]
        text, likelihood = text_of_lines(lines), plausibility(lines)
        if is_trusted(text, likelihood):
            side = self._by_tesseract(lines) if is_babble(text, likelihood) else None
            return side or self._as_trusted(main.rotation, parts)
        everything = [[*kept, *scraps] for kept, scraps in parts]
        if is_cyrillic_hand(text, likelihood):
            verdict = self._foreign.read(("Cyrl",), thorough=self._foreign.looks_printed)
            side = self._as_accepted(verdict) if verdict else None
            return side or SideText(PpOcr.name, everything, main.rotation, "Cyrl", trusted=False)
        tried = _gives_no_hope(list(main.read.values()))
        side = None if tried else self._by_tesseract(lines)
        if side is None and may_be_latin(text, likelihood):
            blocks = [[*kept, *self._places(scraps)] for kept, scraps in parts]
            return SideText(PpOcr.name, blocks, main.rotation, "Latn", trusted=True)
        return side or self._as_unread(main, everything, cyrillic_spelling(text))

    def _both_ways_up(self, group: Group) -> list[list[ReadLine]]:
        """The lines of a group; if some of them stand upside down, these by themselves after the others."""
        upright, turned = by_way_up(self._lines.read_group(group), self._read)
        return [upright, turned] if turned else [upright]

    def _as_unread(self, main: Group, blocks: list[list[ReadLine]], spelt: str | None) -> SideText:
        """What no engine reads: its script and direction as far as looks tell.

        By hand, Latin and Cyrillic look alike; there ``spelt``, what the letters read spell, tells more.
        """
        seen = self._foreign.seen
        rotation = self._rotation(flipped=seen.flipped) if seen else main.rotation
        looks = seen.script if seen else None
        script = likely_script(spelt or looks if looks in {None, "Latn"} else looks, self._languages)
        return SideText(PpOcr.name, blocks, rotation, script, trusted=False)

    def _as_trusted(self, rotation: int, parts: list[tuple[list[ReadLine], list[ReadLine]]]) -> SideText:
        mixed = [block for block in (self._with_the_rest(*part) for part in parts) if block]
        script = script_of(text_of_lines([line for block in mixed for line in block]))
        return SideText(PpOcr.name, mixed, rotation, script, trusted=True)

    def _with_the_rest(self, lines: list[ReadLine], scraps: list[ReadLine]) -> list[ReadLine]:
        """The lines, those in another script read as that, and the places of words that nothing came of."""
        if not lines:
            return self._places(scraps)
        wordless = [scrap.quad for scrap in scraps if is_wordless(scrap)]
        read = with_strange_lines(lines, wordless, self._read, self._foreign_lines)
        known = {line.quad.tobytes() for line in read}
        return read + self._places([scrap for scrap in scraps if scrap.quad.tobytes() not in known])

    def _by_tesseract(self, lines: list[ReadLine]) -> SideText | None:
        text = text_of_lines(lines)
        thorough = _gives_no_hope(lines) or is_no_latin(text)
        verdict = self._foreign.read(likely_scripts(text, len(lines)), thorough=thorough)
        return self._as_accepted(verdict) if verdict else None

    def _as_accepted(self, verdict: Verdict) -> SideText:
        attempt = verdict.attempt
        lines = [self._surer(line, attempt.script) for line in attempt.lines]
        rotation = self._rotation(flipped=verdict.flipped)
        lead = attempt.score - accepted(attempt.script)
        kept = [line for line in lines if line.letters or self._may_be_a_word(line)]
        blocks = [kept, *filter(None, map(self._aside, self._parts[1:]))]
        return SideText(
            TesseractLines.name, blocks, rotation, attempt.script, trusted=True, print_lead=lead
        )

    def _aside(self, quads: list[Quad]) -> list[ReadLine]:
        """What stands in the other direction beside print in another script, up its margin say.

        What the first engine makes no language of keeps its places alone.
        """
        lines, scraps = without_scraps(self._lines.read_group(settled(quads, self._read)))
        sure = is_trusted(text_of_lines(lines), plausibility(lines))
        return (lines if sure else list(map(unread, lines))) + self._places(scraps)

    def _surer(self, line: ReadLine, script: str) -> ReadLine:
        """A line of another script among foreign ones is read by the first engine if that is surer.

        Among Cyrillic ones it is surer of what it spells with the letters that look alike, too.
        """
        if score_of([line], script) >= FOREIGN_LINE:
            return line
        other = self._read(line.quad)
        spelt = script == "Cyrl" and may_as_well_be_cyrillic(other.text)
        return other if plausibility([other]) >= SURE and not spelt else line

    def _places(self, scraps: list[ReadLine]) -> list[ReadLine]:
        """Where scraps stand that may be words: nothing came of them that is worth telling."""
        return [unread(scrap) for scrap in scraps if self._may_be_a_word(scrap)]

    def _may_be_a_word(self, line: ReadLine) -> bool:
        return is_as_long_as_a_word(line) or may_be_a_word(self._sheet, line.quad)

    def _foreign_lines(self, quads: list[Quad]) -> ForeignLines:
        return ForeignLines(self._tesseract, self._sheet, quads, self._languages, self._patience)

    def _rotation(self, *, flipped: bool) -> int:
        return (rotation_of(self._parts[0][0]) + 180 * flipped) % 360


def _gives_no_hope(lines: list[ReadLine]) -> bool:
    return is_hopeless(text_of_lines(lines), plausibility(lines), sureness_of(lines))
