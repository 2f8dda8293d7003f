"""Text that is no language: Morse, number codes, letters shifted or shuffled."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject
from worker.screening.words.message import Token

_REASON = "It looks like a code, which destinations refuse."
_MORSE = re.compile(r"(?:[.·•\-–—_/|]{1,6}[ \t/]+){5,}[.·•\-–—_/|]{1,6}")
_NUMBERS = re.compile(r"(?:\b\d{1,3}\b[ \t,;:./|\n–-]+){7,}\d{1,3}\b")
_GRID = re.compile(r"(?:\b[A-Za-z]\d{1,3}\b[ \t,;./|–-]+){3,}[A-Za-z]\d{1,3}\b")
_BINARY = re.compile(r"(?:\b[01]{4,}\b\s*){3,}")
_TRIPLE = re.compile(r"\b\d-\d-\d(?:-\d)*\b")
_SHAPES = re.compile(r"(?:[△▲▽▼○●◯□■◇◆☐✕✖][^\w\n]{0,3}){3,}")
_CALL_SIGNS = re.compile(
    r"(?:\b[A-Z]{3}\b[ .–-]+){2,}\d{3,4}\b|\b[A-Z]{3}[ .–-]+(?:\d{3,4}[ .–-]+){2,}[A-Z]{3}\b"
)
_MASHED = re.compile(
    r"\b([bcdfghjklmnpqrstvwxz])\1{2,}\b[\W_]+\b([bcdfghjklmnpqrstvwxz])\2{1,}\b", re.IGNORECASE
)
_SYMBOLS = re.compile(r"(?:[^\w\s.,;:!?'\"()\-–—…。、，！？؟،«»„“”‘’¡¿♥❤☺☀★☆♡*~=+_/&]\s?){8,}")
_VOWELS = frozenset("aeiouyáéíóúàèùâêîôûäöüåæøœıěůąęãõ")
_EMOJI = re.compile("[\U0001f000-\U0001ffff\u2600-\u27bf\ufe0f\u200d]")
STRANGE_WORDS_MIN = 4
SHIFTED_WORDS_MIN = 4
SHIFTED_LETTERS_MIN = 14
# The rarest in languages of Latin letters is about 0.33 (Czech, Polish).
VOWELS_SHARE_MIN = 0.23
REPEATED_WITHIN = 9
REPEATED_MIN = 4


def find_cipher(subject: Subject) -> Iterable[Match]:
    """Runs of signs, numbers or letters that no language writes."""
    for rule, pattern in (
        ("morse", _MORSE),
        ("numbers", _NUMBERS),
        ("grid", _GRID),
        ("binary", _BINARY),
        ("symbols", _SYMBOLS),
        ("triple", _TRIPLE),
        ("shapes", _SHAPES),
        ("call_signs", _CALL_SIGNS),
        ("mashed", _MASHED),
    ):
        for match in pattern.finditer(subject.text):
            if rule == "symbols" and _EMOJI.search(match.group()):
                continue
            yield Match(Label.CIPHER, f"cipher.{rule}", Severity.LOOK, _REASON, match.start(), match.end())
    yield from _strange_words(subject)
    yield from _few_vowels(subject)
    yield from _repeated_words(subject)


def _few_vowels(subject: Subject) -> Iterable[Match]:
    """A sentence in which vowels are far too rare, as when letters were shifted."""
    tokens = subject.message.tokens
    for first, last in subject.message.sentences:
        sentence = tokens[first:last]
        if any(token.runs for token in sentence):
            # Latin letters in Chinese or Japanese are mostly those of names.
            continue
        words = [token.bare for token in sentence if token.bare.isascii() and token.bare.isalpha()]
        letters = "".join(words)
        if len(words) < SHIFTED_WORDS_MIN or len(letters) < SHIFTED_LETTERS_MIN:
            continue
        if sum(letter in "aeiou" for letter in letters) < VOWELS_SHARE_MIN * len(letters):
            start, end = tokens[first].start, tokens[last - 1].end
            yield Match(Label.CIPHER, "cipher.shifted", Severity.LOOK, _REASON, start, end)


def _repeated_words(subject: Subject) -> Iterable[Match]:
    """A word said again and again among numbers."""
    tokens = subject.message.tokens
    for first in range(max(1, len(tokens) - REPEATED_WITHIN + 1)):
        window = tokens[first : first + REPEATED_WITHIN]
        words = [token.bare for token in window if len(token.bare) >= 4 and token.bare.isalpha()]
        numbers = sum(token.bare.isdigit() for token in window)
        if numbers >= 2 and any(words.count(word) >= REPEATED_MIN for word in set(words)):
            yield Match(
                Label.CIPHER, "cipher.repeated", Severity.LOOK, _REASON, window[0].start, window[-1].end
            )
            return


def _strange_words(subject: Subject) -> Iterable[Match]:
    """A run of Latin words that hardly any language could pronounce."""
    run: list[tuple[int, int]] = []
    strange = 0
    for token in (*subject.message.tokens, None):
        if token is not None and _strange(token.bare):
            run.append((token.start, token.end))
            strange += 1
        elif token is not None and run and _is_short(token):
            run.append((token.start, token.end))
        else:
            if strange >= STRANGE_WORDS_MIN:
                yield Match(Label.CIPHER, "cipher.letters", Severity.LOOK, _REASON, run[0][0], run[-1][1])
            run, strange = [], 0


def _is_short(token: Token) -> bool:
    return len(token.bare) <= 2 and token.bare.isalpha() and not token.runs


def _strange(word: str) -> bool:
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return False
    vowels = sum(1 for char in word if char in _VOWELS)
    return vowels * 5 < len(word) or bool(
        re.search("[bcdfghjklmnpqrstvwxz]{5}|[qjx][bcdfghjklmnpqrstvwxz]", word)
    )
