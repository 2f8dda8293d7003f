"""Uploads are laid in the inbox: whole, visible, under a plain name, and nowhere else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_ui import inbox


def test_an_upload_appears_whole_under_its_name(tmp_path: Path) -> None:
    name = inbox.lay(io.BytesIO(b"scan"), "carte d'été.jpg", tmp_path, "T-4KQF7M")
    assert name == "carte d_été.jpg"
    assert (tmp_path / "T-4KQF7M" / name).read_bytes() == b"scan"
    assert [file.name for file in (tmp_path / "T-4KQF7M").iterdir()] == [name]


def test_the_same_name_twice_keeps_both(tmp_path: Path) -> None:
    names = [inbox.lay(io.BytesIO(content), "a.jpg", tmp_path, "tray") for content in (b"1", b"2", b"3")]
    assert names == ["a.jpg", "a (2).jpg", "a (3).jpg"]
    assert [(tmp_path / "tray" / name).read_bytes() for name in names] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("folder", ["..", "../else", "/etc", ".", "a/../.."])
def test_nothing_is_written_outside_the_inbox(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "inbox"
    root.mkdir()
    with pytest.raises(inbox.UploadRefusedError):
        inbox.lay(io.BytesIO(b"x"), "a.jpg", root, folder)
    assert list(tmp_path.rglob("*.jpg")) == []


class _Broken(io.BytesIO):
    def read(self, *_: object) -> bytes:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(inbox.UploadRefusedError, match="No space left"):
        inbox.lay(_Broken(), "a.jpg", tmp_path, "tray")
    assert list((tmp_path / "tray").iterdir()) == []


@given(st.text())
def test_every_name_is_a_plain_visible_one(name: str) -> None:
    safe = inbox.safe_name(name)
    assert safe
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('/\\\0\n"<>|:*?')
