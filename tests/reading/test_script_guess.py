"""What script lines look like, and how few readings that leaves to be tried."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmarks.reading import corpora
from mailroom.reading import Content
from samples.card import Design, render_side
from samples.fonts import FontMissingError
from tests.reading.pictures import paper
from worker.reading.detection.detector import Detector
from worker.reading.geometry import Picture, Quad, upside_down
from worker.reading.looks.script_guess import WIDER, ScriptGuess, guesses_of, looks_at
from worker.reading.looks.shapes import shapes_of, turned, windows
from worker.reading.other_scripts.candidates import (
    LEAST_CHANCE,
    MOST_TRIED,
    seen_surely,
    what_else,
    worth_trying,
)
from worker.reading.other_scripts.strips import whitened
from worker.reading.other_scripts.tesseract import Tesseract
from worker.reading.reader import Reader
from worker.reading.scripts import PRINT_ALONE, TESSERACT_DATA

CARDS = {
    "Armn": ("Այսօր մենք միասին\nերգ ենք երգում դպրոցում", "hye", "noto-serif-armenian"),
    "Geor": ("დღეს ბავშვები ერთად\nმღერიან ჩვენს სკოლაში", "kat", "noto-sans-georgian"),
    "Ethi": ("ዛሬ ልጆች በትምህርት ቤት\nአብረው ዘፈን ይዘምራሉ", "amh", "noto-sans-ethiopic"),
    "Hebr": ("היום הילדים שרים יחד\nבבית הספר שלנו בעיר", "heb", "noto-sans-hebrew"),
    "Deva": ("आज बच्चे स्कूल में साथ\nमिलकर गीत गा रहे हैं", "hin", "noto-sans-devanagari"),
    "Cyrl": ("Сегодня дети вместе поют\nпесню в нашей новой школе", "rus", "noto-serif"),
}

FACES = {
    "Guru": ("pan", "noto-serif-gurmukhi"),
    "Gujr": ("guj", "noto-serif-gujarati"),
    "Telu": ("tel", "noto-sans-telugu"),
    "Mlym": ("mal", "noto-sans-malayalam"),
    "Sinh": ("sin", "noto-serif-sinhala"),
    "Mymr": ("mya", "noto-sans-myanmar"),
    "Khmr": ("khm", "noto-sans-khmer"),
    "Laoo": ("lao", "noto-sans-lao"),
    "Tibt": ("bod", "noto-serif-tibetan"),
}
TEXTS = {
    **yaml.safe_load((Path(corpora.__file__).parent / "texts.yaml").read_text(encoding="utf-8")),
    "lao": ["ສະບາຍດີເພື່ອນທີ່ຮັກ\nພວກເຮົາຄິດເຖິງເຈົ້າທຸກໆມື້\nຂໍໃຫ້ເຈົ້າມີສຸຂະພາບແຂງແຮງ\nເຈົ້າບໍ່ໄດ້ຢູ່ຄົນດຽວ\nດ້ວຍຄວາມຮັກ ບຸນມີ"],
    "bod": ["དེ་རིང་ཕྲུ་གུ་ཚོས་སློབ་གྲྭར་མཉམ་དུ་\nགླུ་གཞས་ཤིག་གཏོང་གི་འདུག"],
}


def drawn(script: str) -> Picture:
    text, language, face = CARDS[script]
    return printed(text, language, face)


def printed_further(script: str) -> Picture:
    language, face = FACES[script]
    return printed(TEXTS[language][0], language, face, 9.0)


def printed(text: str, language: str, face: str, line_mm: float = 11.5) -> Picture:
    try:
        return render_side(Design(text, language, face, "print", line_mm=line_mm), 4).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize("script", CARDS)
def test_the_right_script_and_direction_are_among_the_few_that_are_tried(
    script: str, detector: Detector
) -> None:
    picture = drawn(script)
    grey = whitened(picture)
    quads = [found.quad for found in detector.find(picture, 960)]
    assert ScriptGuess(script, flipped=False) in worth_trying(
        guesses_of(looks_at(grey, quads)), (), LEAST_CHANCE
    )
    back = upside_down(quads)
    assert ScriptGuess(script, flipped=True) in worth_trying(
        guesses_of(looks_at(grey, back)), (), LEAST_CHANCE
    )


@pytest.mark.parametrize("script", FACES)
def test_print_in_further_scripts_is_named_by_its_look(script: str, detector: Detector) -> None:
    picture = printed_further(script)
    grey = whitened(picture)
    quads = [found.quad for found in detector.find(picture, 960)]
    looks = looks_at(grey, quads)
    seen = seen_surely(guesses_of(looks), guesses_of(looks, WIDER))
    assert seen == ScriptGuess(script, flipped=False)


def test_a_look_that_is_clear_to_neither_guesser_names_no_script() -> None:
    clear, unclear = (
        ScriptGuess("Thai", flipped=False, chance=0.9),
        ScriptGuess("Thai", flipped=False, chance=0.4),
    )
    lao, faint = (
        ScriptGuess("Laoo", flipped=True, chance=0.9),
        ScriptGuess("Laoo", flipped=True, chance=0.6),
    )
    rare = ScriptGuess("Zyyy", flipped=False, chance=0.9)
    assert seen_surely([clear], [lao]) is lao
    assert seen_surely([clear], [unclear]) is clear
    assert seen_surely([unclear], [clear]) is None
    assert seen_surely([clear], [faint]) is None
    assert seen_surely([clear], [rare]) is None


def test_a_side_in_a_script_without_an_engine_is_unreadable_and_named(reader: Reader) -> None:
    reading = reader.read(printed_further("Tibt"))
    assert (reading.content, reading.script, reading.text) == (Content.UNREADABLE, "Tibt", "")


@pytest.mark.parametrize(("script", "data"), [("Armn", "hye"), ("Geor", "kat"), ("Ethi", "amh")])
def test_print_lying_upside_down_is_read_and_set_upright(reader: Reader, script: str, data: str) -> None:
    if data not in Tesseract().languages:
        pytest.skip(f"no Tesseract data: install tesseract-ocr-{data}")
    reading = reader.read(np.ascontiguousarray(np.rot90(drawn(script), 2)))
    assert (reading.script, reading.rotation, reading.content) == (script, 180, Content.TEXT)


def test_chances_are_those_of_all_scripts_in_both_directions() -> None:
    quad: Quad = np.array([[50, 50], [90, 50], [90, 300], [50, 300]], np.float32)
    looks = looks_at(whitened(paper()), [quad])
    known: set[str] = set()
    for guesses in (guesses_of(looks), guesses_of(looks, WIDER)):
        assert sum(guess.chance for guess in guesses) == pytest.approx(1, abs=1e-4)
        assert len(set(guesses)) == len(guesses)
        known |= {guess.script for guess in guesses}
    assert known >= {*TESSERACT_DATA, *PRINT_ALONE}


def test_turning_shapes_twice_gives_them_back() -> None:
    quad: Quad = np.array([[0, 0], [300, 0], [300, 40], [0, 40]], np.float32)
    noise = np.random.default_rng(1).integers(0, 255, (60, 320), np.uint8)
    (shapes,) = shapes_of(noise, [quad])
    assert np.array_equal(turned(turned(shapes)), shapes)
    assert windows(shapes, 2).shape[1] == shapes[:8].size


def test_only_what_an_engine_could_confirm_is_tried_and_not_much_of_it() -> None:
    guesses = [
        ScriptGuess("Latn", flipped=False, chance=0.4),
        ScriptGuess("Cyrl", flipped=True, chance=0.25),
        ScriptGuess("Thai", flipped=False, chance=0.15),
        ScriptGuess("Grek", flipped=False, chance=0.1),
        ScriptGuess("Armn", flipped=False, chance=0.09),
        ScriptGuess("Geor", flipped=False, chance=0.01),
    ]
    tried = worth_trying(guesses, (), 0.02)
    assert [guess.script for guess in tried] == ["Cyrl", "Thai", "Grek"]
    assert len(tried) == MOST_TRIED
    assert worth_trying(guesses, (), 0.3) == []


def test_a_script_that_something_speaks_for_is_tried_before_those_that_look_likelier() -> None:
    guesses = [
        ScriptGuess("Cyrl", flipped=False, chance=0.5),
        ScriptGuess("Grek", flipped=False, chance=0.2),
    ]
    assert [guess.script for guess in worth_trying(guesses, ("Grek",), 0.02)] == ["Grek", "Cyrl"]


def test_where_looks_were_wrong_what_else_speaks_for_a_script_is_tried_both_ways_up() -> None:
    guesses = [
        ScriptGuess("Thai", flipped=True, chance=0.98),
        ScriptGuess("Cyrl", flipped=False, chance=0.01),
    ]
    tried = [(guess.script, guess.flipped) for guess in what_else(guesses, ("Cyrl",))]
    assert tried == [("Thai", False), ("Thai", True), ("Cyrl", False), ("Cyrl", True)]
