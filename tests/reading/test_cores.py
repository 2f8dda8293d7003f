"""Lines are found in a map of their cores, bent ones and those under a postmark too."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from worker.reading.detection.core_rectangle import FoundLine
from worker.reading.detection.cores import MOST_LINES, lines_in
from worker.reading.geometry import height, width


def empty() -> NDArray[np.float32]:
    return np.zeros((480, 640), np.float32)


def long_side(found: FoundLine) -> float:
    return max(width(found.quad), height(found.quad))


def spans(found: FoundLine) -> tuple[float, float]:
    return float(found.quad[:, 0].min()), float(found.quad[:, 0].max())


@given(angle=st.floats(-40, 40), tall=st.integers(6, 20))
def test_a_straight_core_is_one_line_at_any_angle(angle: float, tall: int) -> None:
    cores = empty()
    turn = np.deg2rad(angle)
    end = (round(320 + 200 * np.cos(turn)), round(240 + 200 * np.sin(turn)))
    start = (640 - end[0], 480 - end[1])
    cv2.line(cores, start, end, (1.0,), tall)
    (found,) = lines_in(cores)
    assert long_side(found) == pytest.approx(400, rel=0.2)
    assert found.score >= 0.5


@given(
    angle=st.floats(-8, 8),
    ends=st.lists(st.integers(330, 560), min_size=2, max_size=4),
    bridge=st.integers(100, 250),
)
def test_lines_that_touch_are_found_each_by_itself(angle: float, ends: list[int], bridge: int) -> None:
    level = empty()
    for place, end in enumerate(ends):
        cv2.line(level, (60, 180 + 24 * place), (end, 180 + 24 * place), (1.0,), 9)
    cv2.line(level, (bridge, 180), (bridge + 20, 156 + 24 * len(ends)), (1.0,), 8)
    turn = cv2.getRotationMatrix2D((320.0, 240.0), angle, 1.0)
    found = lines_in(np.asarray(cv2.warpAffine(level, turn, (640, 480)), np.float32))
    assert len(found) == len(ends)
    assert all(min(width(line.quad), height(line.quad)) < 36 for line in found)
    lengths = sorted(long_side(line) for line in found)
    assert lengths == pytest.approx(sorted(end - 60 + 25 for end in ends), abs=25)


def test_two_short_lines_that_touch_are_both_kept() -> None:
    cores = empty()
    cv2.line(cores, (100, 100), (150, 100), (1.0,), 9)
    cv2.line(cores, (100, 124), (140, 124), (1.0,), 9)
    cv2.line(cores, (110, 100), (114, 124), (1.0,), 4)
    assert len(lines_in(cores)) == 2


def test_lines_that_hang_together_with_a_postmark_are_not_lost_with_it() -> None:
    cores = empty()
    cv2.line(cores, (150, 100), (600, 100), (1.0,), 8)
    cv2.line(cores, (150, 220), (600, 220), (1.0,), 8)
    cv2.ellipse(cores, (150, 160), (60, 60), 0, 90, 270, (1.0,), 8)
    found = lines_in(cores)
    assert len(found) == 2
    for line in found:
        left, right = spans(line)
        assert right - left > 380
        assert height(line.quad) < 40 or width(line.quad) < 40


def test_a_bent_line_is_found_in_parts_that_cover_it() -> None:
    cores = empty()
    points = np.array([(x, 240 - 40 * np.sin((x - 40) / 560 * np.pi)) for x in range(40, 601, 8)], np.int32)
    cv2.polylines(cores, [points], isClosed=False, color=(1.0,), thickness=9)
    found = lines_in(cores)
    assert 2 <= len(found) <= 6
    assert sum(spans(line)[1] - spans(line)[0] for line in found) > 500


def test_a_ring_alone_is_no_line() -> None:
    cores = empty()
    cv2.circle(cores, (320, 240), 60, (1.0,), 10)
    assert lines_in(cores) == []


def test_what_is_weak_or_small_is_no_line() -> None:
    cores = empty()
    cv2.line(cores, (100, 100), (500, 100), (0.2,), 10)
    cv2.rectangle(cores, (10, 10), (11, 11), (1.0,), -1)
    assert lines_in(cores) == []


def rows_of(cores: NDArray[np.float32], wide: int, step: int) -> int:
    """Draw cores ``wide`` pixels long, 4 high, all over the map, and say how many."""
    places = [(x, y) for y in range(6, 470, 10) for x in range(6, 634 - wide, wide + step)]
    for x, y in places:
        cv2.rectangle(cores, (x, y), (x + wide - 1, y + 3), (1.0,), -1)
    return len(places)


def test_a_side_as_full_as_a_newspaper_is_found_from_top_to_bottom() -> None:
    cores = empty()
    drawn = rows_of(cores, 40, 8)
    assert 400 < drawn <= MOST_LINES
    found = lines_in(cores)
    assert len(found) == drawn
    assert all(line.to_read for line in found)
    assert min(line.quad[:, 1].min() for line in found) < 20


def test_of_too_many_the_longest_are_read_and_the_place_of_the_rest_is_told() -> None:
    cores = empty()
    assert rows_of(cores, 12, 6) > MOST_LINES
    cores[:40] = 0.0
    cv2.rectangle(cores, (20, 20), (600, 28), (1.0,), -1)
    *lines, rest = lines_in(cores)
    assert len(lines) == MOST_LINES
    assert all(line.to_read for line in lines)
    assert max(map(long_side, lines)) > 580
    assert not rest.to_read
    assert rest.score == 0
    assert width(rest.quad) > 20
    assert height(rest.quad) > 5


def test_specks_and_holes_count_for_nothing() -> None:
    cores = empty()
    cores[4:460:4, 4:636:4] = 1.0
    cores[20:60] = 0.0
    cv2.rectangle(cores, (20, 30), (600, 42), (1.0,), -1)
    cores[36, 25:595:6] = 0.0
    (found,) = lines_in(cores)
    assert found.to_read
    assert long_side(found) > 580
