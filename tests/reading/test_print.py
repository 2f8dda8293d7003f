"""Print in scripts that PP-OCR does not know, through the whole reader."""

from __future__ import annotations

import re
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reading.score import errors
from mailroom.reading import Content
from samples.card import Design, render_side
from samples.fonts import FontMissingError
from samples.styles import Style, design
from tests.reading.pictures import paper
from worker.reading.geometry import Picture
from worker.reading.other_scripts.strip_reader import Lines, StripReader, as_meant
from worker.reading.other_scripts.strips import GAP, PADDING, SMALL
from worker.reading.other_scripts.tesseract import PrintedWord, Tesseract
from worker.reading.other_scripts.tesseract_lines import TesseractLines
from worker.reading.reader import Reader
from worker.screening.learning.training_set import read_messages

RUSSIAN = "Дорогая Надя,\nвчера выпал первый снег, и мы слепили\nснеговика во дворе. Думаем о тебе."
ARABIC = "عزيزتي نادية،\nتساقط الثلج الأول ليلة أمس وفكرت فيك\nمع محبتي، سلمى"
LAO = "ສະບາຍດີເພື່ອນທີ່ຮັກ\nພວກເຮົາຄິດເຖິງເຈົ້າທຸກໆມື້"
TIBETAN = "དེ་རིང་ཕྲུ་གུ་ཚོས་སློབ་གྲྭར་མཉམ་དུ་\nགླུ་གཞས་ཤིག་གཏོང་གི་འདུག"
MALAYALAM = "ഞങ്ങൾ എല്ലാ ദിവസവും നിങ്ങളെ ഓർക്കുന്നു\nനിങ്ങൾക്ക് നല്ല ആരോഗ്യം നേരുന്നു.\nനിങ്ങൾ ഒറ്റയ്ക്കല്ല."
HEBREW = "נדיה היקרה,\nאתמול ירד השלג הראשון וחשבתי עלייך\nבאהבה, מרים"
HEBREW_LINES = (
    "נדיה היקרה, שלום לך\nאתמול ירד השלג הראשון וחשבתי עלייך\n"
    "אנחנו מקווים שאת מרגישה טוב\nהילדים שואלים מתי תחזרי הביתה"
)
AMHARIC_LINES = (
    "ውድ ናድያ ሰላም ላንቺ ይሁን\nትናንት የመጀመሪያው በረዶ ወረደ አንቺን አሰብኩ\n"
    "ደህና እንደሆንሽ ተስፋ እናደርጋለን\nልጆቹ መቼ እንደምትመለሺ ይጠይቃሉ\nበቻልሽ ጊዜ ጻፊልን"
)

MISLEADING = {"heb": (HEBREW_LINES, "NotoSansHebrew"), "amh": (AMHARIC_LINES, "NotoSansEthiopic")}


def printed(text: str, language: str, face: str) -> Picture:
    try:
        return render_side(Design(text, language, face, "print"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))


def drawn(text: str, face: str, size: int, language: str) -> Picture:
    """A text on bare paper in one of the fonts that the system has."""
    try:
        font = ImageFont.truetype(f"{face}-Regular.ttf", size)
    except OSError:
        pytest.skip(f"the font {face} is not installed")
    card = Image.fromarray(paper(900, 1200))
    draw, back = ImageDraw.Draw(card), language in {"heb", "ara"}
    for row, line in enumerate(text.splitlines()):
        left = 1120 - draw.textlength(line, font=font) if back else 80
        draw.text((left, 80 + 1.8 * size * row), line, font=font, fill=(30, 30, 60))
    return np.asarray(card)


def needs(data: str) -> None:
    if data not in Tesseract().languages:
        pytest.skip(f"no Tesseract data: install tesseract-ocr-{data}")


