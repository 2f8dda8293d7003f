"""Ways to reach the sender: e-mail, links, handles and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailroom.finding import Label, Severity
from worker.screening.finders.edges import BEGINS, LETTER
from worker.screening.finders.phone import phone_spans
from worker.screening.subject import Match, Subject
from worker.screening.words.locate import places_of_words

# Each begins at one place of a word and never goes back in it: a card may hold nothing but "a-a-a-a-...".
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s?(?:[@＠]|\(at\)|\[at\])\s?[\w-]+(?:\s?\.\s?[\w-]+)+"
    # An engine does not see every full stop, and a line may end after it.
    r"|(?<![\w.+-])[\w.+-]{2,}+[@＠][\w-]{3,}(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?\s?:\s?//|www\s?\.)\s?\S+"
    r"|(?<![\w@.-])[\w-]{2,}(?:\.[\w-]+)*\.(?:com|org|net|info|edu|gov|example|test|io|me|de"
    r"|fr|es|it|nl|pl|ru|ua|be|ch|at"
    r"|co\.uk|uk|eu|pt|br|tr|ir|jp|cn|kr|cz|se|no|dk|fi|gr|mx|ar|cl|ca|au|nz|in|za|link|page|blog|app"
    r"|ly|xyz|shop|club|online|site|store|tv|biz|dev|cards|ie|ro|hu|sk|li|lu)"
    rf"(?:/\S*)?(?!(?:{LETTER}|\.)*{LETTER})"
    r"|(?<![\w@.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/\w\S*",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    rf"{BEGINS}(?<!\.)[@＠]\s?\w[\w.]+"
    r"|(?<!\w)[^\W_]+_[^\W_]\w*"
    r"|(?<!\w)\w{3,}#\d{3,}(?!\w)|(?<![\w/])u/\w{3,}"
)
_NETWORK = re.compile(
    r"(?<!\w)(?:[il1|]nsta|[il1|]nstagram|face(?:\s|-\s)?b[o0]{2}k|fb|twitter|telegram|tiktok|snapchat|snap|whats\s?app"
    r"|signal|discord|skype"
    r"|wechat|weixin|vk|viber|mastodon|bluesky|youtube|linkedin|reddit|pinterest|ig|инстаграм\w*|инста|телеграм\w*|телеге"
    r"|фейсбук\w*|вконтакте"
    r"|вк|інстаграм\w*|фейсбуці|вайбер\w*|واتساب|تلگرام|تيليجرام|تليجرام|تلغرام|اینستاگرام"
    r"|انستغرام|إنستغرام|انستجرام"
    r"|فيسبوك|فیسبوک|微信|微博|抖音|小红书|小紅書|インスタ(?:グラム)?|ツイッター|ライン)(?!\w)"
    r"(?:\s?[:=]\s?[A-Za-z]\w{2,}"
    r"|[^\n.!?。]{0,24}?(?P<name>[A-Za-z0-9_][\w.-]*[\d_.][\w.-]*|[A-Za-z][\w]{4,}))",
    re.IGNORECASE,
)
_KINDS = (
    ("email", "It gives an e-mail address.", _MAIL),
    ("link", "It gives a link.", _LINK),
    ("handle", "It gives a name on a social network.", _HANDLE),
    ("handle", "It gives a name on a social network.", _NETWORK),
)


def find_contact(subject: Subject) -> Iterable[Match]:
    """E-mail addresses, links, handles and telephone numbers."""
    taken: list[tuple[int, int]] = []
    for rule, reason, start, end in _found(subject):
        if not any(start < last and first < end for first, last in taken):
            taken.append((start, end))
            yield Match(Label.SENDER_DATA, f"sender_data.{rule}", Severity.LOOK, reason, start, end)


def _found(subject: Subject) -> Iterable[tuple[str, str, int, int]]:
    for rule, reason, pattern in _KINDS:
        yield from ((rule, reason, *match.span()) for match in pattern.finditer(subject.text))
    for start, end in phone_spans(subject.text):
        yield "phone", "It gives a telephone number.", start, end
    yield from _read_otherwise(subject)


def _read_otherwise(subject: Subject) -> Iterable[tuple[str, str, int, int]]:
    """Words that are a way to reach the sender by another reading alone."""
    for start, word in places_of_words(subject.reading) if subject.reading else ():
        for rule, reason, pattern in _KINDS:
            if any(pattern.search(other) for other in word.alternatives):
                yield rule, reason, start, start + len(word.text)
