"""Trays: the list, one tray that fills while you watch, and opening a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import arrivals, trays
from mailroom.campaign_store import all_campaigns
from mailroom.campaigns import Format
from mailroom.errors import Refusal
from mailroom.records import Arrival, Case, Outcome, Role
from review_ui import forms, inbox
from review_ui.house import house, reading, writing
from review_ui.security import roles
from review_ui.visitors import person

PAGE_CARDS = 100
SHOWN = 200
PAPER = (Role.SCANNER, Role.REVIEWER, Role.DISPATCHER)

room = Blueprint("trays", __name__, url_prefix="/trays")


@room.get("/")
@roles(*PAPER)
def index() -> ResponseReturnValue:
    """List the newest trays."""
    newest = trays.all_trays(reading(), SHOWN)
    return render_template("trays/index.html", trays=newest, shown=SHOWN)


@room.get("/new")
@roles(Role.SCANNER)
def new() -> ResponseReturnValue:
    """Ask what is in the new tray."""
    return _new()


@room.post("/new")
@roles(Role.SCANNER)
def open_() -> ResponseReturnValue:
    """Open a tray."""
    try:
        with writing() as session:
            tray = trays.open_tray(
                session,
                case=forms.chosen(session, Case, "case"),
                duplex=request.form.get("sides") == "duplex",
                format=forms.choice("format", Format),
                expected=forms.number("expected", 1, 100_000),
                note=forms.text("note", 500),
                actor=person().name,
            )
    except Refusal as refusal:
        return _new(refusal), 409
    return redirect(url_for("trays.page", code=tray.code), 303)


@room.get("/<code>")
@roles(*PAPER)
def page(code: str) -> ResponseReturnValue:
    """Show one tray."""
    return render_template("trays/page.html", **_contents(code))


@room.get("/<code>/live")
@roles(*PAPER)
def live(code: str) -> ResponseReturnValue:
    """Only the part of a tray's page that changes; 304 while nothing has."""
    response = make_response(render_template("trays/live.html", **_contents(code)))
    response.add_etag()
    return response.make_conditional(request)


@room.post("/arrivals/<int:arrival_id>/<any(take, discard):wish>")
@roles(Role.SCANNER)
def settle(arrival_id: int, wish: str) -> ResponseReturnValue:
    """Take a duplicate anyway, or put a file aside for good."""
    with writing() as session:
        arrival = forms.found(session, Arrival, arrival_id)
        if wish == "take":
            arrivals.take_anyway(session, arrival, person().name)
        else:
            arrivals.discard(session, arrival, person().name)
        code = arrival.tray.code
    return redirect(url_for("trays.page", code=code), 303)


def _new(refusal: Refusal | None = None) -> str:
    return render_template(
        "trays/new.html",
        campaigns=all_campaigns(reading()),
        formats=Format,
        refusal=refusal,
        entered=request.form,
    )


def _contents(code: str) -> dict[str, Any]:
    session = reading()
    try:
        tray = trays.tray_by_code(session, code)
    except (Refusal, ValueError):
        abort(404)
    count = trays.count_of(session, tray)
    pages = max(1, -(-count.cards // PAGE_CARDS))
    number = min(max(request.args.get("page", pages, type=int), 1), pages)
    return {
        "tray": tray,
        "count": count,
        # The page asks for these again and again: not for all of a day's folder, nor for what they say.
        "cards": trays.cards_of(session, tray, (number - 1) * PAGE_CARDS, PAGE_CARDS),
        "page_number": number,
        "pages": pages,
        "waiting": inbox.waiting(house().settings.inbox_folder, tray.folder),
        "accepted": inbox.SCANS,
        "troubles": trays.arrivals_of(session, tray, Outcome.REFUSED, Outcome.DUPLICATE),
    }
