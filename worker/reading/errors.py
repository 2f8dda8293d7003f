"""What can go wrong while reading, each failure under its own name."""

from __future__ import annotations


class ReadingError(Exception):
    """Reading failed; the message says what to do about it."""


class UnfitPictureError(ReadingError):
    """The picture is not what a reader can take: wrong shape, wrong type, or empty."""


class ModelError(ReadingError):
    """A recognition model is missing or cannot be loaded."""


class EngineError(ReadingError):
    """An engine failed on a picture that it should have taken."""


class LanguageMissingError(EngineError):
    """Tesseract is not installed, or not with the language data that a script needs."""
