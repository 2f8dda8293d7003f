"""A child's surname or school, on a card that says that a child wrote it.

The packs find schools and phrases; this finder joins two clues that no phrase can: that the writer is
a child, and a first name followed by another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject

CHILD_YEARS_MAX = 15
_REASON = "A child wrote this, and it gives the child's surname."
_YEARS = (
    r"years? old|yrs? old|ans|años|anos|jahre?|anni|jaar|lat|lata|лет|года|років|роки|سنوات"
    r"|سنين|سنة|عام|ساله|سال|yaşında"
    r"|岁|歲|歳|さい|살|साल|év|έτη|χρονών|let|år"
)
_NUMBER = r"(?P<age>\d{1,2})"
_SPELT = (
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|cinq|sept|huit|neuf|dix|onze|douze|treize|cinco|seis|siete|ocho|nueve|diez|doce|trece"
    r"|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|cinque|sei|sette|otto|nove|dieci|undici|dodici"
    r"|vijf|zes|zeven|negen|tien|elf|twaalf|sete|oito|dez|pięć|sześć|siedem|osiem|dziewięć|dziesięć"
    r"|пять|шесть|семь|восемь|девять|десять|сім|вісім|дев'ять|sekiz|yedi|dokuz|altı|on bir"
    r"|سبع|ثماني|تسع|عشر|هشت|هفت|نه|ده"
)
_AGE = re.compile(
    rf"(?<![\w-]){_NUMBER}\s?(?:{_YEARS})(?!\w)|\({_NUMBER.replace('age', 'aged')}\)"
    rf"|\b(?:i am|i'm|im|aged?|мне|мені|tengo|ho|tenho|ich bin|ik ben|mam|j'ai"
    rf"|عمري)\s+{_NUMBER.replace('age', 'bare')}(?!\w)"
    rf"|(?<![\w-])(?:{_SPELT})\s+(?:{_YEARS})(?!\w)|\b(?:i am|i'm|im|мне|мені)\s+(?:{_SPELT})\b"
    r"|[一二三四五六七八九十]{1,2}(?:歳|才|岁|歲)",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-ÞĀ-ŽА-ЯҐЄІЇ][^\W\d_]{1,}"
_FULL_NAME = re.compile(
    rf"(?:my name is|my names|name's|i am|i'm|im|from|love|je m'appelle|moi c'est|je suis"
    rf"|me llamo|soy|mi nombre es"
    rf"|ich hei(?:ß|ss)e|ich bin|mein name ist|mi chiamo|sono|chamo-me|me chamo|eu sou|sou"
    rf"|o meu nome é|meu nome é"
    rf"|ik heet|ik ben|mijn naam is|nazywam się|mam na imię|jestem|меня зовут|я|мене звати"
    rf"|benim adım|adım|ben)"
    rf"[\s:,]+(?P<name>(?-i:{_NAME}\s+(?:(?:van|de|der|den|von|da|dos|al|el|la|le|O')\s+)*{_NAME}))",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?:^|\n)[\W_]*(?P<name>{_NAME}\s+{_NAME})\s*,?\s*\(?\d{{0,2}}[^\n]{{0,14}}\)?\s*$")


def find_child(subject: Subject) -> Iterable[Match]:
    """The surname of a child that says its age."""
    if _is_child(subject.text):
        yield from _surname(subject)


def find_child_by_other_side(subject: Subject, sides: Iterable[Subject]) -> Iterable[Match]:
    """The surname of a child that says its age on another of the card's sides."""
    if not _is_child(subject.text) and any(_is_child(side.text) for side in sides):
        yield from _surname(subject)


def _surname(subject: Subject) -> Iterable[Match]:
    for pattern in (_FULL_NAME, _SIGNED):
        for match in pattern.finditer(subject.text):
            name = match.group("name")
            if _is_name(name):
                yield Match(
                    Label.CHILD_DATA,
                    "child_data.surname",
                    Severity.TWO_PEOPLE,
                    _REASON,
                    match.start("name"),
                    match.end("name"),
                )
                return


def _is_name(words: str) -> bool:
    # In a message all in capitals nothing tells a name from any other word.
    first, *_, last = words.split()
    return first[0].isupper() and last[0].isupper() and not last.isupper()


def _is_child(text: str) -> bool:
    for match in _AGE.finditer(text):
        number = match.group("age") or match.group("aged") or match.group("bare")
        if number is None or 3 <= int(number) <= CHILD_YEARS_MAX:
            return True
    return False