def words(text: str) -> list[str]:
    """The words without their punctuation, which is smaller than the engine can tell apart."""
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("text", "language", "face", "script"),
    [
        (RUSSIAN, "rus", "noto-sans", "Cyrl"),
        (ARABIC, "ara", "noto-naskh", "Arab"),
        (HEBREW, "heb", "noto-serif-hebrew", "Hebr"),
        ("ਅਤੇ ਤੁਹਾਡੀ ਸਿਹਤ ਲਈ ਅਰਦਾਸ ਕਰਦੇ ਹਾਂ।\nਤੁਸੀਂ ਇਕੱਲੇ ਨਹੀਂ ਹੋ।", "pan", "noto-serif-gurmukhi", "Guru"),
        ("અને તમારા સારા સ્વાસ્થ્યની કામના કરીએ છીએ.\nતમે એકલા નથી.", "guj", "noto-sans-gujarati", "Gujr"),
        ("మీకు మంచి ఆరోగ్యం కలగాలని కోరుకుంటున్నాము.\nమీరు ఒంటరి కాదు.", "tel", "noto-serif-telugu", "Telu"),
        ("ನಿಮಗೆ ಒಳ್ಳೆಯ ಆರೋಗ್ಯ ಸಿಗಲಿ ಎಂದು ಹಾರೈಸುತ್ತೇವೆ.\nನೀವು ಒಬ್ಬಂಟಿಯಲ್ಲ.", "kan", "noto-sans-kannada", "Knda"),
        ("අපි සෑම දිනකම ඔබ ගැන සිතමු\nඔබට ශක්තිය සහ සුවය පතමු.", "sin", "noto-serif-sinhala", "Sinh"),
        ("ကျန်းမာပါစေဟု ဆုတောင်းပါသည်\nသင် တစ်ယောက်တည်း မဟုတ်ပါ", "mya", "noto-sans-myanmar", "Mymr"),
        ("យើងគិតអំពីអ្នករាល់ថ្ងៃ\nសូមជូនពរឱ្យមានសុខភាពល្អ", "khm", "noto-serif-khmer", "Khmr"),
    ],
)
def test_print_in_another_script_is_read_as_what_it_is(
    reader: Reader, text: str, language: str, face: str, script: str
) -> None:
    needs(language)
    reading = reader.read(printed(text, language, face))
    assert (reading.script, reading.language, reading.content) == (script, language, Content.TEXT)
    assert reading.engine == "tesseract"
    assert errors(reading.text, text).rate < 0.05
    assert reading.confidence > 0.8


