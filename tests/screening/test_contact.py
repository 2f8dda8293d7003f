"""Ways to reach the sender, as hands write them and as engines read them."""

import pytest

from mailroom.finding import Label
from mailroom.reading import Content, Line, Reading, Word
from mailroom.scope import Scope
from worker.screening.finders.contact import find_contact
from worker.screening.screener import Screener
from worker.screening.subject import Subject


def rules(text: str) -> set[str]:
    subject = Subject.of_text(text, Scope(), "eng", frozenset({"eng"}))
    return {match.rule.removeprefix("sender_data.") for match in find_contact(subject)}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("07700 900 123", "phone"),
        ("020\n7946\n0958", "phone"),
        ("07700 900123\n12 Acacia Road", "phone"),
        ("+44 77OO 9OO l23", "phone"),
        ("O20 7946 O958", "phone"),
        ("555-O123", "phone"),
        ("r@x.org", "email"),
        ("ruth@gmail com", "email"),
        ("ruth.miller@gmail", "email"),
        ("ruth＠example.org", "email"),
        ("bit.ly/ab12", "link"),
        ("t.me/ruth", "link"),
        ("ruthscards.shop", "link"),
        ("@рута", "handle"),
        ("@ ru\nthie", "handle"),
        ("＠ruthie", "handle"),
        ("ruthie_m", "handle"),
        ("ruth#1234", "handle"),
        ("ig: ruthie", "handle"),
        ("lnsta: ruthie", "handle"),
        ("Face-\nbook: ruth.miller", "handle"),
        ("Faceb00k: Ruth Miller", "handle"),
        ("Bluesky: ruth", "handle"),
        ("linkedin ruth miller", "handle"),
        ("我的电话是13812345678谢谢", "phone"),
        ("電話は090-1234-5678です", "phone"),
        ("โทร0812345678นะ", "phone"),
        ("请看ruth.example.com谢谢", "link"),
        ("加@ruthie", "handle"),
    ],
)
def test_a_way_to_reach_the_sender_is_found(written: str, rule: str) -> None:
    assert rule in rules(f"The garden is green.\n{written}\nWarm wishes, Ruth")


@pytest.mark.parametrize(
    "written",
    [
        "12.03.1998",
        "2019-2024",
        "17\n1988\n24",
        "I rang 12 bells and 30 horns and saw 1000 birds",
        "1 2 3 4 5 6 7 8 9",
        "Oooooo IIII",
        "tea and/or coffee",
        "The name: ____ of it",
        "at 5 p.m. or so",
        "2026年12月24日",
        "3000000人が",
    ],
)
def test_what_leads_to_nobody_is_nothing(written: str) -> None:
    assert rules(f"The garden is green.\n{written}\nWarm wishes, Ruth") == set()


def test_number_ends_where_an_ending_stands_on_it() -> None:
    text = "전화번호는 010-1234-5678입니다"
    subject = Subject.of_text(text, Scope(), "kor", frozenset({"kor"}))
    assert [text[match.start : match.end] for match in find_contact(subject)] == ["010-1234-5678"]


@pytest.mark.parametrize(
    ("read", "other"),
    [("ruthQgmail.corn", "ruth@gmail.corn"), ("ruthgmailcorn", "ruth@gmailcom"), ("Qruthie", "@ruthie")],
)
def test_another_reading_of_a_word_may_be_a_way_to_reach_the_sender(
    packs_only: Screener, read: str, other: str
) -> None:
    box = (0, 0, 9, 9)
    line = Line(f"Hello {read}", 0.97, box, (Word("Hello", 0.97, box), Word(read, 0.9, box, (other,))))
    reading = Reading(line.text, 0.97, "eng", "Latn", 0, True, Content.TEXT, "test", (line,))
    (finding,) = packs_only.screen([reading], Scope()).findings
    assert (finding.label, finding.evidence) == (Label.SENDER_DATA, read)
