"""The pictures of cards, from the vault."""

from __future__ import annotations

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from mailroom.records import Role, Side
from review_ui import forms
from review_ui.house import house, reading
from review_ui.security import roles

room = Blueprint("scans", __name__, url_prefix="/scans")
# A picture's address holds its hash, so that what a browser keeps never goes stale.
CACHING = "private, max-age=3600, immutable"


@room.get("/<int:side_id>/<any(view, thumbnail):kind>/<key>")
@roles(Role.SCANNER, Role.REVIEWER, Role.DISPATCHER)
def picture(side_id: int, kind: str, key: str) -> ResponseReturnValue:
    """The picture of a side; ``key`` is the beginning of its hash."""
    side = forms.found(reading(), Side, side_id)
    held = side.view if kind == "view" else side.thumbnail
    if held is None or not held.startswith(key) or len(key) < 8:
        abort(404)
    response: Response = send_file(house().vault.path(held), mimetype="image/jpeg", etag=held)
    response.headers["Cache-Control"] = CACHING
    return response
