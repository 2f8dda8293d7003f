"""Marks are found in pictures at any size and angle, and in nothing else."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from benchmarks.mark_drawings import SIGNS
from mailroom import mark_samples
from mailroom.finding import Label, Severity
from mailroom.mark_samples import SampleRefusedError, take_sample
from mailroom.pictures import PictureError, PictureLimits
from mailroom.scope import MarkSample, Scope
from tests.mailroom.picture_files import encoded, pixel_bomb
from tests.screening.mark_pictures import overlap, with_sign, write_picture, write_sample, written_card
from worker.child import ReadingChild
from worker.screening.marks.finder import MarkFinder

LIMITS = PictureLimits()


@pytest.fixture(scope="module")
def finder() -> MarkFinder:
    return MarkFinder()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> list[MarkSample]:
    folder = tmp_path_factory.mktemp("samples")
    return [write_sample(folder, name) for name in SIGNS]


@pytest.mark.parametrize("angle", [0.0, 25.0, 90.0, 200.0])
@pytest.mark.parametrize("name", sorted(SIGNS))
def test_each_sign_is_found_at_any_angle_and_no_other_is(
    finder: MarkFinder, samples: list[MarkSample], name: str, angle: float
) -> None:
    card, box = with_sign(name, angle=angle)
    found = finder.find(card, samples, LIMITS)
    assert [finding.rule for finding in found] == [f"mark.{name}"]
    assert found[0].box is not None
    assert overlap(found[0].box, box) > 0.4


@pytest.mark.parametrize("side", [110, 200, 400])
@pytest.mark.parametrize("name", ["lantern", "wordmark", "Latin cross", "six-point star"])
def test_signs_are_found_at_any_size(
    finder: MarkFinder, samples: list[MarkSample], name: str, side: int
) -> None:
    card, _ = with_sign(name, side=side, angle=10)
    assert [finding.rule for finding in finder.find(card, samples, LIMITS)] == [f"mark.{name}"]


def test_writing_alone_raises_nothing(finder: MarkFinder, samples: list[MarkSample]) -> None:
    assert finder.find(written_card(), samples, LIMITS) == []


@pytest.mark.parametrize("shape", [(40, 60), (3000, 60), (1, 500)])
def test_odd_pictures_raise_nothing(
    finder: MarkFinder, samples: list[MarkSample], shape: tuple[int, int]
) -> None:
    blank = np.full((*shape, 3), 255, np.uint8)
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), np.uint8)
    assert finder.find(blank, samples, LIMITS) == []
    assert finder.find(noise, samples, LIMITS) == []


def test_a_finding_says_what_and_where_in_pixels_of_the_full_scan(
    finder: MarkFinder, tmp_path: Path
) -> None:
    mark = write_sample(tmp_path, "lantern", Label.ORGANISATION)
    card, box = with_sign("lantern")
    large = np.asarray(cv2.resize(card, None, fx=2, fy=2), np.uint8)
    (finding,) = finder.find(large, [mark], LIMITS)
    assert (finding.label, finding.rule) == (Label.ORGANISATION, "mark.lantern")
    assert (finding.severity, finding.evidence) == (Severity.LOOK, "")
    assert "“lantern”" in finding.reason
    assert finding.box is not None
    x0, y0, x1, y1 = box
    assert overlap(finding.box, (2 * x0, 2 * y0, 2 * x1, 2 * y1)) > 0.6


def test_a_sample_that_cannot_be_opened_is_an_error_and_no_silence(
    finder: MarkFinder, tmp_path: Path
) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(PictureError):
        finder.find(written_card(), [MarkSample("broken", Label.MARK, str(path))], LIMITS)


def test_the_child_seeks_marks_on_each_side_when_reading_and_when_looking(
    child: ReadingChild, tmp_path: Path
) -> None:
    mark = write_sample(tmp_path, "lantern", Label.ORGANISATION)
    write_picture(tmp_path / "front.png", written_card())
    write_picture(tmp_path / "back.png", with_sign("lantern")[0])
    sides = [{"path": str(tmp_path / name), "page": 0} for name in ("front.png", "back.png")]
    request = {"sides": sides, "scope": Scope(marks=(mark,)).as_data(), "limits": asdict(LIMITS)}
    read = child.answer({"do": "read", "views": False, **request})
    readings = [side["reading"] for side in read["sides"]]
    looked = child.answer({"do": "look", "readings": readings, "others": [], **request})
    for answer in (read, looked):
        marks = [flag for flag in answer["screening"]["findings"] if flag["rule"] == "mark.lantern"]
        assert [flag["side"] for flag in marks] == [1]
        assert answer["screening"]["lane"] == "desk"
    allowing = Scope(marks=(mark,), allow=frozenset({Label.ORGANISATION})).as_data()
    welcome = child.answer({"do": "look", "readings": readings, "others": [], **request, "scope": allowing})
    assert "mark.lantern" not in {flag["rule"] for flag in welcome["screening"]["findings"]}


def test_a_sample_comes_out_of_the_sandbox_as_a_picture_of_our_own(tmp_path: Path) -> None:
    path = tmp_path / "sample"
    write_picture(tmp_path / "large.png", np.asarray(cv2.resize(SIGNS["shield"](), (1500, 1500)), np.uint8))
    (tmp_path / "large.png").rename(path)
    content = take_sample(path)
    assert content.startswith(b"\x89PNG")
    assert content != path.read_bytes()
    kept = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert kept is not None
    assert kept.shape == (512, 512, 3)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be a sample"),
        (b"<svg onload=alert(1)>", "cannot be a sample"),
        (pixel_bomb(), "cannot be a sample"),
        (encoded(Image.new("RGB", (20, 20)), "PNG"), "too small"),
        (encoded(Image.new("RGB", (200, 200), (90, 90, 90)), "PNG"), "too little"),
    ],
)
def test_what_cannot_be_a_sample_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "sample"
    path.write_bytes(content)
    with pytest.raises(SampleRefusedError, match=words):
        take_sample(path)


def test_a_sample_is_not_called_damaged_where_nothing_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_samples, "TARGET", "tests.mailroom.sandbox_targets:build_nothing")
    sample = Path(write_sample(tmp_path, "shield", Label.MARK).picture)
    with pytest.raises(SampleRefusedError, match="at this moment"):
        take_sample(sample)


@pytest.mark.parametrize("width", [4, 9, 16])
def test_a_cross_drawn_by_hand_is_found(finder: MarkFinder, tmp_path: Path, width: int) -> None:
    card = written_card()
    for stroke in ([(900, 560), (906, 640), (898, 720), (904, 850)], [(800, 662), (860, 655), (1004, 668)]):
        cv2.polylines(card, [np.array(stroke, np.int32)], False, (40, 40, 90), width, cv2.LINE_AA)
    mark = write_sample(tmp_path, "Latin cross", Label.RELIGION)
    (found,) = finder.find(card, [mark], LIMITS)
    assert found.box is not None
    assert overlap(found.box, (800, 560, 1004, 850)) > 0.7


def test_a_frame_drawn_around_the_card_raises_nothing(
    finder: MarkFinder, samples: list[MarkSample]
) -> None:
    card = written_card()
    cv2.rectangle(card, (60, 60), (1200, 940), (40, 40, 90), 2)
    cv2.ellipse(card, (900, 650), (200, 180), 0, 0, 300, (40, 40, 90), 2)
    assert finder.find(card, samples, LIMITS) == []
