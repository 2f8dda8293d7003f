"""A clear page for every error; what went wrong goes to the log, under a number that the page shows."""

from __future__ import annotations

import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from mailroom.codes import ALPHABET, CodeError
from mailroom.errors import Refusal
from mailroom.vault import MissingScanError
from review_ui.visitors import visitor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """How an error is told to a person."""

    title: str
    text: str


WORDS = {
    400: Words("That did not arrive whole", "Go back, check what you entered, and send it again."),
    401: Words("Please sign in", "You have been signed out. What you sent was not kept."),
    403: Words(
        "This room is not yours to enter", "If you need it, ask a coordinator to give you the role."
    ),
    404: Words("There is nothing here", "The address may be mistyped, or what stood here has gone."),
    405: Words("That cannot be done here", "Go back and use the buttons of the page."),
    409: Words("That cannot be done now", ""),
    413: Words("That is too large", "Send fewer files at once, or scan at a lower resolution."),
    429: Words("Too many tries", "Wait a minute, then try again."),
    500: Words("Something went wrong on our side", "Nothing you did is lost. Try again in a moment."),
}
# What a person wrote is given back where one of these answers: it may be long.
GIVES_BACK = frozenset({400, 401, 409})
GIVES_BACK_BYTES_MAX = 200_000
WRITTEN = ("text", "question", "note", "reason", "evidence", "handed_to")
STALE_FORM = Words("This page stood open too long", "Go back, reload the page, and send the form again.")


def init_app(app: Flask) -> None:
    """Answer each kind of error with its page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CodeError, _refused)
    app.register_error_handler(MissingScanError, _missing)
    app.register_error_handler(Exception, _failed)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error
    return _page(error.code or 500)


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, STALE_FORM)


def _foreign_host(_error: SecurityError) -> ResponseReturnValue:
    # Nothing that builds an address may run for a host that is not ours.
    return make_response(
        "This server does not answer under that name.", 400, {"Content-Type": "text/plain"}
    )


def _refused(error: Exception) -> ResponseReturnValue:
    return _page(409, Words(WORDS[409].title, str(error)))


def _missing(_error: MissingScanError) -> ResponseReturnValue:
    return _page(404)


def _failed(error: Exception) -> ResponseReturnValue:
    incident = _incident()
    log.error("incident %s: %s %s", incident, request.method, request.endpoint, exc_info=error)
    return _page(500, incident=incident)


def _page(status: int, words: Words | None = None, incident: str | None = None) -> ResponseReturnValue:
    words = words or WORDS.get(status, WORDS[400 if status < 500 else 500])
    if incident is None:
        incident = _incident()
        log.info("incident %s: %s %s answered %d", incident, request.method, request.endpoint, status)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(title=words.title, text=words.text, incident=incident), status
    page = render_template(
        "error.html",
        status=status,
        words=words,
        incident=incident,
        back=_back(),
        typed=_typed() if status in GIVES_BACK else "",
        visitor=visitor(),
    )
    return page, status


def _typed() -> str:
    """What was written; a body that is larger than that can be is not read for it."""
    if request.content_length is None or request.content_length > GIVES_BACK_BYTES_MAX:
        return ""
    with suppress(HTTPException):
        return "\n".join(filter(None, (request.form.get(name, "") for name in WRITTEN)))
    return ""


def _incident() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def _back() -> str:
    """Where the person came from, if it is one of our pages; else the entrance."""
    came_from = request.referrer or ""
    if not came_from.startswith(request.host_url):
        return "/"
    # Of two slashes at its beginning a browser would make another site.
    return "/" + came_from.removeprefix(request.host_url).lstrip("/\\")
