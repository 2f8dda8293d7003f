"""Who may see what: each endpoint says whom it is for, and one that says nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from mailroom.records import Role
from review_ui.visitors import visitor

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "mailroom_audience"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an endpoint is for; no roles means everybody who has signed in."""

    roles: frozenset[Role] = frozenset()
    public: bool = False


def roles(*allowed: Role) -> Callable[[View], View]:
    """Open a view to people with one of these roles; coordinators may always come in."""
    return _marker(Audience(frozenset(allowed)))


def signed_in(view: View) -> View:
    """Open a view to everybody who has signed in."""
    return _marker(Audience())(view)


def public(view: View) -> View:
    """Open a view to everybody."""
    return _marker(Audience(public=True))(view)


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """Whom the view says it is for; None if it says nothing."""
    return getattr(view, _MARK, None)


def init_app(app: Flask) -> None:
    """Guard every endpoint, and require a token with every form."""
    public(app.view_functions["static"])
    app.before_request(_guard)
    CSRFProtect(app)


def _marker(audience: Audience) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _MARK, audience)
        return view

    return mark


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # No page has this address; routing answers 404 or 405 after this.
    audience = audience_of(current_app.view_functions[request.endpoint])
    if audience is None:
        abort(403)
    if audience.public:
        return None
    asking = visitor()
    if asking is None:
        return _to_sign_in()
    if audience.roles and not asking.may(*audience.roles):
        abort(403)
    return None


def _to_sign_in() -> ResponseReturnValue:
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        abort(401)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("sign_in.form", next=None if wanted == "/" else wanted))
