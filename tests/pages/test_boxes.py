"""Where a place on a scan lies once its picture is turned upright."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from review_ui.boxes import size_upright, upright


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.integers(2, 60),
    st.integers(2, 60),
    st.data(),
)
def test_a_box_lands_where_the_turned_picture_has_it(
    rotation: int, width: int, height: int, data: st.DataObject
) -> None:
    x0 = data.draw(st.integers(0, width - 1))
    y0 = data.draw(st.integers(0, height - 1))
    x1 = data.draw(st.integers(x0 + 1, width))
    y1 = data.draw(st.integers(y0 + 1, height))
    picture = Image.new("1", (width, height))
    picture.paste(1, (x0, y0, x1, y1))
    # Pillow turns the other way round.
    turned = picture.rotate(-rotation, expand=True)

    place = upright((x0, y0, x1, y1), width, height, rotation)

    across, down = size_upright(width, height, rotation)
    assert turned.size == (across, down)
    corners = (
        place.x * across / 100,
        place.y * down / 100,
        (place.x + place.width) * across / 100,
        (place.y + place.height) * down / 100,
    )
    assert corners == pytest.approx(turned.getbbox())


def test_a_box_over_the_edge_is_cut_off() -> None:
    place = upright((-50, 10, 500, 90), 100, 100, 0)
    assert (place.x, place.y, place.width, place.height) == (0, 10, 100, 80)


def test_corners_in_the_wrong_order_are_put_right() -> None:
    assert upright((80, 90, 20, 10), 100, 100, 90) == upright((20, 10, 80, 90), 100, 100, 90)
