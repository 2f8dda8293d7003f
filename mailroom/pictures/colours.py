"""From a decoded picture to red, green and blue in 8 bits each, so that what a person sees is seen."""

from __future__ import annotations

import numpy as np
from PIL import Image

from mailroom.pictures.limits import Raster

_DEEP_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
# Scanners fill a deep picture with 8, 10, 12, 14, 16 or 32 bits.
_DEEP_RANGES = tuple(float(2**bits - 1) for bits in (8, 10, 12, 14, 16, 32))
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
# What nowhere goes below this is white on white.
_PALE = 248


def rgb_of(image: Image.Image) -> Raster:
    """The pixels of a picture; what is transparent becomes white, deep grey 8 bits."""
    # Before numpy asks for the pixels, which takes some errors of a decoder for a picture without any.
    image.load()
    if image.mode in _DEEP_MODES:
        return _rgb_of_deep_grey(np.asarray(image), inverted=_is_white_zero(image))
    if image.has_transparency_data:
        image = _on_ground(image.convert("RGBA"))
    # No copy by Pillow where it is RGB already, and none by numpy: the pixels are not to be written to.
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _on_ground(image: Image.Image) -> Image.Image:
    """The picture on white, or on black if nothing shows on white: white ink, drawn on a tablet."""
    on_white = _laid_on("white", image)
    if np.asarray(on_white.convert("L")).min() < _PALE or image.getchannel("A").getbbox() is None:
        return on_white
    return _laid_on("black", image)


def _laid_on(colour: str, image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, colour)
    ground.alpha_composite(image)
    return ground


def _is_white_zero(image: Image.Image) -> bool:
    # Pillow turns such grey around itself in 8 bits, and only there.
    tags = getattr(image, "tag_v2", {})
    return bool(tags.get(_PHOTOMETRIC, 1) == _WHITE_IS_ZERO)


def _rgb_of_deep_grey(values: np.ndarray, *, inverted: bool) -> Raster:
    """Scale to 8 bits by the smallest usual range that holds every value."""
    brightest = float(np.nanmax(values))
    ranges = (1.0, *_DEEP_RANGES) if values.dtype.kind == "f" else _DEEP_RANGES
    white = next((value for value in ranges if brightest <= value), brightest)
    grey = np.clip(np.nan_to_num(values * np.float32(255.0 / white)), 0, 255).astype(np.uint8)
    return np.repeat((255 - grey if inverted else grey)[:, :, np.newaxis], 3, axis=2)
