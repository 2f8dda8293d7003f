"""Which engine reads a side: the first one, unless what it says is no language that it knows."""

from __future__ import annotations

from worker.reading.detector import Found
from worker.reading.directions import Group, plausibility
from worker.reading.foreign import Foreign, Verdict, accepted
from worker.reading.geometry import Picture, height, width
from worker.reading.lines import ReadLine, sureness_of
from worker.reading.pages import Page
from worker.reading.printed import Printed, score_of
from worker.reading.scripts import script_of
from worker.reading.tesseract import Tesseract
from worker.reading.trust import (
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
from worker.reading.written import Written, is_long

STRANGE_LINE = 0.5
LEAST_STRANGE = 6.0
FOREIGN_LINE = 0.6
KEPT_LINE = 0.9


class Engines:
    """Both engines, their models loaded once."""

    def __init__(self) -> None:
        self._written = Written()
        self._foreign = Foreign(Tesseract())

    def find(self, sheet: Picture, long_side: int) -> list[Found]:
        """Lines of text in any script, looked for at ``long_side`` pixels."""
        return self._written.find(sheet, long_side)

    def read(self, sheet: Picture, found: list[Found], languages: tuple[str, ...]) -> Page:
        """The side's lines by the engine whose reading stands to reason; ``found`` is not empty."""
        parted = self._written.settle(sheet, found)
        main = parted[0]
        sampled = list(main.read.values())
        page = None
        if is_hopeless(_text(sampled), plausibility(sampled), sureness_of(sampled)):
            page = self._foreign_page(sheet, main, languages, sampled)
        return page or self._written_page(sheet, parted, languages)

    def _written_page(self, sheet: Picture, parted: list[Group], languages: tuple[str, ...]) -> Page:
        main = parted[0]
        blocks = [block for block in (self._written.read_group(sheet, group) for group in parted) if block]
        lines = [line for block in blocks for line in block]
        text, likelihood = _text(lines), plausibility(lines)
        if is_trusted(text, likelihood):
            babble = is_babble(text, likelihood)
            foreign = self._foreign_page(sheet, main, languages, lines) if babble else None
            return foreign or self._trusted_page(sheet, main.rotation, blocks, languages)
        if is_cyrillic_hand(text, likelihood):
            verdict = self._foreign.try_only(sheet, main.quads, "Cyrl", languages)
            page = self._as_page(sheet, main, verdict) if verdict else None
            return page or Page(self._written.name, blocks, main.rotation, "Cyrl", trusted=False)
        sampled = list(main.read.values())
        tried = is_hopeless(_text(sampled), plausibility(sampled), sureness_of(sampled))
        page = None if tried else self._foreign_page(sheet, main, languages, lines)
        if page is None and may_be_latin(text, likelihood):
            return Page(self._written.name, blocks, main.rotation, "Latn", trusted=True)
        return page or self._unread_page(main, blocks, cyrillic_spelling(text), languages)

    def _unread_page(
        self, main: Group, blocks: list[list[ReadLine]], spelt: str | None, languages: tuple[str, ...]
    ) -> Page:
        """What no engine reads: its script and direction as far as looks tell.

        By hand, Latin and Cyrillic look alike; there ``spelt``, what the letters read spell, tells more.
        """
        seen = self._foreign.seen
        rotation = (main.rotation + 180 * (seen is not None and seen.flipped)) % 360
        looks = seen.script if seen else None
        script = likely_script(spelt or looks if looks in {None, "Latn"} else looks, languages)
        return Page(self._written.name, blocks, rotation, script, trusted=False)

    def _trusted_page(
        self, sheet: Picture, rotation: int, blocks: list[list[ReadLine]], languages: tuple[str, ...]
    ) -> Page:
        script = script_of(_text([line for block in blocks for line in block]))
        mixed = [self._with_strange_lines(sheet, block, languages) for block in blocks]
        return Page(self._written.name, mixed, rotation, script, trusted=True)

    def _foreign_page(
        self, sheet: Picture, main: Group, languages: tuple[str, ...], lines: list[ReadLine]
    ) -> Page | None:
        text = _text(lines)
        likely = likely_scripts(text, len(lines))
        thorough = is_hopeless(text, plausibility(lines), sureness_of(lines)) or is_no_latin(text)
        verdict = self._foreign.read(sheet, main.quads, languages, likely, thorough=thorough)
        return self._as_page(sheet, main, verdict) if verdict else None

    def _as_page(self, sheet: Picture, main: Group, verdict: Verdict) -> Page:
        attempt = verdict.attempt
        lines = [self._surer(sheet, line, attempt.script) for line in attempt.lines]
        rotation = (main.rotation + 180 * verdict.flipped) % 360
        lead = attempt.score - accepted(attempt.script)
        blocks = [[line for line in lines if line.letters]]
        return Page(Printed.name, blocks, rotation, attempt.script, trusted=True, print_lead=lead)

    def _surer(self, sheet: Picture, line: ReadLine, script: str) -> ReadLine:
        """A line of another script among foreign ones is read by the first engine if that is surer."""
        if score_of([line], script) >= FOREIGN_LINE:
            return line
        other = self._written.read_line(sheet, line.quad)
        return other if plausibility([other]) >= KEPT_LINE else line

    def _with_strange_lines(
        self, sheet: Picture, lines: list[ReadLine], languages: tuple[str, ...]
    ) -> list[ReadLine]:
        """The lines, those in another script than the rest read again as what they are."""
        script = script_of(_text(lines))
        strange = [index for index, line in enumerate(lines) if _is_strange(line, script)]
        if sum(width(lines[index].quad) / height(lines[index].quad) for index in strange) < LEAST_STRANGE:
            return lines
        verdict = self._foreign.read(
            sheet, [lines[index].quad for index in strange], languages, (), thorough=False
        )
        if verdict is None or verdict.flipped:
            return lines
        read = dict(zip(strange, verdict.attempt.lines, strict=True))
        return [read.get(index, line) for index, line in enumerate(lines)]


def _is_strange(line: ReadLine, script: str) -> bool:
    """True for a long line that gave few letters, or doubtful ones of another script than the rest."""
    if not is_long(line):
        return False
    few = plausibility([line]) < STRANGE_LINE * max(line.sureness, STRANGE_LINE)
    other = script_of(line.text) != script and line.sureness < KEPT_LINE
    return few or other


def _text(lines: list[ReadLine]) -> str:
    return "\n".join(line.text for line in lines)
