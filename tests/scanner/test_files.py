"""Files of the inbox: which are scans at all, in which order, and under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.contents import find
from scanner.files import Found, is_ignored, natural_key, plain


def test_numbers_count_as_numbers() -> None:
    names = ["scan10.jpg", "Scan2.jpg", "scan1.jpg", "scan02b.jpg", "scan.jpg", "7.jpg", "12.jpg"]
    assert sorted(names, key=natural_key) == [
        "7.jpg",
        "12.jpg",
        "scan.jpg",
        "scan1.jpg",
        "Scan2.jpg",
        "scan02b.jpg",
        "scan10.jpg",
    ]


@pytest.mark.parametrize(
    "names",
    [
        ["Scan.jpeg", "Scan 1.jpeg", "Scan 2.jpeg", "Scan 10.jpeg"],
        ["image.jpg", "image (2).jpg", "image (3).jpg"],
        ["IMG-1.png", "IMG-1-2.png", "IMG-2.png"],
        ["box/scan.jpg", "box/scan-1.jpg", "box 2/scan.jpg"],
        ["Scan", "Scan 2"],
    ],
)
def test_first_of_a_series_that_has_no_number_goes_first(names: list[str]) -> None:
    assert sorted(names, key=natural_key) == names


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    ordered = sorted(names, key=natural_key)
    assert [natural_key(name) for name in ordered] == sorted(natural_key(name) for name in reversed(names))


@given(st.binary(min_size=1, max_size=255))
def test_any_name_becomes_one_that_can_be_kept(raw: bytes) -> None:
    name = plain(os.fsdecode(raw))
    assert name.isprintable()
    assert name.encode("utf-8")


@pytest.mark.parametrize(
    "name", [".hidden.jpg", "scan.jpg.part", "scan.TMP", "scan.crdownload", "Thumbs.db", "scan.jpg~"]
)
def test_unfinished_and_hidden_names_are_ignored(name: str) -> None:
    assert is_ignored(name)


@pytest.mark.parametrize("name", ["scan.jpg", "partner.jpg", "tmp.png", "notes.txt", "scan"])
def test_other_names_are_not(name: str) -> None:
    assert not is_ignored(name)


def test_only_regular_files_are_found_and_links_lead_nowhere(tmp_path: Path) -> None:
    inbox, outside = tmp_path / "inbox", tmp_path / "outside"
    (inbox / "tray" / "deeper").mkdir(parents=True)
    (inbox / ".hidden").mkdir()
    outside.mkdir()
    for place in (inbox / "a.jpg", inbox / "tray" / "b.jpg", inbox / "tray" / "deeper" / "c.jpg"):
        place.write_bytes(b"x")
    (inbox / ".hidden" / "d.jpg").write_bytes(b"x")
    (outside / "secret.jpg").write_bytes(b"x")
    (inbox / "link.jpg").symlink_to(outside / "secret.jpg")
    (inbox / "folder").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.jpg")
    found = {file.label: file.folder for file in find(inbox).files}
    assert found == {"a.jpg": "", "tray/b.jpg": "tray", "tray/deeper/c.jpg": "tray"}


def test_a_file_is_unchanged_until_somebody_touches_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x")
    (met,) = find(tmp_path).files
    assert met.is_unchanged()
    path.write_bytes(b"xx")
    assert not met.is_unchanged()
    path.unlink()
    assert not met.is_unchanged()
    path.symlink_to("/etc/hostname")
    assert not met.is_unchanged()


def test_a_time_that_no_calendar_has_is_not_known() -> None:
    stat = os.stat_result((0, 0, 0, 0, 0, 0, 0, 0, 2**40, 0))
    assert Found(Path("a.jpg"), "a.jpg", stat).made_at is None
