"""The sandboxed child that checks a sample picture and makes it safe to keep and to show."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from mailroom.pictures import PictureError, PictureLimits, load_page
from worker.screening.marks.finder import reduced, sought_of

KEPT_SIDE = 512
SIDE_MIN = 40

Answer = dict[str, Any]


def load() -> Callable[[Answer], Answer]:
    """Give the function that answers requests."""
    return _answer


def _answer(request: Answer) -> Answer:
    try:
        picture = load_page(Path(request["path"]), 0, PictureLimits(**request["limits"]))
    except PictureError as error:
        return {"refused": f"This picture cannot be a sample. {error}"}
    if min(picture.shape[:2]) < SIDE_MIN:
        return {"refused": f"This picture is too small: each side needs {SIDE_MIN} pixels or more."}
    small = reduced(picture, KEPT_SIDE)
    if not sought_of(small).can_be_found:
        return {
            "refused": "There is too little in this picture to find it again on a card: a plain disc, bar "
            "or sheet would be found everywhere or nowhere. Cut it to the sign itself, on a plain ground."
        }
    # Made from pixels alone: nothing else that was in the file is kept.
    done, png = cv2.imencode(".png", cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    assert done
    return {"png": base64.b64encode(png.tobytes()).decode("ascii")}
