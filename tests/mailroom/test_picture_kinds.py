"""Which files are scans, and what those that are none are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.pictures import (
    EmptyFileError,
    EncryptedError,
    PictureError,
    TooManyBytesError,
    TooManyPagesError,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
    WrongTypeError,
    inspect,
    load_page,
)
from tests.mailroom.picture_files import (
    HEIGHT,
    KINDS,
    LIMITS,
    SIZE,
    WIDTH,
    assert_is_scan,
    encoded,
    scan,
    write,
)


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_is_inspected_and_loaded(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, f"scan.{suffix}", encoded(scan(), KINDS[suffix], resolution=200.0))
    assert inspect(path, LIMITS) == (SIZE,)
    picture = load_page(path, 0, LIMITS)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert_is_scan(picture)


@pytest.mark.parametrize("suffix", KINDS)
def test_the_content_tells_the_kind_whatever_the_name(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, "scan.of.a.card", encoded(scan(), KINDS[suffix]))
    assert len(inspect(path, LIMITS)) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Dear Nadia, we think of you.", "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"%!PS-Adobe-3.0\n", "no picture"),
        (b"PK\x03\x04 a document", "Zip or Office"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypheim\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "a film"),
        (encoded(scan(), "GIF"), "GIF"),
        (encoded(scan(), "BMP"), "BMP"),
    ],
)
def test_what_is_no_scan_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(WrongTypeError, match=rf"called \.jpg but is .*{told}"):
        inspect(write(tmp_path, "scan.jpg", content), LIMITS)


@pytest.mark.parametrize("kind", ["gif", "bmp"])
def test_a_file_that_is_what_it_is_called_is_not_said_to_be_something_else(
    tmp_path: Path, kind: str
) -> None:
    path = write(tmp_path, f"scan.{kind}", encoded(scan(), kind.upper()))
    with pytest.raises(WrongTypeError, match=rf"^The file is a {kind.upper()}\. Scan this card again"):
        inspect(path, LIMITS)


def test_a_strange_suffix_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(WrongTypeError) as caught:
        inspect(write(tmp_path, "scan.\u202egpj<b>", b"text"), LIMITS)
    assert str(caught.value).startswith("The file is no picture.")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_no_scan(tmp_path: Path, kind: str) -> None:
    content = encoded(scan(), kind, save_all=True, append_images=[scan(1)], duration=100)
    with pytest.raises(WrongTypeError, match="an animation"):
        inspect(write(tmp_path, "scan", content), LIMITS)


def test_every_reason_is_a_whole_sentence_that_says_what_to_do() -> None:
    reasons = [
        EmptyFileError(),
        TruncatedError(),
        WrongTypeError(".doc", "no picture"),
        TooManyBytesError(1),
        TooManyPixelsError(1),
        TooManyPagesError(1),
        EncryptedError(),
        UnreadablePictureError(),
    ]
    for reason in reasons:
        assert isinstance(reason, PictureError)
        assert any(
            word in str(reason)
            for word in ("Scan this card again", "scan this card again", "put the parts")
        )
        assert str(reason).endswith(".")
