"""Did the first engine read a script that it knows? Its own sureness does not tell."""

from __future__ import annotations

from worker.reading.scripts import SCRIPT_OF_LANGUAGE, script_of
from worker.reading.wordlikeness import common_share, cyrillic_share, odd_share

CERTAINLY_LATIN = 0.95
HOPELESS = 0.65
EAST_ASIAN = 0.75
FEWEST_COMMON = 0.08
FEWEST_SPELT = 0.05
EAST_ASIAN_SCRIPTS = frozenset({"Hani", "Jpan"})


def is_trusted(text: str, plausibility: float) -> bool:
    """True when the text is likely what stands there, in Latin, Chinese or Japanese.

    Greek is not trusted: the engine knows its letters without accents. Doubtful Latin needs common
    words, and more of them than words that look like Cyrillic spelt in Latin letters.
    """
    script = script_of(text)
    if script in EAST_ASIAN_SCRIPTS:
        return plausibility >= EAST_ASIAN
    if script != "Latn" or plausibility < HOPELESS:
        return False
    common = common_share(text)
    if plausibility >= CERTAINLY_LATIN:
        return True
    return common >= FEWEST_COMMON and common >= cyrillic_share(text) + odd_share(text)


def is_cyrillic_hand(text: str, plausibility: float) -> bool:
    """True for handwriting in Cyrillic, which the engine spells with Latin letters that look alike."""
    if script_of(text) != "Latn" or not HOPELESS <= plausibility < CERTAINLY_LATIN:
        return False
    spelt = cyrillic_share(text)
    return spelt >= FEWEST_SPELT and spelt + odd_share(text) > common_share(text)


def likely_scripts(text: str, lines: int) -> tuple[str, ...]:
    """Scripts that what the first engine says speaks for, likeliest first; maybe none.

    Of Cyrillic print it sees only the gaps between words, of Arabic print nothing; Greek it knows.
    """
    if script_of(text) == "Grek":
        return ("Grek",)
    if sum(character.isalnum() for character in text) > lines:
        return ()
    return ("Cyrl",) if text.count(" ") >= 2 * lines else ("Arab",)


def likely_script(seen: str | None, languages: tuple[str, ...]) -> str:
    """The ISO 15924 script of a side that nothing could read, ``Zyyy`` when nothing speaks for any.

    ``seen`` is what Tesseract's detector takes it for; ``languages`` are those expected.
    """
    expected = [SCRIPT_OF_LANGUAGE[language] for language in languages if language in SCRIPT_OF_LANGUAGE]
    if seen in expected or not expected:
        return seen or "Zyyy"
    return expected[0]
