"""Signing in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import people
from review_ui import visitors
from review_ui.house import house, writing
from review_ui.limits import PER_ADDRESS, PER_NAME, limiter, name_tried
from review_ui.security import public, signed_in

NAME_LENGTH_MAX = 200

room = Blueprint("sign_in", __name__)


@room.get("/sign-in")
@public
def form() -> ResponseReturnValue:
    """Ask for name and password."""
    if visitors.visitor():
        return redirect(url_for("home.page"))
    return render_template("sign_in/form.html", wanted=_own_page(request.args.get("next", "")))


@room.post("/sign-in")
@limiter.limit(PER_ADDRESS)
@limiter.limit(PER_NAME, key_func=name_tried)
@public
def enter() -> ResponseReturnValue:
    """Check name and password, and begin a sign-in."""
    wanted = _own_page(request.form.get("next", ""))
    # No name is as long; a longer one fits nobody's password.
    name = request.form.get("name", "").replace("\0", "").strip()[:NAME_LENGTH_MAX].casefold()
    try:
        with writing() as session:
            begun, token = people.sign_in(
                session, name, request.form.get("password", ""), house().settings.sign_in_hours
            )
    except people.SignInRefusedError as refusal:
        return render_template("sign_in/form.html", wanted=wanted, name=name, refusal=refusal), 401
    visitors.begin(token, begun.person)
    return redirect(wanted or url_for("home.page"), 303)


@room.post("/sign-out")
@signed_in
def leave() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    visitor = visitors.visitor()
    if visitor:
        with writing() as session:
            people.sign_out(session, visitor.token)
    visitors.end()
    return redirect(url_for("sign_in.form"), 303)


def _own_page(address: str) -> str:
    """The address if it leads to a page of ours; else empty."""
    parts = urlsplit(address)
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if is_ours and address.isprintable() else ""