def test_a_script_is_read_with_what_is_installed_of_its_data(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("rus")
    picture = printed(RUSSIAN, "rus", "noto-sans")
    monkeypatch.setattr(Tesseract, "languages", property(lambda self: frozenset({"rus"})))
    assert words(reader.read(picture, ("ukr", "bel")).text) == words(RUSSIAN)


def test_print_of_an_expected_language_is_read_where_its_look_is_not_clear(reader: Reader) -> None:
    """Large print in Malayalam looks like none of the scripts that are known."""
    needs("mal")
    reading = reader.read(printed(MALAYALAM, "mal", "noto-serif-malayalam"), ("mal",))
    assert (reading.script, reading.language, reading.content) == ("Mlym", "mal", Content.TEXT)
    assert errors(reading.text, MALAYALAM).rate < 0.05
    assert reading.confidence > 0.8


def test_malayalam_and_sinhala_come_as_they_are_written_today() -> None:
    """The data is older than the signs for last letters, and adds joiners that show nothing."""
    assert as_meant("നിങ്ങള്\u200d", "Mlym") == "നിങ്ങൾ"
    assert as_meant("ආදරයෙන්\u200c", "Sinh") == "ආදරයෙන්"
    assert as_meant("می\u200cکنم", "Arab") == "می\u200cکنم"


@pytest.mark.parametrize("language", ["lao", "bod"])
def test_print_that_no_data_reads_well_is_left_to_people_who_know_its_script(
    reader: Reader, language: str
) -> None:
    text = {"lao": LAO, "bod": TIBETAN}[language]
    face = {"lao": "noto-sans-lao", "bod": "noto-serif-tibetan"}[language]
    reading = reader.read(printed(text, language, face))
    assert (reading.content, reading.text) == (Content.UNREADABLE, "")
    assert reading.script == {"lao": "Laoo", "bod": "Tibt"}[language]


@pytest.fixture(scope="module")
def training_texts() -> dict[str, str]:
    return {message.key: message.text for message in read_messages()}


def short_card(text: str, key: str) -> tuple[str, Picture]:
    """What is printed on a card of a few words, and the card."""
    seed = crc32(f"{key} 77".encode())
    try:
        made = design(text, key[:3], Style.PRINT, np.random.default_rng(seed))
        return made.text, render_side(made, seed).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize(
    "key",
    [
        *("rus-0697", "ukr-1495", "ukr-0982", "fas-1444", "ara-1114"),
        *("ell-0025", "ell-0003", "kor-0044", "kor-0051", "hin-0035"),
        *("rus-1720", "ell-0023", "kor-0036", "kor-0037", "kor-0039"),
    ],
)
def test_short_cards_in_print_are_read_too(
    reader: Reader, training_texts: dict[str, str], key: str
) -> None:
    """What looks upside down or Georgian, Ukrainian to Russian eyes, lines that are lost at one size.

    Lines that are lost or weak together, and Korean beside a number or an address in Latin letters.
    """
    needs(key[:3])
    text, picture = short_card(training_texts[key], key)
    reading = reader.read(picture)
    assert reading.content is Content.TEXT
    assert errors(reading.text, text).rate < 0.1


def test_print_that_no_engine_can_read_is_unreadable_and_not_a_drawing(
    reader: Reader, training_texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the data for Korean is not installed."""
    _, picture = short_card(training_texts["kor-0044"], "kor-0044")
    monkeypatch.setattr(Tesseract, "languages", property(lambda self: frozenset()))
    assert reader.read(picture).content is Content.UNREADABLE


def test_of_handwriting_no_more_than_two_lines_are_tried(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, with every language's data, would take longer than reading a card."""
    asked: list[int] = []
    read = Tesseract.read

    def counted(self: Tesseract, picture: Picture, *rest: Any) -> list[PrintedWord]:
        asked.append(len(picture))
        return read(self, picture, *rest)

    monkeypatch.setattr(Tesseract, "read", counted)
    try:
        picture = render_side(Design(f"{RUSSIAN}\nПиши, когда сможешь.", "rus", "marck-script"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    needs("rus")
    assert reader.read(picture).content is Content.UNREADABLE
    two_lines = 3 * GAP + 2 * round(SMALL * (1 + 2 * PADDING))
    assert asked
    assert max(asked) <= two_lines


def test_handwriting_in_cyrillic_is_unreadable_and_says_its_script(reader: Reader) -> None:
    try:
        picture = render_side(Design(RUSSIAN, "rus", "marck-script"), 3).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))
    reading = reader.read(picture)
    assert (reading.content, reading.script, reading.language) == (Content.UNREADABLE, "Cyrl", None)
    assert (reading.text, reading.confidence) == ("", 0)
    assert reading.raw_text
    assert {line.text for line in reading.lines} == {""}


def test_a_few_words_that_may_be_cyrillic_or_latin_are_not_sure(reader: Reader) -> None:
    reading = reader.read(printed("Драга Нађо,", "rus", "noto-sans"))
    assert reading.script == "Cyrl" or reading.confidence < 0.6


def test_lines_that_get_lost_together_are_each_asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or short Arabic print that does not look printed goes for handwriting."""
    asked: list[int] = []

    def alone(_: StripReader, place: int, __: str) -> Lines:
        asked.append(place)
        return {}

    monkeypatch.setattr(StripReader, "together", lambda *_: {})
    monkeypatch.setattr(StripReader, "alone", alone)
    quads = [
        np.array([(0, top), (wide, top), (wide, top + 20), (0, top + 20)], np.float32)
        for top, wide in ((10, 100), (40, 300), (70, 200), (100, 90))
    ]
    lines = TesseractLines(Tesseract(), np.full((140, 320), 255, np.uint8), quads, "Arab", 0.72)
    assert lines.attempt((), looks_printed=False).score == 0
    assert asked == [1, 2]


@pytest.mark.parametrize("data", ["heb", "amh"])
@pytest.mark.parametrize("size", [30, 44])
@pytest.mark.parametrize("quarter_turns", [0, 1])
def test_print_that_looks_like_another_script_is_read_whichever_way_it_lies(
    reader: Reader, data: str, size: int, quarter_turns: int
) -> None:
    """Hebrew without serifs looks Armenian and spells what may be Cyrillic; Amharic looks Chinese."""
    needs(data)
    text, face = MISLEADING[data]
    picture = np.ascontiguousarray(np.rot90(drawn(text, face, size, data), quarter_turns))
    assert errors(reader.read(picture).text, text).rate < 0.1
