"""Signs for money beside a number, as the words that packs know: ``$20`` is 20 dollars."""

from __future__ import annotations

import re

_WORDS = {
    "$": "dollar dollars dollari dolares dolarow dolar доллар доллары долларов доларів دولار 美元",
    "€": "euro euros eur евро євро يورو یورو 欧元",
    "£": "pound pounds livres pfund libras sterline funtow sterlin фунтов جنيه",
    "¥": "yen yuan иен юаней",
    "₽": "rubel rubli рубль рубля рублей",
    "₴": "гривня гривні гривень",
    "₺": "lira",
    "₹": "rupee rupees",
}
_SIGNS = "".join(map(re.escape, _WORDS))
# Within a regular expression for pieces of a text.
BESIDE_NUMBER = rf"[{_SIGNS}](?=\s?\d)|(?<=\d)[{_SIGNS}]|(?<=\d\s)[{_SIGNS}]"


def words_of(sign: str) -> tuple[str, ...]:
    """What a sign for money is called, as rules spell it."""
    return tuple(_WORDS[sign].split())
