"""The glance: a sheet of cards in which nothing was found, looked over in one go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mailroom import desk, glance
from mailroom.finding import DIAL_OFF
from mailroom.records import Role
from review_ui import forms
from review_ui.house import house, reading, writing
from review_ui.security import roles
from review_ui.sheets import lay_out
from review_ui.visitors import person

room = Blueprint("glance", __name__, url_prefix="/glance")


@room.get("/")
@roles(Role.REVIEWER)
def page() -> ResponseReturnValue:
    """Claim the next sheet and show it."""
    with writing() as session:
        cards = glance.next_sheet(session, person(), house().settings.claim_seconds)
    sheets = [lay_out(card) for card in cards]
    queue = desk.queue_counts(reading())
    return render_template("glance/page.html", sheets=sheets, queue=queue, dial_off=DIAL_OFF)


@room.post("/")
@roles(Role.REVIEWER)
def settle() -> ResponseReturnValue:
    """Send the marked cards to the desk and approve the others."""
    shown, marked = set(forms.numbers("shown")), set(forms.numbers("to_desk"))
    with writing() as session:
        glance.settle_sheet(session, person(), shown - marked, marked & shown)
    flash(f"{len(shown - marked)} approved, {len(marked & shown)} sent to the desk.")
    return redirect(url_for("glance.page"), 303)
