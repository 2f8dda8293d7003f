"""Languages that share a script with those whose data reads it, and have letters of their own.

Tesseract's data for Persian or Russian reads print in Pashto, Urdu, Kazakh or Mongolian with full assurance
and writes the nearest letters that it knows. Its words tell: next to none of the longer ones is listed. For
some of these languages there is data as well; what that reads shows by the letters of their own.
docs/decisions/0127 and 0129.
"""

from __future__ import annotations

import re

from worker.reading.text.language import guess_language
from worker.vocabulary import KNOWN, frequencies

LISTED = {"Cyrl": ("rus", "ukr", "bul", "mkd"), "Arab": ("ara", "fas")}
"""The languages (ISO 639-3) with a word list that a script's data reads well, those with own data first."""
UNLISTED = frozenset({"bel"})
"""What is read by data of its own, and has no word list."""
LONG, FEWEST = 4, 3
"""Letters of a word, as short ones are shared by many languages; and so many words tell."""
FEWEST_LISTED = 0.35
"""Of 58 sides in Pashto, Urdu, Sorani, Sindhi, Kazakh and Mongolian 57 have less, of 24 in Arabic, Persian,
Bulgarian and Macedonian none; of 6,700 messages in Russian, Ukrainian, Arabic and Persian 6 to 17 in 1,000.
"""

WELL_LISTED = 0.7
"""The same share, from which what scores poorly is in a common language all the same: a bad scan of it."""

FEWEST_SPELT = 6
"""So many longer words, most of them listed, are no chance."""

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

_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")


def is_kindred(text: str, script: str, language: str | None, data: str | None = None) -> bool:
    """True for a text that is in none of the languages its script is read well in, by its words.

    ``language`` is what its letters look like, ``data`` the language whose data read it.
    """
    if script not in LISTED or language in UNLISTED or _has_own_letters(text, data):
        return False
    words = _WORD.findall(text.casefold())
    return len(words) >= FEWEST and _most_listed(words, LISTED[script]) < FEWEST_LISTED


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
    words = _WORD.findall(text.casefold())
    return bool(words) and _most_listed(words, LISTED.get(script, ())) >= WELL_LISTED


def is_spelt(text: str, languages: tuple[str, ...]) -> bool:
    """Whether most of several longer words of a text stand in the list of one of some languages."""
    words = _WORD.findall(text.casefold())
    listed = tuple(language for language in languages if language in KNOWN)
    return len(words) >= FEWEST_SPELT and _most_listed(words, listed) >= WELL_LISTED


def may_be_in(data: str, text: str, misread: str, script: str) -> bool:
    """Whether what a further language's data read is in that: by its letters, and by its words if listed.

    ``misread`` is what other data made of the same.
    """
    if data in OWN_LETTERS and not _has_own_letters(text, data):
        return False
    if data not in KNOWN:
        return True
    own, others = (_WORD.findall(said.casefold()) for said in (text, misread))
    return _most_listed(own, (data,)) >= _most_listed(others, LISTED[script])


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


def _most_listed(words: list[str], languages: tuple[str, ...]) -> float:
    """The share of words in the list of that language which has most."""
    counts = [sum(word in frequencies(listed) for word in words) for listed in languages]
    return max(counts, default=0) / max(len(words), 1)
