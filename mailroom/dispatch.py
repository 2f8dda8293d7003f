"""Dispatch: sealing a parcel against its list, handing it over, and noting what came of it.

Each raises Refusal where the parcel is not in a state for it.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from mailroom import dial, errands, journey, ledger, parcels, placing
from mailroom.clock import now, today
from mailroom.errors import Refusal
from mailroom.records import Card, ErrandKind, Parcel, ParcelState, Person, Stage


class SealRefusedError(Refusal):
    """The parcel cannot be sealed as it is; the message names every reason."""


def seal(session: Session, person: Person, parcel: Parcel, grams: int | None = None) -> None:
    """Close a parcel against its list; raises SealRefusedError.

    Cards that were not ticked off stay behind in the next open parcel.
    """
    _lock(session, parcel, ParcelState.OPEN)
    session.refresh(parcel, ["cards"])
    faults = [fault for fault in (*_faults(parcel, grams), _being_checked(session, parcel)) if fault]
    if faults:
        raise SealRefusedError(" ".join(faults))
    parcel.grams = grams
    parcel.state, parcel.sealed_at = ParcelState.SEALED, now()
    ledger.note(session, person.name, "parcel.sealed", parcel.code, cards=len(_packed(parcel)), grams=grams)
    session.flush()
    for card in [card for card in parcel.cards if card.stage is Stage.APPROVED]:
        card.parcel_id = None
        placing.place(session, card)
    session.flush()
    session.refresh(parcel, ["cards"])


def reopen(session: Session, person: Person, parcel: Parcel) -> None:
    """Break the seal of a parcel that has not left."""
    _lock(session, parcel, ParcelState.SEALED)
    parcel.state, parcel.sealed_at, parcel.full = ParcelState.OPEN, None, True
    ledger.note(session, person.name, "parcel.reopened", parcel.code)


def dispatch(session: Session, person: Person, parcel: Parcel, handed_to: str) -> None:
    """Record that a sealed parcel was handed over; refused where its case or destination is no more."""
    _lock(session, parcel, ParcelState.SEALED)
    if not handed_to.strip():
        raise Refusal("Write to whom the parcel was handed.", "handed_to")
    fault = _closed_case(parcel) or parcels.why_retired(parcel) or _being_checked(session, parcel)
    if fault:
        raise Refusal(fault)
    for card in parcel.cards:
        journey.move(session, card, Stage.DISPATCHED, actor=person.name)
    parcel.state, parcel.dispatched_at, parcel.handed_to = (
        ParcelState.DISPATCHED,
        now(),
        handed_to.strip()[:500],
    )
    ledger.note(session, person.name, "parcel.dispatched", parcel.code, cards=len(parcel.cards))


def acknowledge(session: Session, person: Person, parcel: Parcel, note: str = "") -> None:
    """Note that the parcel arrived."""
    _close(session, person, parcel, ParcelState.ACKNOWLEDGED, note)


def give_back(session: Session, person: Person, parcel: Parcel, note: str = "") -> None:
    """Note that the parcel came back."""
    _close(session, person, parcel, ParcelState.RETURNED, note)


def _close(session: Session, person: Person, parcel: Parcel, state: ParcelState, note: str) -> None:
    _lock(session, parcel, ParcelState.DISPATCHED)
    parcel.state, parcel.closed_at, parcel.note = state, now(), note.strip()[:2000]
    ledger.note(session, person.name, f"parcel.{state}", parcel.code)


def _faults(parcel: Parcel, grams: int | None) -> list[str]:
    limits = parcel.destination
    packed = _packed(parcel)
    if limits.retired:
        return [parcels.why_retired(parcel)]
    faults = [_closed_case(parcel)]
    if not packed:
        faults.append("Nothing is packed yet. Tick off the cards that lie in the parcel.")
    if limits.items_max is not None and len(packed) > limits.items_max:
        faults.append(
            f"{len(packed)} cards are packed, and {limits.name} takes {limits.items_max}. Take some out."
        )
    if limits.grams_max is not None and grams is None:
        faults.append(
            f"{limits.name} takes at most {limits.grams_max} g. Weigh the parcel and enter its weight."
        )
    if limits.grams_max is not None and grams is not None and grams > limits.grams_max:
        faults.append(
            f"The parcel weighs {grams} g, and {limits.name} takes {limits.grams_max} g. Take some out."
        )
    faults += [
        f"{card.code} was withdrawn: take it out and lay it back in its tray."
        for card in parcels.withdrawn(parcel)
    ]
    unfit = [reason for card in packed if (reason := placing.why_unfit(card, limits))]
    return [fault for fault in [*faults, *unfit] if fault]


def _closed_case(parcel: Parcel) -> str:
    case = parcel.destination.case
    if case.is_open(today()):
        return ""
    return f"{case.name} is closed: nothing may leave for this case any more. Ask your coordinator."


def _being_checked(session: Session, parcel: Parcel) -> str:
    """Cards of the parcel that changed rules, or a dial turned back, may still call back."""
    ids = [card.id for card in parcel.cards]
    asked = errands.waiting_for(session, ErrandKind.SCREEN, ids)
    asked |= errands.waiting_for(session, ErrandKind.LOOK, ids)
    codes = [card.code for card in parcel.cards if card.id in asked or dial.is_stray(session, card)]
    if not codes:
        return ""
    shown = ", ".join(codes[:3]) + (" and others" if len(codes) > 3 else "")
    return f"{shown}: being checked again by changed rules. Try again in a moment."


def _packed(parcel: Parcel) -> list[Card]:
    return [card for card in parcel.cards if card.stage is Stage.PACKED]


def _lock(session: Session, parcel: Parcel, wanted: ParcelState) -> None:
    session.refresh(parcel, ["state"], with_for_update=True)
    parcels.require_state(parcel, wanted)
