"""Held cards: each waits for the answer to a question."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mailroom import desk
from mailroom.records import Card, Role
from review_ui import forms
from review_ui.house import reading, writing
from review_ui.security import roles
from review_ui.visitors import person

SHOWN = 100

room = Blueprint("held", __name__, url_prefix="/held")


@room.get("/")
@roles(Role.REVIEWER)
def index() -> ResponseReturnValue:
    """List the held cards with their questions."""
    session = reading()
    return render_template(
        "held/index.html", cards=desk.held_cards(session, SHOWN), held=desk.held_count(session)
    )


@room.post("/<int:card_id>/release")
@roles(Role.REVIEWER)
def release(card_id: int) -> ResponseReturnValue:
    """Take a card back to the desk, its question answered."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        desk.release(session, person(), card)
    flash(f"{card.code} is back at the desk.")
    return redirect(url_for("desk.page", code=card.tray.code, position=card.position), 303)
