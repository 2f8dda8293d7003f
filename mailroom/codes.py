"""Codes that people copy by hand: no look-alike letters, a prefix, and a check character.

The check character is that of ISO/IEC 7064, hybrid system MOD 29,28: it finds every single wrong
character and nearly every swap of neighbours.
"""

from __future__ import annotations

import secrets

ALPHABET = "2346789ACDEFGHJKMNPQRTUVWXYZ"
BODY_LENGTH = 5
TRAY_PREFIX = "T"
PARCEL_PREFIX = "P"


class CodeError(ValueError):
    """This is not a code of ours; the message says why."""


def check_character(body: str) -> str:
    """The check character of ``body``, whose characters are all of ``ALPHABET``."""
    size = len(ALPHABET)
    check = size
    for character in body:
        check = (check + ALPHABET.index(character)) % size or size
        check = check * 2 % (size + 1)
    return ALPHABET[(1 - check) % size]


def new_code(prefix: str) -> str:
    """A fresh random code such as ``T-4KQF7M``."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return f"{prefix}-{body}{check_character(body)}"


def parse_code(text: str, prefix: str) -> str:
    """The code that a person typed, in its standard form; raises CodeError."""
    letters = "".join(text.upper().split()).replace("-", "")
    if not letters.startswith(prefix) or len(letters) != len(prefix) + BODY_LENGTH + 1:
        raise CodeError(f"A code looks like {prefix}-4KQF7M; this is {text!r}.")
    body, check = letters[len(prefix) : -1], letters[-1]
    if any(character not in ALPHABET for character in letters[len(prefix) :]):
        raise CodeError(f"{text!r} has a character that no code has. Codes use {ALPHABET}.")
    if check_character(body) != check:
        raise CodeError(f"{text!r} is mistyped: its check character does not fit. Look again.")
    return f"{prefix}-{body}{check}"
