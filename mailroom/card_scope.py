"""The scope of a card in the database: the rules of its campaign, country and case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom.finding import Label
from mailroom.records import Campaign, Card, Case
from mailroom.scope import CaseNames, Scope


def scope_of_card(session: Session, card: Card) -> Scope:
    """Gather the rules that hold for a card.

    A card whose case nobody knows is screened by the organisation names of every campaign and can be
    for any open case.
    """
    case = session.get(Case, card.case_id) if card.case_id else None
    campaigns = session.scalars(select(Campaign)).all()
    own = [campaign for campaign in campaigns if case is None or campaign.id == case.campaign_id]
    cases = select(Case).where(Case.campaign_id.in_([campaign.id for campaign in own]))
    names = tuple(CaseNames(entry.slug, (entry.name, *entry.also)) for entry in session.scalars(cases))
    organisation = tuple(name for campaign in own for name in campaign.organisation)
    if case is None:
        return Scope(organisation=organisation, cases=names)
    return Scope(
        slug=case.slug,
        country=case.country,
        organisation=organisation,
        allow=frozenset(Label(label) for label in case.allow),
        words=tuple(case.words),
        languages=tuple(case.languages),
        cases=names,
        clear_allowed=own[0].clear_allowed,
    )
