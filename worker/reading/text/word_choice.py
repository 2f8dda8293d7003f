"""The word list that a side is spelt by: that of the language its words are likeliest in."""

from __future__ import annotations

import re

from worker.reading.lines import ReadLine, text_of_lines
from worker.reading.text.accents import with_accents
from worker.reading.text.language import LanguageGuess, likely_languages
from worker.reading.text.spelling import respelt
from worker.reading.text.unigrams import log_chance
from worker.vocabulary import KNOWN, frequencies

LANGUAGES_TRIED = 3
WORDS_TO_TELL = 4
CLEARLY_LIKELIER = 1.0
WELL_KNOWN = 0.36
_WORD = re.compile(r"[^\W\d_]{3,}")


def known_share(text: str) -> float:
    """The share of words (three letters or more) in the list of one likely language: that with most."""
    words = _WORD.findall(text.casefold())
    lists = [frequencies(language) for language in likely_languages(text, (), LANGUAGES_TRIED)]
    return (
        max((sum(word in known for word in words) / len(words) for known in lists), default=0.0)
        if words
        else 0.0
    )


def is_well_known(text: str) -> bool:
    """True where so many words stand in one language's list that it is that language, however misread.

    Of Cyrillic by hand, read as Latin letters, a fourth at most does by chance.
    """
    words = len(_WORD.findall(text))
    share = known_share(text) if words >= WORDS_TO_TELL else 0.0
    return share >= WELL_KNOWN and share * words >= WORDS_TO_TELL


def language_by_words(
    text: str, guess: LanguageGuess | None, languages: tuple[str, ...]
) -> LanguageGuess | None:
    """The guess, or the language whose list makes the words clearly likelier: letters alone mislead."""
    words = len(_WORD.findall(text))
    if guess is None or words < WORDS_TO_TELL or guess.language not in KNOWN:
        return guess
    tried = {guess.language, *likely_languages(text, languages, LANGUAGES_TRIED), *languages} & KNOWN
    chances = {language: log_chance(text, frequencies(language)) / words for language in sorted(tried)}
    best = max(chances, key=lambda language: chances[language])
    clearly = chances[best] >= chances[guess.language] + CLEARLY_LIKELIER
    return LanguageGuess(best, guess.confidence) if clearly else guess


def spelt_by_words(lines: list[ReadLine], languages: tuple[str, ...]) -> list[ReadLine]:
    """The lines with doubtful words read as likely ones; ``languages`` are those expected.

    The guessed language of a poor reading is often a rare one, so that the lists of several are tried,
    those of the expected ones too. Where no language is known, all stays as it is.
    """
    text = text_of_lines(lines)
    tried = dict.fromkeys(
        [*likely_languages(text, languages, LANGUAGES_TRIED), *languages[:LANGUAGES_TRIED]]
    )
    known = [language for language in tried if language in KNOWN]
    if not known:
        return lines
    best = max(known, key=lambda language: log_chance(text, frequencies(language)))
    words = frequencies(best)
    return [with_accents(respelt(line, words), best) if line.emissions else line for line in lines]
