"""Languages that share a script with those whose data reads it, and have letters of their own.

Tesseract's data for Persian or Russian reads print in Pashto, Urdu, Kazakh or Mongolian with full assurance
and writes the nearest letters that it knows. Its words tell: next to none of the longer ones is listed.
"""

from __future__ import annotations

import re

from worker.vocabulary import frequencies

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

_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")


def is_kindred(text: str, script: str, language: str | None) -> bool:
    """True for a text that is in none of the languages its script is read well in, by its words.

    ``language`` is what its letters look like.
    """
    words = _WORD.findall(text.casefold())
    if script not in LISTED or language in UNLISTED or len(words) < FEWEST:
        return False
    return all(
        sum(word in frequencies(listed) for word in words) < FEWEST_LISTED * len(words)
        for listed in LISTED[script]
    )
