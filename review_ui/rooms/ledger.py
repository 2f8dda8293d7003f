"""The ledger: who did what, when, and whether the chain is whole."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mailroom import ledger
from mailroom.records import Role
from review_ui.house import reading
from review_ui.security import roles

SHOWN = 100

room = Blueprint("ledger", __name__, url_prefix="/ledger")


@room.get("/")
@roles(Role.COORDINATOR)
def page() -> ResponseReturnValue:
    """Show the newest entries, or all of one subject."""
    return _show()


@room.post("/verify")
@roles(Role.COORDINATOR)
def verify() -> ResponseReturnValue:
    """Check the whole chain."""
    try:
        return _show(entries=ledger.verify(reading()))
    except ledger.LedgerBrokenError as fault:
        return _show(fault=str(fault))


def _show(entries: int | None = None, fault: str = "") -> str:
    session = reading()
    subject = request.args.get("subject", "").strip()[:80]
    events = ledger.of_subject(session, subject) if subject else ledger.newest(session, SHOWN)
    return render_template("ledger/page.html", events=events, subject=subject, entries=entries, fault=fault)
