"""What is printed for a parcel: packing slip, pull list and address label, as PDF."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from mailroom import parcels
from mailroom.clock import now
from mailroom.pull_list import pull_list
from mailroom.records import Role, Stage
from review_ui.house import reading
from review_ui.papers import as_pdf
from review_ui.security import roles

room = Blueprint("papers", __name__, url_prefix="/parcels")


@room.get("/<code>/<any('slip', 'label', 'pull-list'):paper>.pdf")
@roles(Role.DISPATCHER)
def pdf(code: str, paper: str) -> ResponseReturnValue:
    """One paper of a parcel."""
    session = reading()
    parcel = parcels.parcel_by_code(session, code)
    page = render_template(
        f"papers/{paper.replace('-', '_')}.html",
        parcel=parcel,
        case=parcel.destination.case,
        destination=parcel.destination,
        packed=[card for card in parcel.cards if card.stage in {Stage.PACKED, Stage.DISPATCHED}],
        pull=pull_list(session, parcel),
        printed=now(),
    )
    name = f"{parcel.code}-{paper}.pdf"
    return Response(
        as_pdf(page),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
