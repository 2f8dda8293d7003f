"""Parcels: what to pull, what is packed, sealing, dispatch and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from mailroom import dispatch, parcels, placing
from mailroom.errors import Refusal
from mailroom.pull_list import pull_list
from mailroom.records import Card, Parcel, ParcelState, Role, Stage
from review_ui import forms
from review_ui.house import reading, writing
from review_ui.security import roles
from review_ui.visitors import person

GRAMS_MAX = 100_000
SHOWN = 200
TO_DO = (ParcelState.OPEN, ParcelState.SEALED)
LEFT = (ParcelState.DISPATCHED, ParcelState.ACKNOWLEDGED, ParcelState.RETURNED)

room = Blueprint("parcels", __name__, url_prefix="/parcels")

CARD_WISHES: dict[str, Callable[..., None]] = {
    "pack": parcels.pack,
    "unpack": parcels.unpack,
    "take-out": parcels.take_out,
    "confirm-out": parcels.confirm_out,
}


@room.get("/")
@roles(Role.DISPATCHER)
def index() -> ResponseReturnValue:
    """List the parcels to pack and hand over, or those that have left, and cards that fit nowhere."""
    session = reading()
    left = "left" in request.args
    return render_template(
        "parcels/index.html",
        parcels=parcels.all_parcels(session, *(LEFT if left else TO_DO), limit=SHOWN, oldest=not left),
        left=left,
        to_do_count=parcels.count_of(session, *TO_DO),
        left_count=parcels.count_of(session, *LEFT),
        homeless=[] if left else placing.homeless(session, SHOWN),
        homeless_count=placing.homeless_count(session),
    )


@room.get("/<code>")
@roles(Role.DISPATCHER)
def page(code: str) -> ResponseReturnValue:
    """Show one parcel."""
    return _show(code)


@room.post("/<code>/cards/<int:card_id>/<any('pack', 'unpack', 'take-out', 'confirm-out'):wish>")
@roles(Role.DISPATCHER)
def settle_card(code: str, card_id: int, wish: str) -> ResponseReturnValue:
    """Tick a card off, take the tick back, or take the card out."""
    try:
        with writing() as session:
            CARD_WISHES[wish](session, person(), forms.found(session, Card, card_id))
    except Refusal as refusal:
        return _show(code, refusal), 409
    return redirect(url_for("parcels.page", code=code, _anchor=f"card-{card_id}"), 303)


@room.post("/<code>/seal")
@roles(Role.DISPATCHER)
def seal(code: str) -> ResponseReturnValue:
    """Close the parcel against its list."""
    return _do(
        code,
        lambda session, parcel: dispatch.seal(
            session, person(), parcel, forms.number("grams", 1, GRAMS_MAX)
        ),
        "is sealed. Stick the label on; the slip stays here.",
    )


@room.post("/<code>/reopen")
@roles(Role.DISPATCHER)
def reopen(code: str) -> ResponseReturnValue:
    """Break the seal of a parcel that has not left."""
    return _do(
        code,
        lambda session, parcel: dispatch.reopen(session, person(), parcel),
        "is open again: pack it, and seal it anew.",
    )


@room.post("/<code>/dispatch")
@roles(Role.DISPATCHER)
def hand_over(code: str) -> ResponseReturnValue:
    """Record to whom the parcel was handed."""
    return _do(
        code,
        lambda session, parcel: dispatch.dispatch(session, person(), parcel, forms.text("handed_to", 500)),
        "is on its way.",
    )


@room.post("/<code>/<any(acknowledge, return):outcome>")
@roles(Role.DISPATCHER)
def close(code: str, outcome: str) -> ResponseReturnValue:
    """Note that the parcel arrived, or that it came back."""
    action = dispatch.acknowledge if outcome == "acknowledge" else dispatch.give_back
    return _do(
        code,
        lambda session, parcel: action(session, person(), parcel, forms.text("note")),
        "arrived." if outcome == "acknowledge" else "came back.",
    )


def _do(code: str, action: Callable[[Session, Parcel], None], done: str) -> ResponseReturnValue:
    try:
        with writing() as session:
            parcel = parcels.parcel_by_code(session, code)
            action(session, parcel)
    except Refusal as refusal:
        return _show(code, refusal), 409
    flash(f"{parcel.code} {done}")
    return redirect(url_for("parcels.page", code=code), 303)


def _show(code: str, refusal: Refusal | None = None) -> str:
    session = reading()
    parcel = parcels.parcel_by_code(session, code)
    return render_template(
        "parcels/page.html",
        parcel=parcel,
        pull=pull_list(session, parcel),
        packed=[card for card in parcel.cards if card.stage in {Stage.PACKED, Stage.DISPATCHED}],
        withdrawn=parcels.withdrawn(parcel),
        why_retired=parcels.why_retired(parcel) if parcel.state in TO_DO else "",
        refusal=refusal,
        entered=request.form,
    )
