"""A mail room with one card that is every card: the dial's own functions on a database in memory.

Cards that fit the clear lane come one after the other; which are rechecked, what that says and what the
dial does then is decided by ``mailroom.rechecks``, ``mailroom.trust`` and ``mailroom.dial``. A recheck is
settled before the next card comes, and the person at the desk misses nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mailroom import campaign_store, dial, people, rechecks, trays, trust
from mailroom.campaigns import parse_campaign
from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.records import Campaign, Card, Decision, Person, Recheck, Role, Stage
from mailroom.records.base import Record
from mailroom.records.decision import Verdict

CAMPAIGN = """
campaign: A simulated season
starts: 2026-11-01
ends: 2027-01-31
organisation: []
cases:
  - slug: somebody
    name: Some Body
    destinations:
      - {name: Post office, address: [Post office 1]}
"""
# How a campaign's mail may be spread over languages.
LANGUAGES = ("eng",) * 5 + ("fra",) * 2 + ("deu", "spa", "nld")


@dataclass(slots=True)
class Shown:
    """What the page of the dial shows."""

    checked: int
    missed: int
    bound: float


class Room:
    """A campaign in memory whose seasons can be run one after the other."""

    def __init__(self) -> None:
        database = Database("sqlite://")
        Record.metadata.create_all(database.engine)
        self._session = Session(database.engine, expire_on_commit=False)
        case = campaign_store.load(self._session, parse_campaign(CAMPAIGN), actor="season").cases[0]
        tray = trays.open_tray(self._session, actor="season", case=case)
        self._card = Card(tray=tray, position=1, case_id=case.id, stage=Stage.WAITING)
        person = people.add_person(
            self._session, "rosa", "a-long-password", (Role.REVIEWER,), actor="season"
        )
        self._session.add(self._card)
        self._session.flush()
        self._decision = _decision(self._session, self._card, person)

    @property
    def campaign(self) -> Campaign:
        """The only campaign there is."""
        return self._session.scalars(select(Campaign)).one()

    def begin(self, limit: float, share: float) -> None:
        """A new season: nothing measured, the dial off."""
        self._session.execute(delete(Recheck))
        self._session.info.clear()
        campaign = self.campaign
        campaign.clear_allowed, campaign.miss_limit, campaign.recheck_share = False, limit, share
        self._session.flush()

    def pass_card(self, dice: random.Random, *, unsafe: bool) -> bool:
        """Let one card come that fits the clear lane; return whether it was rechecked."""
        self._card.language = dice.choice(LANGUAGES)
        if not rechecks.draw(self._session, self._card, Lane.CLEAR, dice):
            return False
        rechecks.settle(self._session, self._card, self._decision, rejected=unsafe)
        return True

    def turn_on(self, campaign: Campaign) -> bool:
        """A coordinator's try to turn the dial on; return whether it let her."""
        try:
            dial.turn_on(self._session, campaign, actor="season")
        except dial.DialRefusedError:
            return False
        return True

    def shown(self, campaign: Campaign) -> Shown:
        """The figures on the page now."""
        rate = trust.lane_rate(self._session, campaign, Lane.CLEAR)
        return Shown(rate.checked, rate.missed, rate.bound)


def _decision(session: Session, card: Card, person: Person) -> Decision:
    decision = Decision(card_id=card.id, person_id=person.id, verdict=Verdict.APPROVE)
    session.add(decision)
    session.flush()
    return decision
