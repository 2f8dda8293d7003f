"""What a person at the desk reads where no engine did, and having a card read once more."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mailroom import errands, transcripts
from mailroom.records import Card, ErrandKind, Role
from review_ui import forms
from review_ui.house import house, writing
from review_ui.security import roles
from review_ui.visitors import person
from review_ui.wording import clean

TEXT_LENGTH_MAX = 20_000

room = Blueprint("transcripts", __name__, url_prefix="/desk")


@room.post("/<int:card_id>/text")
@roles(Role.REVIEWER)
def write_down(card_id: int) -> ResponseReturnValue:
    """Take this person's word for what stands on a side."""
    # Screened is what the pages show: nothing in it hides or turns around.
    text = clean(forms.text("text", TEXT_LENGTH_MAX))
    with writing() as session:
        card = forms.found(session, Card, card_id)
        transcripts.write_down(
            session,
            person(),
            card,
            text,
            number=forms.number("side", 0, 1000) or 0,
            language=forms.language("language"),
        )
        if house().settings.second_reader_url is not None:
            errands.ask(session, ErrandKind.SECOND_READ, card)
    flash("What you wrote down is kept. What is found in it is shown here in a moment.")
    return _to_card(card)


@room.post("/<int:card_id>/read")
@roles(Role.REVIEWER)
def read_again(card_id: int) -> ResponseReturnValue:
    """Have a card read or checked once more that was given up."""
    with writing() as session:
        card = forms.found(session, Card, card_id)
        transcripts.read_again(session, person(), card)
    flash(f"{card.code} is {'read' if card.read_at is None else 'checked'} once more.")
    return _to_card(card)


def _to_card(card: Card) -> ResponseReturnValue:
    return redirect(url_for("desk.page", code=card.tray.code, position=card.position), 303)
