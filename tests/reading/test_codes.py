"""Codes on a side, dark on light or light on dark."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp

from tests.reading.pictures import card
from worker.reading.geometry import Picture
from worker.reading.side.codes import codes_in

LINK = "https://example.org/cell/12"


def qr_code(module: int) -> Picture:
    """A QR code so many pixels a module, with white around it."""
    code = zxingcpp.create_barcode(LINK, zxingcpp.BarcodeFormat.QRCode)
    grey = np.pad(np.asarray(zxingcpp.write_barcode_to_image(code, scale=module)), 20, constant_values=255)
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.mark.parametrize("module", [3, 4])
@pytest.mark.parametrize("light", [False, True])
def test_a_qr_code_is_found_where_it_stands_dark_on_light_or_light_on_dark(
    module: int, light: bool
) -> None:
    picture, code = card(), qr_code(module)
    rows, columns = code.shape[:2]
    picture[380 : 380 + rows, 500 : 500 + columns] = 255 - code if light else code
    (found,) = codes_in(picture)
    assert found.text == LINK
    assert 500 <= found.box[0] < found.box[2] <= 500 + columns
    assert 380 <= found.box[1] < found.box[3] <= 380 + rows
