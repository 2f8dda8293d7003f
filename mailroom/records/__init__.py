"""The nouns of the mail room, a file and a table each."""

from mailroom.records.arrival import Arrival, Outcome
from mailroom.records.base import Record
from mailroom.records.campaign import Campaign
from mailroom.records.card import Card, Stage
from mailroom.records.case import Case
from mailroom.records.decision import Decision, Verdict
from mailroom.records.destination import Destination
from mailroom.records.errand import Errand, ErrandKind
from mailroom.records.event import Event, LedgerHead
from mailroom.records.flag import Flag, FlagState
from mailroom.records.mark import Mark
from mailroom.records.parcel import Parcel, ParcelState
from mailroom.records.person import Person, Role
from mailroom.records.recheck import Recheck
from mailroom.records.rule import Rule
from mailroom.records.side import Side
from mailroom.records.sign_in import SignIn
from mailroom.records.tray import Tray

__all__ = [
    "Arrival",
    "Campaign",
    "Card",
    "Case",
    "Decision",
    "Destination",
    "Errand",
    "ErrandKind",
    "Event",
    "Flag",
    "FlagState",
    "LedgerHead",
    "Mark",
    "Outcome",
    "Parcel",
    "ParcelState",
    "Person",
    "Recheck",
    "Record",
    "Role",
    "Rule",
    "Side",
    "SignIn",
    "Stage",
    "Tray",
    "Verdict",
]
