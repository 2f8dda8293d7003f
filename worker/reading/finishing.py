"""From a side as the engines read it to a reading: order, spelling, language and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from mailroom.reading import Code, Content, Reading
from worker.reading.believable import is_of_no_language
from worker.reading.blocks import as_lines, in_order, places_only
from worker.reading.confidence import Evidence, calibrated, calibrated_print, line_confidence
from worker.reading.lines import ReadLine, sureness_along, text_of_lines
from worker.reading.other_scripts.acceptance import accepted_from
from worker.reading.recognition.pieces import without_repeats
from worker.reading.recognition.unread import unread_stretches
from worker.reading.scripts import RIGHT_TO_LEFT, UNKNOWN, data_for, only_language_of, script_of
from worker.reading.side.lettering import Lettering
from worker.reading.side_text import SideText
from worker.reading.text.kindred import is_kindred, is_told_by_data, language_by_data
from worker.reading.text.language import LanguageGuess, guess_language
from worker.reading.text.mending import mended, with_narrow_marks
from worker.reading.text.word_choice import language_by_words, spelt_by_words

LETTERS_FOR_FULL = 8
# Something may stand where nothing was read for long: a word in another script, say.
READ_IN_PART = 0.45
# Words that may as well be Cyrillic in the Latin letters that look alike, as those of a short card may; or
# that are in another language than those whose data read them.
OF_NO_LANGUAGE = 0.5


@dataclass(frozen=True, slots=True)
class Nature:
    """What kind of side it is, and how its text came onto it."""

    content: Content
    lettering: Lettering


def finished(
    side: SideText,
    shape: tuple[int, ...],
    nature: Nature,
    languages: tuple[str, ...],
    codes: tuple[Code, ...],
) -> Reading:
    """The reading of a side, its lines in order and its doubtful words spelt by word lists.

    ``shape`` is that of the side as given; ``languages`` are those expected, most likely first.
    """
    ordered = without_repeats(in_order(side.blocks, side.script in RIGHT_TO_LEFT))
    raw = "\n".join(line.text for line in ordered if line.glyphs)
    if side.believable and side.script == "Latn":
        ordered = [with_narrow_marks(line) for line in spelt_by_words(ordered, languages)]
    guess = _language(side, text_of_lines(ordered), languages)
    ordered = [mended(line, guess.language if guess else None) for line in ordered]
    confidence = _confidence(side, guess)
    if side.believable and side.script == "Latn" and is_of_no_language(text_of_lines(ordered)):
        confidence *= OF_NO_LANGUAGE
    lines = (
        as_lines(ordered, shape, partial(_line_confidence, side, confidence))
        if side.believable
        else places_only(ordered, shape)
    )
    return Reading(
        text="\n".join(line.text for line in lines if line.text).strip(),
        confidence=confidence,
        language=guess.language if guess else None,
        script=side.script,
        rotation=side.rotation,
        handwritten=nature.lettering.by_hand,
        printed=nature.lettering.printed,
        content=nature.content,
        engine=side.engine,
        lines=lines,
        codes=codes,
        raw_text=raw,
    )


def _language(side: SideText, text: str, languages: tuple[str, ...]) -> LanguageGuess | None:
    if not side.believable:
        return None
    if side.data and is_told_by_data(text, side.data):
        language = language_by_data(text, side.data)
        return LanguageGuess(language, 1.0) if language else None
    guess = guess_language(text, languages)
    if side.data and guess and _was_compared(side, text, guess.language):
        return LanguageGuess(side.data, guess.confidence)
    only = only_language_of(side.script)
    if guess is None and only:
        return LanguageGuess(only, 1.0)
    return language_by_words(text, guess, languages) if side.script == "Latn" else guess


def _was_compared(side: SideText, text: str, language: str) -> bool:
    """Whether the data that read a side was found better than that of a language that it looks like.

    If it was not, for want of that data, the words are in none that is listed.
    """
    return language in data_for(side.script) and not is_kindred(text, side.script, language, side.data)


def _line_confidence(side: SideText, confidence: float, line: ReadLine) -> float:
    sureness = line.sureness * line.read_share
    if side.print_lead is None or line.by_columns:
        sure = line_confidence(sureness, confidence)
    else:
        sure = min(calibrated_print(sureness - accepted_from(side.script)), 0.5 + confidence / 2)
        # PP-OCR was not sure of it either.
        sure = min(sure, READ_IN_PART) if script_of(line.text) not in {side.script, UNKNOWN} else sure
    return min(sure, READ_IN_PART) if unread_stretches(line) else sure


def _confidence(side: SideText, guess: LanguageGuess | None) -> float:
    if not side.believable:
        return 0.0
    enough = min(1.0, sum(line.letters for line in side.lines) / LETTERS_FOR_FULL) * side.read_share
    if side.print_lead is not None:
        kindred = is_kindred(side.text, side.script, guess.language if guess else None, side.data)
        return round(calibrated_print(side.print_lead) * enough * (OF_NO_LANGUAGE if kindred else 1), 3)
    density = side.plausibility / side.sureness if side.sureness else 0.0
    sureness = sureness_along(side.lines)
    return calibrated(Evidence(sureness, density * enough, guess.confidence if guess else 0.0))
