"""A card's own page with its history, and finding a card, tray or parcel by what stands on paper."""

from __future__ import annotations

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import decisions, desk, ledger, parcels, rechecks, trays
from mailroom.codes import PARCEL_PREFIX, TRAY_PREFIX, CodeError, parse_code
from mailroom.errors import Refusal
from mailroom.records import Card, Parcel, Role
from review_ui import forms
from review_ui.house import reading, writing
from review_ui.security import roles, signed_in
from review_ui.sheets import lay_out
from review_ui.visitors import person

ADDRESS = re.compile(r"\s*(?P<tray>[^/]+?)\s*/\s*(?P<position>\d{1,6})\s*")

room = Blueprint("cards", __name__)


@room.get("/cards/<code>/<int:position>")
@roles(Role.SCANNER, Role.REVIEWER, Role.DISPATCHER)
def page(code: str, position: int) -> ResponseReturnValue:
    """Show one card, where it is and what happened to it."""
    session = reading()
    card = trays.card_at(session, trays.tray_by_code(session, code), position)
    if card is None:
        abort(404)
    hidden = rechecks.telling(session, card)
    return render_template(
        "cards/page.html",
        card=card,
        sheet=lay_out(card),
        parcel=session.get(Parcel, card.parcel_id) if card.parcel_id else None,
        decisions=[one for one in decisions.of_card(session, card) if one.id not in hidden],
        events=ledger.of_subject(session, card.code),
    )


@room.post("/cards/<int:card_id>/recall")
@roles(Role.REVIEWER)
def recall(card_id: int) -> ResponseReturnValue:
    """Bring a decided card back to the desk."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        desk.recall(session, person(), card)
    flash(f"{card.code} waits at the desk again.")
    return redirect(url_for("desk.page", code=card.tray.code, position=card.position), 303)


@room.get("/find")
@signed_in
def find() -> ResponseReturnValue:
    """Go to the card, tray or parcel whose code was typed."""
    wanted = request.args.get("code", "")[:60]
    try:
        address = _address_of(wanted)
    except (Refusal, CodeError) as refusal:
        return render_template("cards/not_found.html", wanted=wanted, reason=str(refusal)), 404
    return redirect(address)


def _address_of(wanted: str) -> str:
    session = reading()
    if match := ADDRESS.fullmatch(wanted):
        tray = trays.tray_by_code(session, match["tray"])
        position = int(match["position"])
        if trays.card_at(session, tray, position) is None:
            raise Refusal(f"Tray {tray.code} has no position {position}.")
        return url_for("cards.page", code=tray.code, position=position)
    if wanted.strip().upper().startswith(PARCEL_PREFIX):
        return url_for("parcels.page", code=parcels.parcel_by_code(session, wanted).code)
    code = parse_code(wanted, TRAY_PREFIX)
    return url_for("trays.page", code=trays.tray_by_code(session, code).code)
