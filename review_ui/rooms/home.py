"""The entrance: what there is to do for whoever is asking."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mailroom import campaign_store, desk, parcels, placing, trays
from mailroom.records import ParcelState
from review_ui.house import reading
from review_ui.security import signed_in

TRAYS_SHOWN = 5

room = Blueprint("home", __name__)


@room.get("/")
@signed_in
def page() -> ResponseReturnValue:
    """Show the work that waits, by role."""
    session = reading()
    return render_template(
        "home/page.html",
        queue=desk.queue_counts(session),
        held=desk.held_count(session),
        trays=trays.all_trays(session, TRAYS_SHOWN),
        parcels=parcels.all_parcels(session, ParcelState.OPEN, ParcelState.SEALED),
        homeless=placing.homeless_count(session),
        campaigns=campaign_store.all_campaigns(session),
    )
