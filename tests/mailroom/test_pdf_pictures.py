"""Scans in PDFs: drawn as finely as they were scanned, and refused where a part would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailroom.pictures import (
    EncryptedError,
    PageSize,
    PictureLimits,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
    inspect,
    load_page,
)
from tests.mailroom.picture_files import (
    HEIGHT,
    LIMITS,
    SIZE,
    WIDTH,
    assert_is_scan,
    empty_pages_pdf,
    encoded,
    form_pdf,
    locked_pdf,
    picture_pdf,
    scan,
    write,
)


def test_a_locked_pdf(tmp_path: Path) -> None:
    with pytest.raises(EncryptedError, match="password"):
        inspect(write(tmp_path, "scan.pdf", locked_pdf()), LIMITS)


def test_a_scan_in_a_pdf_keeps_its_resolution(tmp_path: Path) -> None:
    jpeg = encoded(scan(size=(1748, 1240)), "JPEG", quality=95)
    path = write(tmp_path, "scan.pdf", picture_pdf((1748, 1240), jpeg, (419.53, 297.64)))
    assert inspect(path, LIMITS) == (PageSize(1748, 1240),)
    assert_is_scan(load_page(path, 0, LIMITS))


def test_a_small_picture_on_a_page_does_not_set_its_resolution(tmp_path: Path) -> None:
    jpeg = encoded(scan(size=(1000, 700)), "JPEG")
    path = write(tmp_path, "scan.pdf", picture_pdf((1000, 700), jpeg, (720, 504), cover=0.1))
    assert inspect(path, LIMITS) == (PageSize(2000, 1400),)


@pytest.mark.parametrize("points", [(14_400.0, 14_400.0), (100_000.0, 1.0), (1.0, 1.0), (720.0, 504.0)])
def test_a_page_of_any_size_is_drawn_as_inspected(tmp_path: Path, points: tuple[float, float]) -> None:
    path = write(tmp_path, "scan.pdf", empty_pages_pdf(1, points))
    limits = PictureLimits(pixels_max=1_000_000)
    (size,) = inspect(path, limits)
    picture = load_page(path, 0, limits)
    assert (size.width, size.height) == (picture.shape[1], picture.shape[0])
    assert max(size) <= 2400
    assert size.width * size.height <= 1.01 * limits.pixels_max


def test_a_picture_of_many_pixels_in_a_pdf_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.pdf", picture_pdf((30_000, 30_000), encoded(scan(), "JPEG")))
    for deed in (lambda: inspect(path, LIMITS), lambda: load_page(path, 0, LIMITS)):
        with pytest.raises(TooManyPixelsError):
            deed()


def test_a_picture_cut_short_in_a_whole_pdf_is_noticed(tmp_path: Path) -> None:
    jpeg = encoded(scan(), "JPEG")
    path = write(tmp_path, "scan.pdf", picture_pdf((WIDTH, HEIGHT), jpeg[: len(jpeg) // 2]))
    with pytest.raises(TruncatedError):
        inspect(path, LIMITS)


@pytest.mark.parametrize("form", [b"/Filter /JPXDecode", b"/Filter /DCTDecode", b"/Filter /BrotliDecode"])
def test_a_pdf_with_a_picture_that_cannot_be_decoded_never_passes_for_blank(
    tmp_path: Path, form: bytes
) -> None:
    known = b"/ColorSpace /DeviceRGB /BitsPerComponent 8 " + form
    path = write(tmp_path, "scan.pdf", picture_pdf(SIZE, b"\xff\xd8 no picture \xff\xd9", form=known))
    for deed in (lambda: inspect(path, LIMITS), lambda: load_page(path, 0, LIMITS)):
        with pytest.raises(UnreadablePictureError):
            deed()


@pytest.mark.parametrize("kept", [0.1, 0.5])
def test_a_jpeg_2000_cut_short_in_a_whole_pdf_is_noticed(tmp_path: Path, kept: float) -> None:
    content = encoded(scan(), "JPEG2000")
    cut = content[: int(kept * len(content))]
    path = write(tmp_path, "scan.pdf", picture_pdf(SIZE, cut, form=b"/Filter /JPXDecode"))
    with pytest.raises(UnreadablePictureError):
        inspect(path, LIMITS)


@pytest.mark.parametrize("kind", ["JPEG2000", "1-bit mask"])
def test_a_pdf_takes_pictures_of_other_kinds(tmp_path: Path, kind: str) -> None:
    form, content = b"/Filter /JPXDecode", encoded(scan(), "JPEG2000")
    if kind == "1-bit mask":
        form, content = b"/ImageMask true /BitsPerComponent 1", bytes((WIDTH + 7) // 8 * HEIGHT)
    path = write(tmp_path, "scan.pdf", picture_pdf(SIZE, content, form=form))
    assert inspect(path, LIMITS) == (SIZE,)
    assert load_page(path, 0, LIMITS).min() < 30


@pytest.mark.parametrize("drawn", [True, False])
def test_what_is_typed_into_a_form_of_a_pdf_is_seen(tmp_path: Path, drawn: bool) -> None:
    path = write(tmp_path, "form.pdf", form_pdf(b"Dear Nadia", drawn=drawn))
    assert (load_page(path, 0, LIMITS) < 100).sum() > 1000


@pytest.mark.parametrize("filling", [b"\0", b"\n", b" \r\n"])
def test_a_pdf_filled_up_behind_its_end_is_whole(tmp_path: Path, filling: bytes) -> None:
    path = write(tmp_path, "scan.pdf", empty_pages_pdf(1) + filling * 3000)
    assert len(inspect(path, LIMITS)) == 1


def test_a_pdf_of_nonsense(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePictureError):
        inspect(write(tmp_path, "scan.pdf", b"%PDF-1.7\nnonsense\n%%EOF\n"), LIMITS)
