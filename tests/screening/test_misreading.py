"""Which words a word as read may be, and how far each is from it."""

import string
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from worker.screening.words.misreading import LETTERS_FOR_TWO, distance
from worker.screening.words.near_words import LETTERS_FOR_ONE, NearWords
from worker.screening.words.remainders import remainders

LETTERS = st.sampled_from("abcelmnor" + "иноу" + "سر" + "\U00020000")
WORDS = st.text(LETTERS, min_size=2, max_size=14)
WHERE = st.integers(0, 99)


def hash_of(word: str) -> int:
    return int(remainders([word], 1)[0, 0]) if word else 0


def left_of(word: str, deletions: int) -> set[str]:
    places = range(len(word))
    gone = [where for count in range(deletions + 1) for where in combinations(places, count)]
    return {"".join(word[at] for at in places if at not in where) for where in gone}


@given(st.text(min_size=1, max_size=12), st.sampled_from([1, 2]))
def test_what_is_left_of_a_word_is_known_by_its_own_hash(word: str, deletions: int) -> None:
    assume(len(word) >= deletions)
    found = set(remainders([word], deletions)[0].tolist())
    assert found == {hash_of(left) for left in left_of(word, deletions)}


@given(st.lists(st.text(min_size=5, max_size=5), min_size=1, max_size=5))
def test_words_are_reckoned_together_as_one_by_one(words: list[str]) -> None:
    together = remainders(words, 2)
    assert [row.tolist() for row in together] == [remainders([word], 2)[0].tolist() for word in words]


@given(st.lists(WORDS), st.text(LETTERS, min_size=LETTERS_FOR_ONE, max_size=14), WHERE, LETTERS)
def test_a_word_is_found_by_one_with_a_letter_more_less_or_other(
    others: list[str], word: str, where: int, letter: str
) -> None:
    near = NearWords([*others, word])
    at = where % len(word)
    for read in (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
    ):
        assert dict(near.near(read))[word] == distance(read, word, 2) <= 1


@given(st.text(LETTERS, min_size=LETTERS_FOR_TWO, max_size=20), st.data())
def test_a_long_word_is_found_by_one_with_two_other_letters(word: str, data: st.DataObject) -> None:
    near = NearWords([word])
    places = data.draw(st.sets(st.integers(0, len(word) - 1), min_size=2, max_size=2))
    read = "".join("#" if at in places else letter for at, letter in enumerate(word))
    assert dict(near.near(read)) == {word: 2.0}


@pytest.mark.parametrize(
    ("read", "wide", "found"),
    [
        ("barn", False, {"bam": 0.5}),
        ("bam", False, {"bam": 0.0}),
        ("bat", False, {}),
        ("bat", True, {"bam": 1.0}),
        ("ab", False, {}),
        ("ab", True, {"ac": 1.0}),
        ("clawn", False, {"dawn": 0.5}),
    ],
)
def test_a_short_word_is_near_by_letters_that_look_alike(
    read: str, wide: bool, found: dict[str, float]
) -> None:
    assert dict(NearWords(["bam", "ac", "dawn"]).near(read, wide=wide)) == found


@given(st.lists(WORDS), st.data(), st.booleans())
def test_each_word_found_is_as_near_as_is_said(words: list[str], data: st.DataObject, wide: bool) -> None:
    read = data.draw(WORDS) if not words else data.draw(st.sampled_from(words))[1:] + data.draw(LETTERS)
    for word, away in NearWords(words).near(read, wide=wide):
        assert word in words
        assert away == distance(read, word, 2, wide=wide) <= 2


def test_a_word_longer_than_any_listed_costs_nothing() -> None:
    near = NearWords(["freedom", "solidarity"])
    assert list(near.near("solidarity" * 100_000)) == []
    assert list(near.near("soliidaritty")) == [("solidarity", 2.0)]


def test_nothing_is_near_where_nothing_is_listed() -> None:
    assert list(NearWords([]).near(string.ascii_lowercase)) == []
