"""A text cut into words: what hides one is undone, and each stands where it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.screening.words.text import message_of


def bare(text: str) -> list[str]:
    return [token.bare for token in message_of(text).tokens]


@pytest.mark.parametrize(
    "written",
    [
        "Amnesty",
        "AMNESTY",
        "\uff21mnesty",
        "Аmnesty",
        "A\u200bmne\u200dsty",
        "\u202eAmnesty\u202c",
        "A m n e s t y",
        "A.m.n.e.s.t.y",
        "Amne-\nsty",
        "Ámnésty",
        "AMNE-\nSTY",
        "Amne=\nsty",
        "A\nm\nn\ne\ns\nt\ny",
    ],
)
def test_a_hidden_word_is_undone(written: str) -> None:
    assert "amnesty" in bare(f"Hello from {written} people")


def test_words_that_no_line_breaks_stay_apart() -> None:
    assert bare("the Anne-\nMarie of MAY -\nThe month") == [
        "the",
        "anne",
        "marie",
        "of",
        "may",
        "the",
        "month",
    ]


@pytest.mark.parametrize("written", ["$20", "20 $", "$ 20", "20$"])
def test_a_sign_for_money_beside_a_number_is_a_word(written: str) -> None:
    assert sorted(bare(f"here are {written} for you")) == ["20", "are", "dollar", "for", "here", "you"]


def test_letters_of_digits_are_another_form_of_a_word() -> None:
    (token,) = message_of("chr1stmas").tokens
    assert "christmas" in token.forms


def test_an_arabic_word_is_known_without_its_article_and_vowels() -> None:
    (token,) = message_of("وَبِالكَنِيسَةِ").tokens
    assert token.forms == ("كنيسه",)


def test_russian_stays_russian() -> None:
    assert bare("Христос воскрес") == ["христос", "воскрес"]


def test_scripts_without_spaces_give_a_word_for_each_character() -> None:
    assert bare("新年快乐") == ["新", "年", "快", "乐"]


def test_traditional_characters_are_read_as_simplified() -> None:
    assert bare("聖誕節") == ["圣", "诞", "节"]


def test_a_sentence_ends_at_its_stop() -> None:
    tokens = message_of("Be well. We think of you").tokens
    assert [token.sentence for token in tokens] == [0, 0, 1, 1, 1, 1]


@given(st.text(max_size=200))
def test_every_word_stands_where_it_says(text: str) -> None:
    message = message_of(text)
    last = 0
    for token in message.tokens:
        assert last <= token.start < token.end <= len(text)
        assert token.bare
        last = token.end
    covered = [span for first, end in message.sentences for span in range(first, end)]
    assert covered == list(range(len(message.tokens)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("寄12元", ["寄", "12", "元"]),
        ("寄@香港", ["寄", "香", "港"]),
        ("$100元", ["dollar", "100", "元"]),
        ("香\u200b港", ["香", "港"]),
        ("서울大学", ["서울", "大", "学"]),
        ("AI香港分会", ["ai", "香", "港", "分", "会"]),
        ("12月にI love you", ["12", "月", "に", "i", "love", "you"]),
        ("ของ500บาท", ["ข", "อ", "ง", "500", "บ", "า", "ท"]),
    ],
)
def test_words_and_numbers_end_where_a_script_without_spaces_begins(text: str, words: list[str]) -> None:
    assert bare(text) == words
