"""Fonts are pinned, and whoever lacks one is told how to get it."""

import json
from pathlib import Path

import pytest

from samples import font_fetch, fonts
from samples.font_fetch import prepare
from samples.font_table import FETCHED, HANDS
from samples.fonts import FontMissingError, face

SAMPLES = Path(font_fetch.__file__).parent


def test_every_fetched_face_is_pinned_with_its_hash_and_no_address() -> None:
    text = (SAMPLES / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    for name in FETCHED:
        entry = packages[f"node_modules/@fontsource/{name}"]
        assert entry["integrity"].startswith("sha512-")
        assert entry["license"] == font_fetch.LICENCE


def test_without_npm_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FontMissingError, match="Debian package 'npm'"):
        prepare(tmp_path / "cache")


def test_a_face_that_was_not_fetched_says_how_to_fetch_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "FONT_CACHE", tmp_path)
    fonts.face.cache_clear()
    with pytest.raises(FontMissingError, match="python -m samples fonts"):
        face(next(iter(HANDS)))


def test_an_unknown_face_is_refused() -> None:
    with pytest.raises(FontMissingError, match="no face 'comic'"):
        face("comic")
