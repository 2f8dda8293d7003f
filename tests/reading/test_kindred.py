"""Print in a language that shares a script with those that are read: what is misread is not called sure."""

from __future__ import annotations

import pytest

from benchmarks.reading.score import errors
from tests.reading.test_print import drawn, needs
from worker.reading.reader import Reader
from worker.reading.text.kindred import is_kindred

PASHTO = (
    "سلام خوږه خورې، نن ډېره سړه شپه وه\nمونږ ستا عکس پر دېوال ځړولی\n"
    "پلار او مور دې ډېر یادوي\nژر به سره ووینو"
)
PERSIAN = (
    "برادر عزیزم، نامه تو به دستم رسید\nخیلی خوشحال شدم که حالت خوب است\nمادر هر شب برایت دعا می کند\n"
    "به زودی همدیگر را می بینیم"
)
KAZAKH = (
    "Сәлем достым, бүгін күн өте суық болды\nбіз әрқашан сенімен біргеміз\nжақында кездесеміз деп ойлаймыз"
)
RUSSIAN = "Здравствуй, брат, твоё письмо дошло вчера\nмама каждый вечер думает о тебе\nскоро увидимся"
BELARUSIAN = "Прывітанне, дружа, твой ліст дайшоў учора\nмама кожны вечар думае пра цябе\nхутка сустрэнемся"


@pytest.mark.parametrize(
    ("text", "data", "face"), [(PASHTO, "fas", "NotoNaskhArabic"), (KAZAKH, "rus", "NotoSans")]
)
def test_print_in_a_kindred_language_is_for_a_person_to_see(
    reader: Reader, text: str, data: str, face: str
) -> None:
    needs(data)
    reading = reader.read(drawn(text, face, 44, "ara" if data == "fas" else data))
    assert errors(reading.text, text).rate > 0.05
    assert reading.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "data", "face"),
    [
        (PERSIAN, "fas", "NotoNaskhArabic"),
        (RUSSIAN, "rus", "NotoSans"),
        (BELARUSIAN, "bel", "NotoSans"),
    ],
)
def test_a_language_that_is_read_well_stays_sure(reader: Reader, text: str, data: str, face: str) -> None:
    needs(data)
    reading = reader.read(drawn(text, face, 44, "ara" if data == "fas" else data))
    assert errors(reading.text, text).rate < 0.05
    assert reading.confidence > 0.9


def test_a_few_names_are_in_no_other_language() -> None:
    assert not is_kindred("Надя Эльмира", "Cyrl", "rus")


def test_scripts_without_word_lists_are_not_judged() -> None:
    assert not is_kindred("בלא בלע ברבר גרגר", "Hebr", "heb")
