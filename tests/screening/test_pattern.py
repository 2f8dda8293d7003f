"""The phrase language: where a phrase stands, misread or not, and what is refused as one."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.screening.matching.hanging import Entry, Hanging
from worker.screening.matching.matcher import Matcher
from worker.screening.phrases.pattern import Literal
from worker.screening.phrases.phrase import ANY_LANGUAGE, Phrase
from worker.screening.phrases.phrase_parser import Classes, parse
from worker.screening.phrases.phrase_parts import PatternError
from worker.screening.words.text import message_of


def places(phrase: str, text: str, classes: dict[str, str] | None = None) -> list[str]:
    matcher = Matcher([Phrase(parse(phrase, Classes(classes)), ANY_LANGUAGE, 0)])
    message = message_of(text)
    return [
        text[message.tokens[hit.first].start : message.tokens[hit.last - 1].end]
        for hit in matcher.hits(matcher.look(message), frozenset())
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("merry christmas", "A Merry Christmas to you", ["Merry Christmas"]),
        ("(happy|blessed) .. easter", "happy and sunny Easter!", ["happy and sunny Easter"]),
        ("(happy|blessed) .. easter", "Happy. Easter", []),
        ("pray*", "praying, prayers", ["praying", "prayers"]),
        ("*strasse <number>", "Gartenstraße 12", ["Gartenstraße 12"]),
        ("=sąd", "sad i sąd", ["sąd"]),
        ("your _? brother", "your big brother, your brother", ["your big brother", "your brother"]),
        ("^ to the judge", "We wrote to the judge", []),
        ("^ to the judge", "To the judge: please", ["To the judge"]),
        ("my name is <Name> <Name>", "My name is Ada Byron", ["My name is Ada Byron"]),
        ("your $kin", "Kiss your mother", ["your mother"]),
        ("新年快乐", "祝你新年快乐!", ["新年快乐"]),
        ("<number> 元", "寄给你12元好吗", ["12元"]),
        ("(hang around|drop dead)", "just drop dead now", ["drop dead"]),
        ("(out|go (straight|right) to hell)", "go right to hell", ["go right to hell"]),
        ("my (old|very dear) friend", "my very dear friend", ["my very dear friend"]),
        ("10个月", "判了10个月了", ["10个月"]),
        ("QQ号", "我的QQ号是", ["QQ号"]),
        ("卡拉OK", "去卡拉 唱歌, 卡拉OK", ["卡拉OK"]),
        ("น้ำใจ", "มีน้ำใจ", ["น้ำใจ"]),
        ("자살*", "그는 자살하고 싶다", ["자살하고"]),
        ("*eg", "der Weg", ["Weg"]),
        ("dont know", "I don't know", ["don't know"]),
        ("l'église", "dans l’eglise", ["l’eglise"]),
    ],
)
def test_a_phrase_stands_where_it_should(phrase: str, text: str, found: list[str]) -> None:
    assert places(phrase, text, {"kin": "mother|father"}) == found


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        ("Merry Chrlstrnas", True),
        ("Mery Christmas", True),
        ("Merry Christ mas", True),
        ("Mercy crisis", False),
        ("Many chestnuts", False),
    ],
)
def test_a_phrase_misread_is_still_found(read: str, stands: bool) -> None:
    assert bool(places("merry christmas", read)) is stands


def test_an_ordinary_word_is_no_misreading() -> None:
    phrase = Phrase(parse("torture*"), ANY_LANGUAGE, 0)
    message = message_of("the tortoise and the torture")
    matcher = Matcher([phrase], frozenset({"tortoise"}))
    assert [hit.first for hit in matcher.hits(matcher.look(message), frozenset())] == [4]


def test_one_word_of_another_language_does_not_count() -> None:
    matcher = Matcher([Phrase(parse("gift"), "deu", 0)])
    message = message_of("a gift for you")
    assert matcher.hits(matcher.look(message), frozenset({"eng"})) == []
    assert matcher.hits(matcher.look(message), frozenset({"deu"})) != []


@pytest.mark.parametrize(
    "phrase",
    [
        "(a|b",
        "a|",
        "",
        "..",
        "(word)?",
        "a*",
        "(a|b)*",
        "x-a*",
        "word *",
        "wo*rd",
        "..99 word",
        "$nobody",
        "b)",
        "=<Name>",
        "!!!",
    ],
)
def test_a_broken_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(PatternError):
        parse(phrase)


def test_a_class_that_names_itself_is_refused() -> None:
    with pytest.raises(PatternError, match="each other"):
        parse("$loop", Classes({"loop": "word|$loop"}))


def test_a_class_that_closes_more_than_it_opened_is_refused() -> None:
    with pytest.raises(PatternError, match="nothing was open"):
        parse("$kin", Classes({"kin": "mother) (father"}))


def test_classes_that_would_multiply_are_refused() -> None:
    """Each names the one before ten times over: a hundred thousand words in five."""
    classes = {"c0": "|".join(f"word{number}" for number in range(10))}
    classes |= {f"c{level}": "|".join([f"$c{level - 1}"] * 10) for level in range(1, 5)}
    with pytest.raises(PatternError, match="too many"):
        parse("$c4", Classes(classes))


def test_a_phrase_that_could_explode_is_refused() -> None:
    with pytest.raises(PatternError, match="too long"):
        parse("word " + "..12 (one|two) " * 20)


@given(st.text(string.ascii_letters, min_size=1))
def test_a_plain_word_is_parsed_as_a_message_is_cut(word: str) -> None:
    (token,) = message_of(word).tokens
    assert parse(word) == (Literal(token.bare),)


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("a $ b", "a stray '[$]'"),
        ("word $", "a stray '[$]'"),
        ("a|b|", "the end where a word was due"),
        ("a b)", "'[)]' where nothing was open"),
    ],
)
def test_what_is_wrong_is_named(phrase: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        parse(phrase)


@given(st.lists(st.sets(st.integers(0, 9))))
def test_each_phrase_hangs_on_all_its_words_in_order(words: list[set[int]]) -> None:
    phrase = Phrase(parse("word"), ANY_LANGUAGE, 0)
    entries = [Entry(phrase, (), (), before) for before in range(len(words))]
    hanging = Hanging(list(zip(entries, words, strict=True)), 10)
    for literal in range(10):
        assert [entry.before for entry in hanging.on(literal)] == [
            place for place, own in enumerate(words) if literal in own
        ]
