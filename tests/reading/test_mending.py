"""Mending of text, without an engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.lines import ReadLine
from worker.reading.mending import mend_line, with_narrow_marks
from worker.reading.recogniser import Glyph


@given(st.text(max_size=60))
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mend_line(mend_line(text)) == mend_line(text)


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("y0u  are wise ,", "you are wise,"),
        ("| hope", "I hope"),
        ("room 101", "room 101"),
        ("+44 20 7946 0135", "+44 20 7946 0135"),
    ],
)
def test_only_what_the_text_bears_out_is_changed(raw: str, mended: str) -> None:
    assert mend_line(raw) == mended


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("avant minuit：c'est tard！！ （Oui）", "avant minuit:c'est tard!! (Oui)"),
        ("https：//example.org", "https://example.org"),
        ("你好：abc，再见。", "你好：abc，再见。"),
    ],
)
def test_chinese_marks_stay_among_chinese_alone(read: str, meant: str) -> None:
    glyphs = tuple(Glyph(letter, 1.0, "", 0.0, 0.0, 0.0) for letter in read)
    assert with_narrow_marks(ReadLine(np.zeros((4, 2), np.float32), glyphs)).text == meant
