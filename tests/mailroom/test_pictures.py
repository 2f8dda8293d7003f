from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from mailroom.pictures import (
    EmptyFileError,
    EncryptedError,
    MissingPageError,
    PageSize,
    PictureError,
    PictureLimits,
    TooManyBytesError,
    TooManyPagesError,
    TooManyPixelsError,
    TruncatedError,
    UnreadablePictureError,
    WrongTypeError,
    inspect,
    load_page,
    view_jpeg,
)
from tests.mailroom.picture_files import (
    HEIGHT,
    WIDTH,
    empty_pages_pdf,
    encoded,
    form_pdf,
    locked_pdf,
    picture_pdf,
    pixel_bomb,
    scan,
    text_bomb,
    write,
)

LIMITS = PictureLimits()
SIZE = PageSize(WIDTH, HEIGHT)
KINDS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP", "pdf": "PDF"}


def assert_is_scan(picture: np.ndarray, tolerance: int = 20) -> None:
    assert picture.dtype == np.uint8
    assert picture.shape[2] == 3
    height, width = picture.shape[:2]
    assert np.allclose(picture[height // 8, width // 8], (250, 0, 0), atol=tolerance)
    assert np.allclose(picture[-height // 8, -width // 8], (0, 0, 250), atol=tolerance)
    assert picture[height // 2, width // 2].min() > 200


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


def test_a_strange_suffix_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(WrongTypeError) as caught:
        inspect(write(tmp_path, "scan.\u202egpj<b>", b"text"), LIMITS)
    assert str(caught.value).startswith("The file is no picture.")


def test_a_small_file_of_many_pixels_is_refused(tmp_path: Path) -> None:
    bomb = pixel_bomb()
    assert len(bomb) < 150_000
    with pytest.raises(TooManyPixelsError, match="100 million"):
        inspect(write(tmp_path, "bomb.png", bomb), LIMITS)


def test_the_limit_of_pixels_is_met_exactly(tmp_path: Path) -> None:
    for suffix in ("jpg", "png", "tif", "webp"):
        path = write(tmp_path, f"scan.{suffix}", encoded(scan(), KINDS[suffix]))
        assert inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT)) == (SIZE,)
        with pytest.raises(TooManyPixelsError):
            inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT - 1))


def test_a_later_page_of_many_pixels_is_refused(tmp_path: Path) -> None:
    pages = [scan(), scan(size=(WIDTH + 1, HEIGHT))]
    path = write(tmp_path, "scan.tif", encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    with pytest.raises(TooManyPixelsError):
        inspect(path, PictureLimits(pixels_max=WIDTH * HEIGHT))


def test_metadata_that_unfolds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePictureError):
        inspect(write(tmp_path, "bomb.png", text_bomb()), LIMITS)


def test_a_file_of_many_bytes_is_refused(tmp_path: Path) -> None:
    content = encoded(scan(), "PNG")
    path = write(tmp_path, "scan.png", content)
    assert inspect(path, PictureLimits(bytes_max=len(content))) == (SIZE,)
    with pytest.raises(TooManyBytesError):
        inspect(path, PictureLimits(bytes_max=len(content) - 1))


@pytest.mark.parametrize("suffix", ["tif", "pdf"])
def test_pages_keep_their_order_and_their_sizes(tmp_path: Path, suffix: str) -> None:
    pages = [scan(number, (200 + 20 * number, 150)) for number in range(4)]
    content = encoded(pages[0], KINDS[suffix], save_all=True, append_images=pages[1:], resolution=200.0)
    path = write(tmp_path, f"scan.{suffix}", content)
    assert inspect(path, LIMITS) == tuple(PageSize(*page.size) for page in pages)
    for number, page in enumerate(pages):
        assert load_page(path, number, LIMITS).shape == (150, page.width, 3)
    for missing in (4, -1):
        with pytest.raises(MissingPageError):
            load_page(path, missing, LIMITS)


@pytest.mark.parametrize("suffix", ["tif", "pdf"])
def test_too_many_pages_are_refused(tmp_path: Path, suffix: str) -> None:
    content = encoded(scan(), KINDS[suffix], save_all=True, append_images=[scan()] * 3)
    path = write(tmp_path, f"scan.{suffix}", content)
    assert len(inspect(path, PictureLimits(pages_max=4))) == 4
    with pytest.raises(TooManyPagesError, match="more than 3 pages"):
        inspect(path, PictureLimits(pages_max=3))


def called_reduced(page: Image.Image) -> Image.Image:
    tags = ImageFileDirectory_v2()
    tags[254] = 1
    page.encoderinfo = {"tiffinfo": tags}
    return page


@pytest.mark.parametrize("size", [(30, 20), (WIDTH // 2, HEIGHT // 2)])
def test_a_reduced_copy_in_a_tiff_is_no_page(tmp_path: Path, size: tuple[int, int]) -> None:
    reduced = called_reduced(scan(size=size))
    content = encoded(scan(), "TIFF", save_all=True, append_images=[reduced])
    assert inspect(write(tmp_path, "scan.tif", content), LIMITS) == (SIZE,)


@pytest.mark.parametrize("size", [SIZE, (HEIGHT, WIDTH), (HEIGHT, WIDTH // 2)])
def test_a_page_that_is_wrongly_called_a_reduced_copy_is_not_lost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    back = called_reduced(scan(1, size))
    path = write(tmp_path, "scan.tif", encoded(scan(), "TIFF", save_all=True, append_images=[back]))
    assert inspect(path, LIMITS) == (SIZE, size)
    assert load_page(path, 1, LIMITS).shape == (size[1], size[0], 3)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_no_scan(tmp_path: Path, kind: str) -> None:
    content = encoded(scan(), kind, save_all=True, append_images=[scan(1)], duration=100)
    with pytest.raises(WrongTypeError, match="an animation"):
        inspect(write(tmp_path, "scan", content), LIMITS)


def test_exif_turns_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = write(tmp_path, "scan.jpg", encoded(scan(), "JPEG", exif=exif))
    assert inspect(path, LIMITS) == (SIZE,)
    assert_is_scan(load_page(path, 0, LIMITS))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey(tmp_path: Path, kind: str) -> None:
    values = np.linspace(0, 65535, WIDTH, dtype=np.uint16)[None].repeat(HEIGHT, 0)
    path = write(tmp_path, "scan", encoded(Image.fromarray(values), kind))
    picture = load_page(path, 0, LIMITS)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(picture[0, :, 0].astype(int) - np.linspace(0, 255, WIDTH)).max() <= 1


@pytest.mark.parametrize("bits", [8, 10, 12, 14])
def test_a_deep_scan_that_uses_few_of_its_bits_is_not_blackened(tmp_path: Path, bits: int) -> None:
    values = np.linspace(0, 2**bits - 1, WIDTH).astype(np.uint16)[None].repeat(HEIGHT, 0)
    picture = load_page(write(tmp_path, "scan", encoded(Image.fromarray(values), "TIFF")), 0, LIMITS)
    assert np.abs(picture[0, :, 0].astype(int) - np.linspace(0, 255, WIDTH)).max() <= 2


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_grey_of_which_zero_is_white_is_no_negative(tmp_path: Path, mode: str) -> None:
    grey = np.asarray(scan().convert("L"))
    picture = Image.fromarray(grey.astype(np.uint16) * 257 if mode == "I;16" else grey).convert(mode)
    if mode == "I;16":
        # Pillow turns the others around itself when it writes them.
        picture = Image.fromarray(65535 - np.asarray(picture))
    path = write(tmp_path, "scan", encoded(picture, "TIFF", tiffinfo={262: 0}))
    seen = load_page(path, 0, LIMITS)[:, :, 0]
    assert np.median(seen) > 200
    assert seen[0, 0] < 100


def test_floating_grey(tmp_path: Path) -> None:
    values = np.linspace(0, 1, WIDTH, dtype=np.float32)[None].repeat(HEIGHT, 0)
    values[:, 0] = np.nan
    picture = load_page(write(tmp_path, "scan", encoded(Image.fromarray(values), "TIFF")), 0, LIMITS)
    assert np.abs(picture[0, 1:, 1].astype(int) - np.linspace(0, 255, WIDTH)[1:]).max() <= 1


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "YCbCr", "LAB", "RGBA", "LA"])
def test_every_colour_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    paper = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    # Pillow cannot convert to LAB.
    paper = Image.new("LAB", (WIDTH, HEIGHT), (255, 128, 128)) if mode == "LAB" else paper.convert(mode)
    path = write(tmp_path, "scan", encoded(paper, "TIFF"))
    picture = load_page(path, 0, LIMITS)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert picture.min() >= 250


def test_cmyk_jpeg_keeps_its_colours(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.jpg", encoded(scan().convert("CMYK"), "JPEG", quality=95))
    assert_is_scan(load_page(path, 0, LIMITS))


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    clear = scan().convert("RGBA")
    clear.putalpha(0)
    palette = scan().convert("P", palette=Image.Palette.ADAPTIVE, colors=8)
    for content in (
        encoded(clear, "PNG"),
        encoded(clear, "WEBP", lossless=True, exact=True),
        encoded(palette, "PNG", transparency=bytes(8)),
        encoded(Image.new("RGB", (WIDTH, HEIGHT)), "PNG", transparency=(0, 0, 0)),
    ):
        assert load_page(write(tmp_path, "scan", content), 0, LIMITS).min() == 255


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("tone", [0, 255])
def test_ink_of_any_tone_on_transparent_paper_is_seen(tmp_path: Path, kind: str, tone: int) -> None:
    drawing = Image.new("RGBA", SIZE, (tone, tone, tone, 0))
    drawing.paste((tone, tone, tone, 255), (40, 90, 260, 110))
    content = encoded(drawing, kind, **({"lossless": True} if kind == "WEBP" else {}))
    picture = load_page(write(tmp_path, "scan", content), 0, LIMITS)
    assert (picture[100, 150] == tone).all()
    assert (picture[20, 20] == 255 - tone).all()


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


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))]
)
def test_a_view_is_turned_clockwise(rotation: int, corner: tuple[int, int]) -> None:
    view = Image.open(io.BytesIO(view_jpeg(np.asarray(scan()), rotation, 150)), formats=["JPEG"])
    assert view.size == ((150, 100) if rotation in (0, 180) else (100, 150))
    pixels = np.asarray(view).astype(int)
    assert np.allclose(pixels[corner], (250, 0, 0), atol=30)
    assert not view.getexif()


def test_a_view_is_never_larger_than_its_picture() -> None:
    view = Image.open(io.BytesIO(view_jpeg(np.asarray(scan()), 0, 5000)))
    assert view.size == SIZE
    with pytest.raises(ValueError, match="45"):
        view_jpeg(np.asarray(scan()), 45, 100)


def test_a_thread_of_a_picture_still_has_a_view() -> None:
    thread = np.full((1, 70_000, 3), 255, np.uint8)
    assert Image.open(io.BytesIO(view_jpeg(thread, 90, 1000))).size == (1, 1000)


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
