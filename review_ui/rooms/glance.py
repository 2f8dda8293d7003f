"""The glance: a sheet of cards in which nothing was found, looked over in one go."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import desk, glance, glance_undo
from mailroom.errors import Refusal
from mailroom.finding import DIAL_OFF
from mailroom.records import Role
from review_ui import forms
from review_ui.house import house, reading, writing
from review_ui.security import roles
from review_ui.sheets import lay_out
from review_ui.visitors import person
from review_ui.wording import counted

room = Blueprint("glance", __name__, url_prefix="/glance")


@room.get("/")
@roles(Role.REVIEWER)
def page() -> ResponseReturnValue:
    """Claim the next sheet and show it; what was marked on one that was undone is marked again."""
    return _show(request.args.getlist("to_desk", type=int))


@room.post("/")
@roles(Role.REVIEWER)
def settle() -> ResponseReturnValue:
    """Send the marked cards to the desk and approve the others."""
    shown, marked = set(forms.numbers("shown")), set(forms.numbers("to_desk"))
    try:
        with writing() as session:
            glance.settle_sheet(session, person(), shown - marked, marked & shown)
    except Refusal as refusal:
        return _show(marked, refusal), 409
    flash(f"{len(shown - marked)} approved, {len(marked & shown)} sent to the desk.")
    return redirect(url_for("glance.page"), 303)


@room.post("/undo")
@roles(Role.REVIEWER)
def undo() -> ResponseReturnValue:
    """Take this person's last sheet back and show it again, with what can no longer be undone."""
    try:
        with writing() as session:
            undone = glance_undo.undo_sheet(session, person(), house().settings.claim_seconds)
            marked = [card.id for card in undone.marked]
    except Refusal as refusal:
        return _show((), refusal), 409
    flash(f"{counted(len(undone.back))} of your last sheet {_stand(len(undone.back))} here again.")
    if undone.kept:
        flash(f"{counted(len(undone.kept))} can no longer be undone. {glance_undo.told(undone.kept)}")
    return redirect(url_for("glance.page", to_desk=marked), 303)


def _show(marked: Collection[int], refusal: Refusal | None = None) -> str:
    with writing() as session:
        cards = glance.next_sheet(session, person(), house().settings.claim_seconds)
    return render_template(
        "glance/page.html",
        sheets=[lay_out(card) for card in cards],
        marked=marked,
        queue=desk.queue_counts(reading()),
        dial_off=DIAL_OFF,
        can_undo=glance_undo.can_undo(reading(), person()),
        refusal=refusal,
    )


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"
