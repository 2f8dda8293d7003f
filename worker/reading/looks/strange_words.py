"""Where on a side in Latin letters a word in another script stands, read as a mixture or passed over."""

from __future__ import annotations

from worker.reading.geometry import Picture, Quad, part
from worker.reading.lines import ReadLine
from worker.reading.looks.overlooked import overlooked_in
from worker.reading.scripts import script_of_character
from worker.reading.text.words import places_of, spans_of, text_of

READ_IN_PART = "Grek"
"""PP-OCR knows this script's letters without accents, and takes half of them for Latin ones."""

_KIN = {"Jpan": "Hani"}


def strange_places(sheet: Picture, lines: list[ReadLine]) -> list[Quad]:
    """Places for a person to see, on an RGB sheet whose lines PP-OCR read as Latin text."""
    return [place for line in lines if line.letters for place in _strange_in(sheet, line)]


def is_mixed(word: str) -> bool:
    """True for a word with Greek letters, or with letters of two scripts: "Eυχαριστ", "φíλoι"."""
    scripts = {_KIN.get(script, script) for script in map(script_of_character, word) if script}
    return READ_IN_PART in scripts or len(scripts) > 1


def _strange_in(sheet: Picture, line: ReadLine) -> list[Quad]:
    words = [line.glyphs[first:last] for first, last in spans_of(line.glyphs)]
    places = zip(words, places_of(words), strict=True)
    mixed = [part(line.quad, *place) for word, place in places if is_mixed(text_of(word))]
    return [*mixed, *overlooked_in(sheet, line)]
