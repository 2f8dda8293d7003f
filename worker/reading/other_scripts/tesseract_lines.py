"""Lines read by Tesseract as print in one script that PP-OCR cannot read.

With which language's data they are read, what of them is read again, and when it is not worth reading on.
"""

from __future__ import annotations

from worker.reading.geometry import Picture, Quad, width
from worker.reading.lines import ReadLine, text_of_lines
from worker.reading.other_scripts.acceptance import score_of
from worker.reading.other_scripts.data_lines import Attempt, DataLines
from worker.reading.other_scripts.strip_reader import Lines, StripReader
from worker.reading.other_scripts.strips import SMALL
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.scripts import KINDRED_DATA, TESSERACT_DATA
from worker.reading.text.kindred import is_kindred, is_well_listed, may_be_in, speaks_for_kin
from worker.reading.text.language import guess_language

MANY, MANY_IN_KIN = 13, 4
"""Lines from which a sample is read first: of a script with one language's data, and with several."""
ONE_SAMPLED_IN, FEWEST_SAMPLED = 5, 2
"""In how many lines one is sampled, and how many are at least."""

# Scores, as ``acceptance`` has them. Of samples print scored 0.76 or more, hands 0.70 or less:
# docs/decisions/0113.
RIGHT = 0.72
PROMISING = 0.55
"""What scores less becomes no print by other data, nor line by line."""
KIN_LEAD = 0.15
"""How much lower a reading in the likelier language may score and still be the one to go on with."""

POOR_LEAD = 0.08
"""Print that scores no more than this above what is just accepted may be misread, in a language of kin."""
KIN_TRIED = 2
"""Of the further languages so many that read a sample best are tried on all lines."""


class TesseractLines:
    """Lines to be read as one script through Tesseract."""

    name = "tesseract"

    def __init__(
        self, tesseract: Tesseract, grey: Picture, quads: list[Quad], script: str, enough: float
    ) -> None:
        """``grey`` is a whitened sheet; a score of ``enough`` tells that the lines are in ``script``."""
        self._strips = StripReader(tesseract, grey, quads, script)
        self._lines = DataLines(self._strips, quads, script, enough)
        self._quads = quads
        self._script = script
        self._enough = enough
        self._data = _installed(tesseract, TESSERACT_DATA[script])
        self._kin = tuple(kin for kin in KINDRED_DATA.get(script, ()) if kin in tesseract.languages)

    def attempt(self, languages: tuple[str, ...], *, looks_printed: bool) -> Attempt:
        """All lines; or a sample of them, where that shows that they are no print in the script.

        A sample is taken of what does not look printed and would take long to fail. ``languages`` (ISO
        639-3) name the data to begin with; where the text then turns out to be in another language of the
        script, or is nearly enough, it is read again with other data. Raises LanguageMissingError when no
        data for the script is installed, EngineError on failure.
        """
        first = next((language for language in languages if language in self._data), self._data[0])
        sample: Lines = {}
        if not looks_printed and len(self._quads) >= (MANY if len(self._data) == 1 else MANY_IN_KIN):
            asked = self._longest()
            sample = self._sample(asked, first)
            # Half may be in another script, or dropped.
            if 2 * sum(map(self._is_right, sample.values())) < len(asked):
                return self._lines.as_attempt(sample, first)
        begun = self._likely(sample, languages) or first
        lines = self._lines.at_once(begun)
        if begun == first:
            self._lines.take_better(lines, sample)
        if score_of(list(lines.values()), self._script) < PROMISING:
            return self._lines.as_attempt(lines, begun)
        likely = self._likely(lines, languages) or begun
        attempt = (
            self._lines.mended(lines, begun) if likely == begun else self._in_kin(lines, begun, likely)
        )
        attempt = self._in_further_kin(attempt, languages, printed=looks_printed)
        return self._in_the_rest(attempt, {begun, likely})

    def _sample(self, asked: list[int], data: str) -> Lines:
        """Some lines read small: together, or each alone where all of them get lost together."""
        lines = self._strips.together(asked, data, SMALL)
        for place in [] if lines else asked:
            lines |= self._strips.alone(place, data)
        return lines

    def _longest(self) -> list[int]:
        asked = max(FEWEST_SAMPLED, len(self._quads) // ONE_SAMPLED_IN)
        return sorted(range(len(self._quads)), key=lambda index: -width(self._quads[index]))[:asked]

    def _is_right(self, line: ReadLine) -> bool:
        return score_of([line], self._script) >= RIGHT

    def _likely(self, lines: Lines, languages: tuple[str, ...]) -> str | None:
        """The data that a text is likeliest for."""
        if len(self._data) == 1:
            return None
        guess = guess_language("\n".join(line.text for line in lines.values()), languages, self._data)
        return guess.language if guess else None

    def _in_kin(self, lines: Lines, begun: str, likely: str) -> Attempt:
        """What was begun with one language's data, in the language that it turns out to be likelier in."""
        others = self._lines.at_once(likely)
        if self._lines.score(others) >= self._lines.score(lines) - KIN_LEAD:
            attempt = self._lines.mended(others, likely)
            if attempt.score >= self._enough:
                return attempt
        return self._lines.mended(lines, begun)

    def _in_further_kin(self, attempt: Attempt, languages: tuple[str, ...], *, printed: bool) -> Attempt:
        """The lines in a further language of the script, if its data reads better what others misread."""
        misread = text_of_lines(attempt.lines)
        if not self._kin or not self._may_be_misread(attempt, misread, languages, printed=printed):
            return attempt
        asked = self._longest()
        others = (data for data in (*self._data, *self._kin) if data != attempt.data)
        samples = {data: self._lines.score(self._strips.together(asked, data)) for data in others}
        words_tell = is_kindred(misread, self._script, None)
        for data in sorted(samples, key=lambda other: -samples[other])[:KIN_TRIED]:
            again = self._lines.mended(self._lines.at_once(data), data)
            better = again.score >= self._enough and (words_tell or again.score > attempt.score)
            if better and may_be_in(data, text_of_lines(again.lines), misread, self._script):
                return again
        return attempt

    def _may_be_misread(
        self, attempt: Attempt, text: str, languages: tuple[str, ...], *, printed: bool
    ) -> bool:
        """Whether print scores poorly though few of its words are listed, or its text speaks for kin."""
        poor = attempt.score < self._enough + POOR_LEAD and (printed or attempt.score >= RIGHT)
        return (poor and not is_well_listed(text, self._script)) or speaks_for_kin(
            text, self._script, attempt.data, languages, self._kin
        )

    def _in_the_rest(self, attempt: Attempt, read_in: set[str]) -> Attempt:
        """The best of an attempt and, until one is enough, of others with the data it was not read with."""
        others = (language for language in self._data if language not in read_in)
        while attempt.score < self._enough and (other := next(others, None)):
            again = self._lines.mended(self._lines.at_once(other), other)
            attempt = max(attempt, again, key=lambda tried: tried.score)
        return attempt


def _installed(tesseract: Tesseract, data: tuple[str, ...]) -> tuple[str, ...]:
    """What is installed of a script's data; all of it where nothing is, so that the want of it is told."""
    return tuple(language for language in data if language in tesseract.languages) or data
