"""A file of which a part is missing is noticed, and no whole one is taken for such."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.pictures import EmptyFileError, TruncatedError, UnreadablePictureError, inspect
from tests.mailroom.picture_files import KINDS, LIMITS, SIZE, encoded, scan, write


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_noticed(tmp_path: Path, suffix: str, kept: float) -> None:
    content = encoded(scan(), KINDS[suffix])
    path = write(tmp_path, f"scan.{suffix}", content[: int(len(content) * kept)])
    with pytest.raises(TruncatedError, match="Scan this card again"):
        inspect(path, LIMITS)


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_of_which_only_the_space_is_claimed_is_noticed(tmp_path: Path, suffix: str) -> None:
    compressed = {"compression": "tiff_lzw"} if suffix == "tif" else {}
    content = encoded(scan(), KINDS[suffix], **compressed)
    half = len(content) // 2
    for kept in (0, half):
        path = write(tmp_path, f"scan.{suffix}", content[:kept] + bytes(len(content) - kept))
        with pytest.raises((TruncatedError, UnreadablePictureError)):
            inspect(path, LIMITS)


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="empty"):
        inspect(write(tmp_path, "scan.jpg", b""), LIMITS)


@pytest.mark.parametrize("progressive", [False, True])
def test_what_a_telephone_appends_to_a_photograph_does_not_cut_it_short(
    tmp_path: Path, progressive: bool
) -> None:
    preview = b"Exif\0\0" + encoded(scan(), "JPEG")
    photograph = encoded(scan(), "JPEG", progressive=progressive, exif=preview)
    film = b"\0\0\0\x18ftypmp42" + b"\xff\xda\0\x0c" * 1000
    assert inspect(write(tmp_path, "scan.jpg", photograph + film), LIMITS) == (SIZE,)
    with pytest.raises(TruncatedError):
        inspect(write(tmp_path, "scan.jpg", photograph[:-1000]), LIMITS)
