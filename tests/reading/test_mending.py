"""Mending of text, without an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.reading.mending import mend_line


@given(st.text(max_size=60))
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mend_line(mend_line(text)) == mend_line(text)


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("y0u  are wise ,", "you are wise,"),
        ("| hope", "I hope"),
        ("room 101", "room 101"),
        ("avant minuit：c'est tard？Oui", "avant minuit: c'est tard? Oui"),
        ("你好：abc，再见。", "你好：abc，再见。"),
        ("+44 20 7946 0135", "+44 20 7946 0135"),
    ],
)
def test_only_what_the_text_bears_out_is_changed(raw: str, mended: str) -> None:
    assert mend_line(raw) == mended
