"""Languages that share a script with those whose data reads it, and have letters of their own.

Tesseract's data for Persian or Russian reads print in Pashto, Urdu, Kazakh or Mongolian with full assurance
and writes the nearest letters that it knows. Its words tell: next to none of the longer ones is listed. For
some of these languages there is data as well; what that reads shows by the letters of their own.
docs/decisions/0127 and 0129.
"""

from __future__ import annotations

from worker.reading.text.language import guess_language
from worker.reading.text.listed import WELL_LISTED, longer_words, most_listed
from worker.vocabulary import KNOWN

LISTED = {"Cyrl": ("rus", "ukr", "bul", "mkd"), "Arab": ("ara", "fas")}
"""The languages (ISO 639-3) with a word list that a script's data reads well, those with own data first."""
UNLISTED = frozenset({"bel"})
"""What is read by data of its own, and has no word list."""
FEWEST = 3
"""So many of the longer words tell."""
FEWEST_LISTED = 0.35
"""Of 58 sides in Pashto, Urdu, Sorani, Sindhi, Kazakh and Mongolian 57 have less, of 24 in Arabic, Persian,
Bulgarian and Macedonian none; of 6,700 messages in Russian, Ukrainian, Arabic and Persian 6 to 17 in 1,000.
"""

OWN_LETTERS = {
    "srp": "ђћљњџј",
    "mkd": "ѓќѕљњџј",
    "kaz": "әғқңөұүһ",
    "mon": "өү",
    "kir": "ңөү",
    "tgk": "ғӣқӯҳҷ",
    "urd": "ٹڈڑںےہھ",
    "pus": "ټځڅډړږښګڼېۍ",
}
"""Letters that further languages (ISO 639-3) have, and the common ones of their script do not."""
FEWEST_OWN = 0.015
"""The share of own letters from which a text is in none of the common languages."""

RUSSIAN_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
NAMED_BY_DATA = {"kir": RUSSIAN_LETTERS.union("ңөү"), "tgk": RUSSIAN_LETTERS.union("ғӣқӯҳҷ"), "pus": None}
"""Languages that lingua does not know, each with all its letters, where a kindred one is read by its data:
Tatar by Kirghiz, Uzbek by Tajik.
"""
FOREIGN_LETTERS = 0.02
"""The share of letters that a language does not have, up to which a text may be in it all the same."""


def is_kindred(text: str, script: str, language: str | None, data: str | None = None) -> bool:
    """True for a text that is in none of the languages its script is read well in, by its words.

    ``language`` is what its letters look like, ``data`` the language whose data read it.
    """
    if script not in LISTED or language in UNLISTED or _has_own_letters(text, data):
        return False
    words = longer_words(text)
    return len(words) >= FEWEST and most_listed(words, LISTED[script]) < FEWEST_LISTED


def speaks_for_kin(
    text: str, script: str, data: str, languages: tuple[str, ...], kin: tuple[str, ...]
) -> bool:
    """Whether a text, as a language's data of the script read it, may be in one of its ``kin``.

    ``languages`` are those expected.
    """
    guess = guess_language(text, languages)
    language = guess.language if guess else None
    likely = {*languages, language}
    return not likely.isdisjoint(kin) or is_kindred(text, script, language if language == data else None)


def is_well_listed(text: str, script: str) -> bool:
    """Whether most of the longer words of a text stand in the list of one common language of its script."""
    words = longer_words(text)
    return bool(words) and most_listed(words, LISTED.get(script, ())) >= WELL_LISTED


def may_be_in(data: str, text: str, misread: str, script: str) -> bool:
    """Whether what a further language's data read is in that: by its letters, and by its words if listed.

    ``misread`` is what other data made of the same.
    """
    if data in OWN_LETTERS and not _has_own_letters(text, data):
        return False
    if data not in KNOWN:
        return True
    own, others = (longer_words(said) for said in (text, misread))
    return most_listed(own, (data,)) >= most_listed(others, LISTED[script])


def is_told_by_data(text: str, data: str | None) -> bool:
    """Whether a text's language has to be told by the data that read it, since lingua does not know it."""
    return data in NAMED_BY_DATA and _has_own_letters(text, data)


def language_by_data(text: str, data: str) -> str | None:
    """The language that some data is for, unless the text has letters that are not in it."""
    alphabet = NAMED_BY_DATA[data]
    letters = [character for character in text.casefold() if character.isalpha()]
    foreign = sum(letter not in alphabet for letter in letters) if alphabet else 0
    return data if foreign <= FOREIGN_LETTERS * len(letters) else None


def _has_own_letters(text: str, data: str | None) -> bool:
    letters = [character for character in text.casefold() if character.isalpha()]
    own = OWN_LETTERS.get(data or "", "")
    return bool(own) and sum(letter in own for letter in letters) >= FEWEST_OWN * len(letters) > 0
