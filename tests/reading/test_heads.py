"""Weighing Latin characters first reads the same as weighing all of them."""

from __future__ import annotations

import cv2
import numpy as np
import openvino
import pytest
from numpy.typing import NDArray
from openvino import opset13

from samples.card import Design, render_side
from samples.fonts import FontMissingError
from tests.reading.pictures import paper
from worker.inference import INFERENCE
from worker.reading.detection.detector import Detector
from worker.reading.errors import ModelError
from worker.reading.geometry import Picture, crop
from worker.reading.networks.runtime import Network, bundled_model, characters_of
from worker.reading.reader import Reader
from worker.reading.recognition.heads import Head, Heads, Weighed, cut_head, is_latin
from worker.reading.recognition.recogniser import MODEL, TALL, as_input


def compiled(model: openvino.Model) -> Network:
    return Network(openvino.Core().compile_model(model, "CPU", INFERENCE))


@pytest.fixture(scope="module")
def network() -> Network:
    return compiled(cut_head(bundled_model(MODEL))[0])


@pytest.fixture(scope="module")
def whole() -> Network:
    return compiled(bundled_model(MODEL))


@pytest.fixture(scope="module")
def heads() -> Heads:
    model = bundled_model(MODEL)
    return Heads(cut_head(model)[1], ("", *characters_of(model), " "))


def line(text: str) -> Picture:
    picture = paper(48, 420)
    cv2.putText(picture, text, (8, 36), cv2.FONT_HERSHEY_COMPLEX, 1.1, (30, 30, 60), 2, cv2.LINE_AA)
    return picture


def drawn(text: str, face: str) -> Picture:
    try:
        return render_side(Design(text, "zho", face, "print"), 2).picture
    except FontMissingError as missing:
        pytest.skip(str(missing))


def likeliest(parts: list[Weighed]) -> tuple[str, list[float]]:
    """The likeliest character of each column, a dot for none, and how likely it is."""
    found = {
        place: (part.characters[row.argmax()] or ".", float(row.max()))
        for part in parts
        for place, row in zip(part.places.tolist(), part.chances, strict=True)
    }
    marks, chances = zip(*(found[place] for place in range(len(found))), strict=True)
    return "".join(marks), list(chances)


def weighed_in_the_network(whole: Network, values: NDArray[np.float32]) -> tuple[str, list[float]]:
    every = ("", *characters_of(bundled_model(MODEL)), " ")
    chances = whole.run(values)[0]
    return likeliest([Weighed(np.arange(len(chances)), chances, every)])


def test_latin_text_is_weighed_among_latin_characters_with_the_same_outcome(
    network: Network, whole: Network, heads: Heads
) -> None:
    values = as_input(line("Take heart, Nadia"))
    (part,) = heads.read(network.run(values)[0])
    assert len(part.characters) < 1000
    marks, chances = likeliest([part])
    plain, plain_chances = weighed_in_the_network(whole, values)
    assert marks == plain
    np.testing.assert_allclose(chances, plain_chances, atol=0.02)


def test_of_a_line_with_other_characters_unclear_columns_are_weighed_among_all(
    network: Network, whole: Network, heads: Heads
) -> None:
    picture = drawn("王芳", "noto-sans-chinese")
    (found,) = Detector().find(picture, 640)
    values = as_input(crop(picture, found.quad, TALL))
    unclear, clear = heads.read(network.run(values)[0])
    assert len(clear.characters) < 1000 < len(unclear.characters)
    marks, chances = likeliest([unclear, clear])
    plain, plain_chances = weighed_in_the_network(whole, values)
    assert "王芳" in marks.replace(".", "")
    assert marks == plain
    np.testing.assert_allclose(chances, plain_chances, atol=0.02)


@pytest.mark.parametrize("face", ["noto-sans-chinese", "long-cang"])
def test_a_chinese_name_among_latin_words_is_read(reader: Reader, face: str) -> None:
    text = reader.read(drawn("Take heart 王芳,\nwe think of you", face)).text
    assert "王芳" in text
    assert "think of you" in text


def test_latin_characters_are_those_that_stand_on_latin_lines() -> None:
    assert all(map(is_latin, ("", " ", "a", "É", "ß", "7", "!", "œ", "€")))
    assert not any(map(is_latin, ("王", "か", "α", "Я", "①", "℃")))


def test_a_favoured_character_is_so_many_times_as_likely() -> None:
    head = Head(np.eye(3, dtype=np.float32), np.array([0.5, 0.0, -0.5], np.float32))
    seen = np.array([[1.0, 2.0, 3.0]], np.float32)
    plain, favoured = (np.exp(one.sums(seen))[0] for one in (head, head.favouring(2, 4.0)))
    np.testing.assert_allclose(favoured / plain, [1, 1, 4], rtol=1e-5)


def test_a_network_that_ends_otherwise_is_refused() -> None:
    values = opset13.parameter([1, 3, 8, 8], np.float32)
    with pytest.raises(ModelError, match="ends otherwise"):
        cut_head(openvino.Model([opset13.relu(values)], [values]))
