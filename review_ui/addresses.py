"""What addresses may hold: no number that no record has, and no NUL, which PostgreSQL does not take."""

from __future__ import annotations

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

NUMBER_MAX = 2**31 - 1


class _Number(IntegerConverter):
    regex = r"[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=NUMBER_MAX)


def init_app(app: Flask) -> None:
    """Answer 404 to an address that no page can have, before any page asks the database about it."""
    app.url_map.converters["int"] = _Number
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        abort(404)
