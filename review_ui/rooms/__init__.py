"""The rooms of the pages: a blueprint each."""

from __future__ import annotations

from review_ui.rooms import (
    cards,
    cases,
    desk,
    glance,
    held,
    home,
    ledger,
    marks,
    papers,
    parcels,
    people,
    scans,
    sign_in,
    transcripts,
    trays,
    trust,
    uploads,
    verdicts,
)

ROOMS = tuple(
    module.room
    for module in (
        sign_in,
        home,
        trays,
        uploads,
        desk,
        verdicts,
        transcripts,
        held,
        glance,
        cards,
        scans,
        parcels,
        papers,
        cases,
        marks,
        people,
        trust,
        ledger,
    )
)
