"""Fonts of the system, where they are installed."""

from __future__ import annotations

import pytest

from samples.fonts import FontMissingError, face

SYSTEM_FACES = ("noto-sans", "noto-naskh", "noto-sans-devanagari", "noto-serif-chinese")


@pytest.fixture(scope="session")
def system_fonts() -> None:
    """Skip the test where the system's print fonts are not installed."""
    try:
        for name in SYSTEM_FACES:
            face(name)
    except FontMissingError as error:
        pytest.skip(str(error))
