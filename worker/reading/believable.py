"""Did PP-OCR read a script that it knows? Its own sureness does not tell."""

from __future__ import annotations

from enum import Enum, auto

from worker.reading.looks.cyrillic_look import looks_cyrillic, may_as_well_be_cyrillic
from worker.reading.scripts import PRINT_ALONE, SCRIPT_OF_LANGUAGE, UNKNOWN, script_of
from worker.reading.text.word_choice import is_well_known, known_share
from worker.reading.text.wordlikeness import common_share, has_common_word, jumbled_share

# Plausibilities (``lines.plausibility``, 0 to 1), fitted on the cards and letters of bench-reading.
# So sure of Latin letters is it of Latin alone.
CERTAINLY_LATIN = 0.95
# Poor and good Latin: below the first nothing is language, from the last on it need hold no common word.
HOPELESS, FAIR, GOOD = 0.6, 0.78, 0.85
# Cyrillic by hand is told a little below fair Latin.
CYRILLIC_AT_ALL = FAIR - 0.05
EAST_ASIAN = 0.75
# Of Latin letters the mean sureness, and how much of it few letters for the length may take.
LATIN_AT_ALL, LEFT_OF_SURENESS = 0.45, 0.8
# Shares of words that are common in one language, or that its word list knows (0 to 1).
NO_COMMON, FEWEST_COMMON, FEWEST_COMMON_IN_DOUBT = 0.05, 0.08, 0.13
FEWEST_KNOWN = 0.25
# A share of words: of 65 cards that Tesseract reads 46 show it at a glance, of 43 hard Latin ones three.
JUMBLE = 0.3

EAST_ASIAN_SCRIPTS = frozenset({"Hani", "Jpan"})
KNOWN_SCRIPTS = EAST_ASIAN_SCRIPTS | {"Latn"}
"""What PP-OCR reads as it stands."""


class Sense(Enum):
    """What PP-OCR's reading of all lines of a side may be."""

    LANGUAGE = auto()
    """One that it knows."""
    BABBLE = auto()
    """That, though with hardly a word: print in another script looks so, too."""
    CYRILLIC_HAND = auto()
    """Cyrillic by hand, in Latin letters that look alike."""
    POOR_LATIN = auto()
    """Latin by a hard hand, if Tesseract makes nothing else of it."""
    NONSENSE = auto()
    """Another script, or nothing that can be read."""


def sense_of(text: str, plausibility: float) -> Sense:
    """What a reading by PP-OCR may be, from what it says and how plausible it is (0 to 1)."""
    if is_believable(text, plausibility):
        return Sense.BABBLE if is_babble(text, plausibility) else Sense.LANGUAGE
    if is_cyrillic_hand(text, plausibility):
        return Sense.CYRILLIC_HAND
    return Sense.POOR_LATIN if may_be_latin(text, plausibility) else Sense.NONSENSE


def is_believable(text: str, plausibility: float) -> bool:
    """True when the text is likely what stands there, in Latin, Chinese or Japanese.

    Greek is not believed: PP-OCR knows its letters without accents; nor is what looks like Cyrillic
    handwriting in Latin letters, the more clearly the surer it is. Doubtful Latin needs words that
    are common in some language, or many words of one list; good Latin without any of these may be a
    language of which no words are known here.
    """
    script = script_of(text)
    if script in EAST_ASIAN_SCRIPTS:
        return plausibility >= EAST_ASIAN
    if script != "Latn" or plausibility < HOPELESS or _is_cyrillic(text, plausibility):
        return False
    needed = FEWEST_COMMON if plausibility >= FAIR else FEWEST_COMMON_IN_DOUBT
    return plausibility >= GOOD or common_share(text) >= needed or is_well_known(text)


def is_jumble(text: str, plausibility: float) -> bool:
    """True for unsure text with digits and capitals within words: print in another script comes out so."""
    return plausibility < CERTAINLY_LATIN and jumbled_share(text) >= JUMBLE


def is_babble(text: str, plausibility: float) -> bool:
    """True for unsure text with hardly a word of the languages it is likeliest in: another script, maybe.

    Upside down, print in Hebrew comes out as Latin capitals.
    """
    return plausibility < GOOD and known_share(text) < FEWEST_KNOWN


def may_be_latin(text: str, plausibility: float) -> bool:
    """True for poor Latin handwriting that nothing else made sense of: some words, and no Cyrillic look."""
    enough = script_of(text) == "Latn" and plausibility >= HOPELESS and common_share(text) >= FEWEST_COMMON
    return enough and not looks_cyrillic(text)


def is_hopeless(text: str, plausibility: float, sureness: float) -> bool:
    """True when a few lines already show that the rest need not be read: no letters, or not Latin ones."""
    looks_latin = script_of(text) == "Latn" and plausibility >= LEFT_OF_SURENESS * sureness
    return plausibility < HOPELESS and not (looks_latin and sureness >= LATIN_AT_ALL)


def is_no_latin(text: str) -> bool:
    """True when a text in Latin letters holds next to no common word of any language that uses them."""
    return common_share(text) < NO_COMMON


def is_cyrillic_hand(text: str, plausibility: float) -> bool:
    """True for handwriting in Cyrillic, which PP-OCR spells with Latin letters that look alike."""
    return (
        script_of(text) == "Latn" and plausibility >= CYRILLIC_AT_ALL and _is_cyrillic(text, plausibility)
    )


def _is_cyrillic(text: str, plausibility: float) -> bool:
    """True for what looks Cyrillic: where PP-OCR is all but certain, clearly so."""
    return looks_cyrillic(text, clearly=plausibility >= CERTAINLY_LATIN)


def is_of_no_language(text: str) -> bool:
    """True for a few letters that no word list knows, and that may as well be Cyrillic ones: "Apara"."""
    known = has_common_word(text) or known_share(text) > 0
    return not known and may_as_well_be_cyrillic(text)


def cyrillic_spelling(text: str) -> str | None:
    """``Cyrl`` when letters follow each other as in misread Cyrillic: a weak sign, better than none."""
    return "Cyrl" if script_of(text) == "Latn" and looks_cyrillic(text) else None


def likely_scripts(text: str, lines: int) -> tuple[str, ...]:
    """Scripts that what PP-OCR says speaks for, likeliest first; maybe none.

    Of Cyrillic print it sees only the gaps between words, of Arabic print nothing; Greek it knows.
    """
    if script_of(text) == "Grek":
        return ("Grek",)
    if sum(character.isalnum() for character in text) > lines:
        return ()
    return ("Cyrl",) if text.count(" ") >= 2 * lines else ("Arab",)


def likely_script(seen: str | None, languages: tuple[str, ...]) -> str:
    """The ISO 15924 script of a side that nothing could read, ``Zyyy`` when nothing speaks for any.

    ``seen`` is what the lines look like, if that is clear; ``languages`` are those expected, which tell
    where nothing is: by hand, Latin may be another script as well. Of some scripts the look is known in
    print alone: where one of these is expected, it is likelier than one that is not.
    """
    expected = [SCRIPT_OF_LANGUAGE[language] for language in languages if language in SCRIPT_OF_LANGUAGE]
    by_hand = [script for script in expected if script in PRINT_ALONE]
    if by_hand and seen not in expected:
        return by_hand[0]
    if seen not in {None, "Latn"} or not expected:
        return seen or UNKNOWN
    return expected[0]
