"""Reading errors as an engine makes them: letters swapped for look-alikes, dropped, doubled, split."""

from __future__ import annotations

import random

_ALIKE = {
    "a": "oe",
    "b": "h6",
    "c": "eo",
    "d": "cl",
    "e": "co",
    "f": "tl",
    "g": "qy",
    "h": "bn",
    "i": "lj",
    "j": "i",
    "k": "h",
    "l": "i1",
    "m": "nr",
    "n": "um",
    "o": "a0",
    "p": "q",
    "q": "g",
    "r": "nv",
    "s": "z5",
    "t": "lf",
    "u": "vn",
    "v": "ru",
    "w": "vu",
    "x": "k",
    "y": "gv",
    "z": "s2",
}


def misread(text: str, rate: float, seed: str) -> str:
    """``text`` with about ``rate`` of its characters misread, always in the same way for a ``seed``."""
    chance = random.Random(seed)
    pool = sorted({char for char in text if char.isalpha()})
    written = []
    for char in text:
        if char == "\n" or chance.random() >= rate:
            written.append(char)
            continue
        kind = chance.random()
        if kind < 0.15:
            continue
        if kind < 0.25:
            written.append(f"{char} " if char.isalpha() else char)
        elif kind < 0.32:
            written.append(char * 2)
        else:
            written.append(_other(char, pool, chance))
    return "".join(written)


def _other(char: str, pool: list[str], chance: random.Random) -> str:
    alike = _ALIKE.get(char.lower())
    if alike:
        other = chance.choice(alike)
        return other.upper() if char.isupper() else other
    return chance.choice(pool) if char.isalpha() and pool else char
