"""Ways to reach the sender: e-mail, links, handles and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject

DIGITS_MIN = 7
DIGITS_MAX = 15

_MAIL = re.compile(r"[\w.+-]{2,}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?\.\s?[\w-]+)+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?\s?:\s?//|www\s?\.)\s?\S+"
    r"|(?<![\w@.])[\w-]{2,}(?:\.[\w-]+)*\.(?:com|org|net|info|edu|gov|example|test|io|me|de"
    r"|fr|es|it|nl|pl|ru|ua|be|ch|at"
    r"|co\.uk|uk|eu|pt|br|tr|ir|jp|cn|kr|cz|se|no|dk|fi|gr|mx|ar|cl|ca|au|nz|in|za|link|page|blog|app)"
    r"(?:/\S*)?(?![\w.]*\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.])@\s?[A-Za-z0-9_][\w.]{2,}")
_NETWORK = re.compile(
    r"(?<!\w)(?:insta|instagram|facebook|fb|twitter|telegram|tiktok|snapchat|snap|whats\s?app"
    r"|signal|discord|skype"
    r"|wechat|weixin|vk|viber|mastodon|bluesky|youtube|инстаграм\w*|инста|телеграм\w*|телеге"
    r"|фейсбук\w*|вконтакте"
    r"|вк|інстаграм\w*|фейсбуці|вайбер\w*|واتساب|تلگرام|تيليجرام|تليجرام|تلغرام|اینستاگرام"
    r"|انستغرام|إنستغرام|انستجرام"
    r"|فيسبوك|فیسبوک|微信|微博|抖音|小红书|小紅書|インスタ(?:グラム)?|ツイッター|ライン)(?!\w)"
    r"[^\n.!?。]{0,24}?(?P<name>[A-Za-z0-9_][\w.-]*[\d_.][\w.-]*|[A-Za-z][\w]{4,})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w@])[+＋(]{0,2}\d(?:[\s().\-–/·]{0,3}\d){6,17}(?!\w)")
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


def find_contact(subject: Subject) -> Iterable[Match]:
    """E-mail addresses, links, handles and telephone numbers."""
    text = subject.text
    taken: list[tuple[int, int]] = []
    for rule, reason, found in (
        ("email", "It gives an e-mail address.", _spans(_MAIL, text)),
        ("link", "It gives a link.", _spans(_LINK, text)),
        ("handle", "It gives a name on a social network.", _spans(_HANDLE, text)),
        ("handle", "It gives a name on a social network.", _spans(_NETWORK, text)),
        ("phone", "It gives a telephone number.", _phones(text)),
    ):
        for start, end in found:
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield Match(Label.SENDER_DATA, f"sender_data.{rule}", Severity.LOOK, reason, start, end)


def _spans(pattern: re.Pattern[str], text: str) -> Iterable[tuple[int, int]]:
    for match in pattern.finditer(text):
        yield match.start(), match.end()


def _phones(text: str) -> Iterable[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = re.sub(r"\D", "", written)
        if _DATE.fullmatch(written.strip()) or _YEARS.fullmatch(written.strip()) or "\n" in written:
            continue
        if not DIGITS_MIN <= len(digits) <= DIGITS_MAX:
            continue
        called = bool(_CALL.search(text[max(0, match.start() - 40) : match.start()]))
        if called or _looks_dialled(written, digits):
            yield match.start(), match.end()


def _looks_dialled(written: str, digits: str) -> bool:
    groups = re.findall(r"\d+", written)
    if len(groups) > 1 and sum(1 for group in groups if len(group) == 1) > 1:
        return False
    if written.lstrip("( ").startswith(("+", "＋", "00")):
        return True
    return len(digits) >= 9 and any(_possible(digits, region) for region in _REGIONS)


def _possible(digits: str, region: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False


_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "PL", "RU", "BR", "TR", "IR", "EG", "CN", "JP", "NL", "UA")
