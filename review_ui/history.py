"""What happened to a card, in the words of its page; the ledger keeps its own."""

from __future__ import annotations

from mailroom.ledger import SYSTEM
from mailroom.records import Event, Verdict

HAPPENED = {
    "card.scanned": "scanned",
    "card.waiting": "waits for a person",
    "card.approved": "approved",
    "card.held": "held with a question",
    "card.rejected": "does not travel",
    "card.packed": "packed",
    "card.dispatched": "dispatched",
    "card.placed": "to be packed",
    "card.agreed": "agreed to; a second person follows",
    "card.case": "for another case",
    "card.to_desk": "sent from the glance to the desk",
    "card.undone": "decision taken back",
    "card.written_down": "text written down",
    "card.read_again": "to be read once more",
    "card.out": "paper back in its tray",
    "flag.added": "flag added",
    "flag.dismissed": "flag dismissed",
    "flag.open": "flag opened again",
}
# Of these moves the reason says more than where they lead.
WHY = {
    "undo": "decision taken back",
    "recall": "brought back to the desk",
    "rescreened": "called back by a changed rule",
    "dial turned back": "called back, as the trust dial was turned back",
    "taken out": "taken out of its parcel to be looked at again",
    "unpacked": "not in the parcel after all",
}
DECIDED = {
    Verdict.APPROVE: "approved",
    Verdict.REJECT: "does not travel",
    Verdict.HOLD: "held with a question",
    Verdict.RELEASE: "question answered",
    Verdict.TO_DESK: "sent from the glance to the desk",
}


def happened(event: Event) -> str:
    """An entry of the ledger about a card in plain words."""
    plain = HAPPENED.get(event.action, event.action.replace(".", " ").replace("_", " "))
    words = WHY.get(str(event.detail.get("why", "")), plain)
    parcel = event.detail.get("parcel")
    return f"{words} in {parcel}" if parcel else words


def actor(event: Event) -> str:
    """Who it was, if a person was."""
    return "" if event.actor == SYSTEM else event.actor
