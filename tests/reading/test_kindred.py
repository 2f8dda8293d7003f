"""Print in languages that share a script: read with data of their own, or not called sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading.score import errors
from tests.reading.test_print import drawn, needs
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.reader import Reader
from worker.reading.scripts import KINDRED_DATA
from worker.reading.text.kindred import (
    OWN_LETTERS,
    RUSSIAN_LETTERS,
    is_kindred,
    is_told_by_data,
    language_by_data,
    may_be_in,
)

PERSIAN = (
    "برادر عزیزم، نامه تو به دستم رسید\nخیلی خوشحال شدم که حالت خوب است\nمادر هر شب برایت دعا می کند\n"
    "به زودی همدیگر را می بینیم"
)
FURTHER = {
    "bul": "Скъпи Иване, мислим за теб всеки ден.\nПази се! Твоята Елена",
    "srp": "Драги Милоше, мислимо на тебе сваког дана.\nЧувај се! Твоја Јелена",
    "mkd": (
        "Драга Надја, синоќа падна првиот снег\n"
        "и помислив на тебе. Се надевам дека\n"
        "си добро. Со љубов, Ѓорѓи"
    ),
    "kaz": (
        "Сәлем достым, бүгін күн өте суық болды\n"
        "біз әрқашан сенімен біргеміз\n"
        "жақында кездесеміз деп ойлаймыз"
    ),
    "mon": "Хүндэт Бат, бид чамайг өдөр бүр боддог.\nБиеэ хайрлаарай! Чиний Сараа",
    "kir": "Урматтуу Азамат, биз сени күн сайын ойлойбуз.\nӨзүңдү сакта! Сенин Жылдыз",
    "tgk": "Рустами азиз, мо ҳар рӯз дар бораи ту фикр\nмекунем. Худро эҳтиёт кун! Зарина",
    "urd": (
        "پیاری نادیہ، کل رات پہلی برف گری\n"
        "اور مجھے تمہاری یاد آئی۔ امید ہے کہ\n"
        "تم خیریت سے ہو گی۔ محبت کے ساتھ، ریحانہ"
    ),
    "pus": "سلام خوږه خورې، نن ډېره سړه شپه وه\nمونږ ستا عکس پر دېوال ځړولی\nپلار او مور دې ډېر یادوي",
}
SINDHI = (
    "پياري ناديه، ڪالهه رات پهرين برف پئي\n"
    "۽ مون کي تنهنجي ياد آئي. اميد آهي ته\n"
    "تون خوش هوندينءَ. پيار سان، ريشم"
)
TATAR = (
    "Кадерле Надия, кичә төнлә беренче кар яуды,\n"
    "мин сине искә алдым. Син исән-сау дип өметләнәм.\n"
    "Мәхәббәт белән, Гөлнара"
)
RUSSIAN = "Здравствуй, брат, твоё письмо дошло вчера\nмама каждый вечер думает о тебе\nскоро увидимся"
BELARUSIAN = "Прывітанне, дружа, твой ліст дайшоў учора\nмама кожны вечар думае пра цябе\nхутка сустрэнемся"


@pytest.mark.parametrize("language", FURTHER)
def test_print_in_a_kindred_language_is_read_with_data_of_its_own(reader: Reader, language: str) -> None:
    needs(language)
    text, arabic = FURTHER[language], language in {"urd", "pus"}
    picture = drawn(text, "NotoNaskhArabic" if arabic else "NotoSans", 36, "ara" if arabic else language)
    reading = reader.read(picture)
    assert errors(reading.text, text).rate < 0.04
    assert (reading.language, reading.confidence > 0.9) == (language, True)


@pytest.mark.parametrize(
    ("text", "face", "writing"),
    [(FURTHER["kaz"], "NotoSans", "rus"), (FURTHER["pus"], "NotoNaskhArabic", "ara")],
)
def test_a_kindred_language_without_its_data_is_for_a_person_to_see(
    monkeypatch: pytest.MonkeyPatch, text: str, face: str, writing: str
) -> None:
    common = Tesseract().languages - {language for kin in KINDRED_DATA.values() for language in kin}
    needs(writing)
    monkeypatch.setattr(Tesseract, "languages", common)
    reading = Reader().read(drawn(text, face, 44, writing))
    assert errors(reading.text, text).rate > 0.05
    assert reading.confidence < 0.6


def test_a_language_that_has_no_data_is_for_a_person_to_see(reader: Reader) -> None:
    needs("pus")
    reading = reader.read(drawn(SINDHI, "NotoNaskhArabic", 36, "ara"))
    assert errors(reading.text, SINDHI).rate > 0.05
    assert reading.confidence < 0.6


def test_what_another_languages_data_reads_is_not_called_that_language(reader: Reader) -> None:
    needs("kir")
    reading = reader.read(drawn(TATAR, "NotoSans", 36, "rus"))
    assert errors(reading.text, TATAR).rate < 0.1
    assert reading.language is None


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
    assert (reading.language, reading.confidence > 0.9) == (data, True)


def test_a_few_names_are_in_no_other_language() -> None:
    assert not is_kindred("Надя Эльмира", "Cyrl", "rus")


def test_scripts_without_word_lists_are_not_judged() -> None:
    assert not is_kindred("בלא בלע ברבר גרגר", "Hebr", "heb")


@given(st.text(sorted(RUSSIAN_LETTERS | {" "}), max_size=60), st.sampled_from(sorted(OWN_LETTERS)))
def test_what_has_no_letter_of_its_own_is_in_no_further_language(text: str, data: str) -> None:
    assert not may_be_in(data, text, text, "Cyrl")
    assert not is_told_by_data(text, data)


@given(st.text(sorted(RUSSIAN_LETTERS | set("ңөү")), min_size=1, max_size=60))
def test_a_text_in_the_letters_of_a_language_may_be_in_it(text: str) -> None:
    assert language_by_data(text, "kir") == "kir"
