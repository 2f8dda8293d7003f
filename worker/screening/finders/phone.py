"""Telephone numbers, be they broken at a line's end or with letters that look like their digits."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

from worker.screening.finders.edges import BEGINS, ENDS

DIGITS_MIN = 7
DIGITS_MAX = 15

_NUMBER = re.compile(rf"{BEGINS}(?<!@)[+＋(]{{0,2}}\d(?:[\s().\-–/·]{{0,3}}\d){{6,17}}{ENDS}")
_CALL = re.compile(
    r"(?:tel|phone|call|ring|mobile|cell|number|text me|whatsapp|t[ée]l[ée]?phone|appel"
    r"|portable|num[ée]ro|llam|m[oó]vil"
    r"|celular|n[uú]mero|telefon|handy|anruf|nummer|chiam|cellulare|liga|telem[oó]vel|bel"
    r"|nummer|zadzwo|dzwo|kom[oó]rk"
    r"|телефон|звон|номер|моб|дзвон|هاتف|اتصل|جوال|رقم|موبايل|تلفن|موبایل|شماره|تماس|ara\b"
    r"|arayın|arayabil|numara"
    r"|电话|電話|手机|手機|打给|番号|携帯|전화|τηλ|फ़ोन|फोन)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d\d|(?:19"
    r"|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}"
)
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s?[–/-]\s?(?:1[89]|20)?\d\d")
_LOCAL = re.compile(r"\d{3}[ -]\d{4}")
_DIALLED_FROM_AFAR = ("+", "＋", "0")
_LIKE_DIGITS = re.compile(rf"(?<![^\W\d])(?=[A-Za-z]*\d)[\dOoQIlSBZ]{{2,}}{ENDS}")
_DIGITS = str.maketrans("OoQIlSBZ", "00011582")
_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "PL", "RU", "BR", "TR", "IR", "EG", "CN", "JP", "NL", "UA")


def phone_spans(text: str) -> Iterable[tuple[int, int]]:
    """Where telephone numbers begin and end."""
    text = _LIKE_DIGITS.sub(lambda found: found.group().translate(_DIGITS), text)
    for match in _NUMBER.finditer(text):
        if _is_phone(text, *match.span()):
            yield match.span()
        elif "\n" in match.group():
            # The line below may begin with a number of its own.
            lines = re.finditer(r"[^\n]+", match.group())
            spans = ((match.start() + line.start(), match.start() + line.end()) for line in lines)
            yield from (span for span in spans if _is_phone(text, *span))


def _is_phone(text: str, start: int, end: int) -> bool:
    written = text[start:end].strip()
    digits = re.sub(r"\D", "", written)
    if not DIGITS_MIN <= len(digits) <= DIGITS_MAX or _DATE.fullmatch(written) or _YEARS.fullmatch(written):
        return False
    if "\n" in written and not written.lstrip("( ").startswith(_DIALLED_FROM_AFAR):
        return False
    return bool(_CALL.search(text[max(0, start - 40) : start])) or _looks_dialled(written, digits)


def _looks_dialled(written: str, digits: str) -> bool:
    groups = re.findall(r"\d+", written)
    if len(groups) > 1 and sum(1 for group in groups if len(group) == 1) > 1:
        return False
    if written.lstrip("( ").startswith(("+", "＋", "00")) or _LOCAL.fullmatch(written):
        return True
    return len(digits) >= 9 and any(_possible(digits, region) for region in _REGIONS)


def _possible(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
