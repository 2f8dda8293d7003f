"""Rendered cards and their truth: the same by a seed, boxes where the ink is, every word told."""

from dataclasses import replace

import numpy as np
import pytest

from mailroom.reading import Content
from samples.card import Design, render_side
from samples.defects import Defects
from samples.fonts import FontMissingError, face
from samples.truth import Sample

pytestmark = pytest.mark.usefixtures("system_fonts")

ENGLISH = Design("Dear Nadia,\nthe first snow fell last night.", "eng", "noto-sans", "print", dpi=150)
DARK = 110


def ink(sample: Sample) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    return np.asarray(sample.picture.max(axis=2) < DARK)


def share_in_boxes(sample: Sample) -> float:
    """The part of all dark pixels that lies in the words' boxes."""
    dark = ink(sample)
    inside = np.zeros_like(dark)
    for line in sample.truth.lines:
        for word in line.words:
            x0, y0, x1, y1 = word.box
            inside[max(y0, 0) : y1, max(x0, 0) : x1] = True
    return float((dark & inside).sum() / dark.sum())


def test_the_same_seed_gives_the_same_card_and_another_does_not() -> None:
    first, again, other = (render_side(ENGLISH, seed) for seed in (5, 5, 6))
    assert np.array_equal(first.picture, again.picture)
    assert first.truth == again.truth
    assert not np.array_equal(first.picture, other.picture)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("tilt", [0.0, 3.0, -2.0])
def test_word_boxes_follow_the_ink_through_tilt_and_turn(rotation: int, tilt: float) -> None:
    sample = render_side(replace(ENGLISH, defects=Defects(tilt=tilt, rotation=rotation)), 1)
    assert sample.truth.rotation == rotation
    assert share_in_boxes(sample) > 0.99


def test_boxes_hold_a_shaky_hand_too() -> None:
    try:
        face("caveat")
    except FontMissingError as error:
        pytest.skip(str(error))
    design = replace(ENGLISH, face="caveat", pen="biro-black", defects=Defects(tilt=1.5))
    assert share_in_boxes(render_side(design, 1)) > 0.99


def test_turning_by_the_stated_rotation_sets_the_card_upright() -> None:
    upright = render_side(ENGLISH, 1)
    turned = render_side(replace(ENGLISH, defects=Defects(rotation=90)), 1)
    assert np.array_equal(np.rot90(turned.picture, -1), upright.picture)


def test_lines_hold_all_the_words_of_the_text() -> None:
    truth = render_side(ENGLISH, 1).truth
    assert " ".join(line.text for line in truth.lines).split() == ENGLISH.text.split()
    assert truth.lines[0].text == "Dear Nadia,"


def test_arabic_runs_from_the_right() -> None:
    design = replace(ENGLISH, text="نفكر فيك كل يوم", language="ara", face="noto-naskh")
    (line,) = render_side(design, 1).truth.lines
    assert [word.text for word in line.words] == design.text.split()
    starts = [word.box[0] for word in line.words]
    assert starts == sorted(starts, reverse=True)


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    text = "今天早上有一只小鸟停在我的窗前。" * 3
    design = replace(ENGLISH, text=text, language="zho", face="noto-serif-chinese")
    lines = render_side(design, 1).truth.lines
    assert len(lines) > 1
    assert "".join(line.text for line in lines) == text
    assert not any(line.text.startswith("。") for line in lines)


def test_conjuncts_are_shaped_not_spelled_out() -> None:
    file = face("noto-sans-devanagari").files[0].at(50)
    assert file.getlength("क्ष") < file.getlength("क") + file.getlength("ष")


def test_text_shrinks_to_fit_and_too_much_is_refused() -> None:
    long = replace(ENGLISH, text="snow " * 200)
    one = render_side(ENGLISH, 1).truth.lines[0].box
    many = render_side(long, 1).truth.lines[0].box
    assert many[3] - many[1] < one[3] - one[1]
    with pytest.raises(ValueError, match="does not fit"):
        render_side(replace(ENGLISH, text="snow " * 6000), 1)


def test_a_letter_that_the_face_lacks_is_refused() -> None:
    with pytest.raises(FontMissingError, match="U\\+4E2D"):
        render_side(replace(ENGLISH, text="中"), 1)


def test_a_blank_side_has_no_text_and_no_ink() -> None:
    sample = render_side(Design(dpi=100), 3)
    assert sample.truth.content is Content.BLANK
    assert sample.truth.lines == ()
    assert not ink(sample).any()


def test_a_drawing_says_so() -> None:
    sample = render_side(Design(scene="garden", dpi=100), 3)
    assert sample.truth.content is Content.DRAWING
    assert np.ptp(sample.picture.astype(int), axis=2).max() > 100


def test_an_open_card_is_read_from_the_left_page_to_the_right() -> None:
    sample = render_side(replace(ENGLISH, facing="A printed verse", size_mm=(210, 148)), 2)
    verse, *message = sample.truth.lines
    middle = sample.picture.shape[1] / 2
    assert verse.text == "A printed verse"
    assert verse.box[2] < middle < min(line.box[0] for line in message)
    assert sample.truth.text == "A printed verse\n" + ENGLISH.text


def test_a_postcard_has_the_message_the_address_and_the_margin_in_order() -> None:
    design = replace(ENGLISH, text="Hello", address="Nadia K.\nSample Town", margin_text="Warm wishes")
    sample = render_side(design, 2)
    assert sample.truth.text == "Hello\nNadia K.\nSample Town\nWarm wishes"
    message, address, _, margin = sample.truth.lines
    assert message.box[2] < sample.picture.shape[1] / 2 < address.box[0]
    assert margin.box[3] - margin.box[1] > margin.box[2] - margin.box[0]
    assert margin.box[2] < message.box[0]
