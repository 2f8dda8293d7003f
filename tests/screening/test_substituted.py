"""A sentence written by a simple key is found; what merely looks strange is not."""

from codecs import encode
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.finding import Label
from mailroom.scope import Scope
from worker.screening.finders.substituted import find_substituted
from worker.screening.subject import Subject

MEET = "meet the tall man behind the old church on friday"


def found(text: str, language: str = "eng") -> list[str]:
    subject = Subject.of_text(text, Scope(), language, frozenset({language}))
    matches = list(find_substituted(subject))
    assert all(match.label is Label.CIPHER for match in matches)
    return [text[match.start : match.end] for match in matches]


def shifted(text: str, steps: int) -> str:
    return text.translate(str.maketrans(ascii_lowercase, ascii_lowercase[steps:] + ascii_lowercase[:steps]))


@given(st.integers(1, 25))
def test_letters_shifted_by_any_number_of_places_are_found_between_plain_words(steps: int) -> None:
    said = shifted("we are waiting behind the station", steps)
    (evidence,) = found(f"Dear Nino, the weather was good. {said} The children say hello.")
    assert evidence in said
    assert len(evidence) > len("are waiting behind")


@pytest.mark.parametrize(
    "said",
    [
        encode("my friend, we think of you", "rot13"),
        " ".join(word[::-1] for word in MEET.split()),
        MEET[::-1],
        MEET.translate(str.maketrans(ascii_lowercase, ascii_lowercase[::-1])),
    ],
    ids=["rot13", "each word backwards", "all backwards", "mirrored alphabet"],
)
def test_other_simple_keys_are_found(said: str) -> None:
    assert found(f"Here is something just for us: {said}. Can you read it?")


def test_a_key_to_the_language_of_the_card_is_tried() -> None:
    assert found("Lieber Orhan. " + shifted("wir warten morgen hinter dem alten bahnhof", 3), "deu")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dear Nadia Karimi, Zbigniew Szczepański and Krzysztof Wojciechowski send their love.", "eng"),
        ("Ninapenda kukuandikia kadi hii kutoka kijijini kwetu, tunakukumbuka kila siku.", "swa"),
        ("Sequoia sempervirens, Quercus robur, Fraxinus excelsior: my favourite trees.", "eng"),
        ("Gwell yw dysg na golud, meddai fy mamgu bob bore Sul.", "eng"),
        ("Bravo, bravo! Clap clap clap, from the whole back row.", "eng"),
        ("", "eng"),
    ],
    ids=["names", "a language without a list", "latin", "welsh", "one word again and again", "nothing"],
)
def test_strange_words_that_are_no_code_are_left_alone(text: str, language: str) -> None:
    assert found(text, language) == []
