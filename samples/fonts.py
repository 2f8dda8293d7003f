"""Typefaces by name: print from the system's Noto and Liberation fonts, handwriting from the font cache.

A face is a list of font files; each character is drawn from the first file that has it, so that a face
split into subsets, or one without Latin punctuation, still sets whole sentences.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont
from PIL.features import check as pillow_has

from samples.font_table import HANDS, PRINTS, SPARE, FaceEntry

SYSTEM_FONTS = Path("/usr/share/fonts")
FONT_CACHE = Path(__file__).resolve().parent.parent / ".cache" / "fonts"
X_HEIGHT_OF_PITCH = 0.30


class FontMissingError(RuntimeError):
    """A font is not installed, or has no glyph for the text; the message says what to do."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file, and which face of a collection is meant."""

    path: Path
    index: int = 0

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        """The font at ``size`` pixels an em, shaped by Raqm."""
        return _font(self.path, self.index, round(size * 2) / 2)

    @property
    def characters(self) -> frozenset[int]:
        """The code points that the font has a glyph for."""
        return _characters(self.path, self.index)

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for it."""
        return ord(character) in self.characters


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface ready to set text with."""

    name: str
    entry: FaceEntry
    files: tuple[FontFile, ...]

    def em(self, pitch: float) -> float:
        """Pixels an em that suit lines ``pitch`` pixels apart."""
        return pitch * (self.entry.em or self.entry.scale * X_HEIGHT_OF_PITCH / _x_height(self.files[0]))

    def runs(self, text: str) -> list[tuple[FontFile, str]]:
        """Split ``text`` by the font file that draws it; raises FontMissingError for a missing glyph."""
        chosen: list[tuple[FontFile, str]] = []
        for character in text:
            invisible = unicodedata.category(character) in {"Mn", "Cf"}
            file = chosen[-1][0] if invisible and chosen else self._file_for(character)
            chosen.append((file, character))
        return [
            (file, "".join(c for _, c in run)) for file, run in groupby(chosen, key=lambda pair: pair[0])
        ]

    def _file_for(self, character: str) -> FontFile:
        for file in self.files:
            if file.has(character):
                return file
        raise FontMissingError(f"{self.name} has no glyph for {character!r} (U+{ord(character):04X}).")


@cache
def face(name: str) -> Face:
    """The face of that name; raises FontMissingError if its files are not there."""
    if not pillow_has("raqm"):
        raise FontMissingError(
            "This Pillow has no Raqm: Arabic or Hindi would be set wrongly. Use Pillow's own wheel."
        )
    if name in HANDS:
        return Face(name, HANDS[name], _cached_files(name))
    if entry := PRINTS.get(name) or SPARE.get(name):
        files = tuple(_system_file(file) for file in entry.files)
        return Face(name, entry, files or _cached_files(name))
    raise FontMissingError(f"There is no face {name!r}; see samples/font_table.py.")


def hands(script: str) -> list[str]:
    """Names of the handwriting faces for an ISO 15924 script."""
    return [name for name, entry in HANDS.items() if script in entry.scripts]


def prints(script: str) -> list[str]:
    """Names of the print faces for an ISO 15924 script."""
    return [name for name, entry in PRINTS.items() if script in entry.scripts]


def _cached_files(name: str) -> tuple[FontFile, ...]:
    # The Latin subset comes first: the x-height is measured on it.
    found = sorted(
        FONT_CACHE.glob(f"{name}-*.ttf"), key=lambda path: (not path.stem.endswith("-latin"), path.name)
    )
    if not found:
        raise FontMissingError(
            f"The handwriting font {name} is not in the cache; run: python -m samples fonts"
        )
    return tuple(FontFile(path) for path in found)


def _system_file(name: str) -> FontFile:
    file, _, index = name.partition("#")
    path = _system_index().get(file)
    if path is None:
        raise FontMissingError(
            f"The font file {file} is missing; install the packages "
            "fonts-noto-core, fonts-noto-cjk and fonts-liberation."
        )
    return FontFile(path, int(index or 0))


@cache
def _system_index() -> dict[str, Path]:
    return {path.name: path for path in SYSTEM_FONTS.rglob("*.tt?")}


@cache
def _characters(path: Path, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _font(path: Path, index: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.RAQM)


@cache
def _x_height(file: FontFile) -> float:
    _, top, _, bottom = file.at(200).getbbox("x", anchor="ls")
    return (bottom - top) / 200
