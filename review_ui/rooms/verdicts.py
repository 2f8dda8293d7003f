"""What a person at the desk decides; each view calls one function of the mail room."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mailroom import claims, decisions, desk, flags
from mailroom.finding import Label
from mailroom.records import Card, Case, Flag, Role
from review_ui import forms, passed
from review_ui.house import writing
from review_ui.security import roles
from review_ui.visitors import person

room = Blueprint("verdicts", __name__, url_prefix="/desk")


@room.post("/<int:card_id>/approve")
@roles(Role.REVIEWER)
def approve(card_id: int) -> ResponseReturnValue:
    """Agree that the card may travel."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        enough = desk.approve(session, person(), card)
    flash(f"{card.code} is approved." if enough else f"You agreed to {card.code}; a second person follows.")
    return _to_next()


@room.post("/<int:card_id>/reject")
@roles(Role.REVIEWER)
def reject(card_id: int) -> ResponseReturnValue:
    """Decide that the card does not travel."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        desk.reject(session, person(), card, forms.choice("reason", desk.RejectReason), forms.text("note"))
    flash(f"{card.code} does not travel.")
    return _to_next()


@room.post("/<int:card_id>/hold")
@roles(Role.REVIEWER)
def hold(card_id: int) -> ResponseReturnValue:
    """Put the card aside with a question."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        desk.hold(session, person(), card, forms.text("question"))
    flash(f"{card.code} is held with your question.")
    return _to_next()


@room.post("/<int:card_id>/case")
@roles(Role.REVIEWER)
def change_case(card_id: int) -> ResponseReturnValue:
    """Say whom the card is for."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        case = forms.chosen(session, Case, "case")
        if case is None:
            raise forms.FormError("Choose whom the card is for.", "case")
        desk.change_case(session, person(), card, case)
    flash(f"{card.code} is for {case.name} now. It is checked again by the rules of that case.")
    return _to_card(card)


@room.post("/<int:card_id>/flags")
@roles(Role.REVIEWER)
def add_flag(card_id: int) -> ResponseReturnValue:
    """Record what a person saw and screening did not."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        flags.add(
            session,
            person(),
            card,
            label=forms.choice("label", Label),
            reason=forms.text("reason"),
            evidence=forms.text("evidence"),
            side=forms.number("side", 0, 1000) or 0,
        )
    return _to_card(card)


@room.post("/<int:card_id>/flags/<int:flag_id>/<any(dismiss, reopen):wish>")
@roles(Role.REVIEWER)
def settle_flag(card_id: int, flag_id: int, wish: str) -> ResponseReturnValue:
    """Dismiss a flag, or take the dismissal back."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        flag = forms.found(session, Flag, flag_id)
        (flags.dismiss if wish == "dismiss" else flags.reopen)(session, person(), card, flag)
    return _to_card(card)


@room.post("/<int:card_id>/let-go/<any(next, break):then>")
@roles(Role.REVIEWER)
def let_go(card_id: int, then: str) -> ResponseReturnValue:
    """Give the card back for somebody else, and go on or take a break."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        if card.claimed_by == person().id:
            claims.let_go(card)
    if then == "break":
        return redirect(url_for("desk.pause"), 303)
    passed.add(card_id)
    return _to_next()


@room.post("/undo")
@roles(Role.REVIEWER)
def undo() -> ResponseReturnValue:
    """Take this person's last decision back and show its card again."""
    with writing() as session:
        card = decisions.undo(session, person())
    flash(f"Your decision on {card.code} is taken back.")
    return _to_card(card)


def _to_next() -> ResponseReturnValue:
    return redirect(url_for("desk.next_"), 303)


def _to_card(card: Card) -> ResponseReturnValue:
    return redirect(url_for("desk.page", code=card.tray.code, position=card.position), 303)
