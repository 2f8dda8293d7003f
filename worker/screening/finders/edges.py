"""Where a number or a name begins and ends: scripts without spaces set their letters right beside it."""

from __future__ import annotations

# Thai, Lao, Burmese, Khmer, kana, Chinese characters; and Hangul, whose endings stand on the word itself.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
LETTER = rf"[^\W{_UNSPACED}]"
"""A letter, digit or underscore that a space would part from another word."""

BEGINS = rf"(?<!{LETTER})"
ENDS = rf"(?!{LETTER})"
