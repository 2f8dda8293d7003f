"""The scope of a card in the database: the rules of its campaign, country and case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom.clock import today
from mailroom.finding import Label
from mailroom.records import Campaign, Card, Case, Mark
from mailroom.scope import CaseNames, MarkSample, Scope


def scope_of_card(session: Session, card: Card) -> Scope:
    """Gather the rules that hold for a card."""
    return scope_of_case(session, session.get(Case, card.case_id) if card.case_id else None)


def scope_of_case(session: Session, case: Case | None) -> Scope:
    """Gather the rules that hold for the cards of a case.

    A card whose case nobody knows is screened by the organisation names of every campaign and can be
    for any open case.
    """
    campaigns = session.scalars(select(Campaign)).all()
    own = [campaign for campaign in campaigns if case is None or campaign.id == case.campaign_id]
    cases = _cases(session, own)
    organisation = tuple(name for campaign in own for name in campaign.organisation)
    marks = _marks(session, own)
    if case is None:
        # Those of seasons past, or closed since, are known by the same names as those that came after them.
        names = tuple(_names_of(one) for one in cases if one.is_open(today()))
        return Scope(organisation=organisation, cases=names, marks=marks)
    return Scope(
        slug=case.slug,
        country=case.country,
        organisation=organisation,
        allow=frozenset(Label(label) for label in case.allow),
        words=tuple(case.words),
        languages=tuple(case.languages),
        cases=tuple(map(_names_of, cases)),
        clear_allowed=own[0].clear_allowed,
        clear_confidence=own[0].clear_confidence,
        marks=marks,
    )


def _marks(session: Session, campaigns: Sequence[Campaign]) -> tuple[MarkSample, ...]:
    """The marks of these campaigns; each names its sample by its key in the vault."""
    ids = [campaign.id for campaign in campaigns]
    marks = session.scalars(select(Mark).where(Mark.campaign_id.in_(ids)).order_by(Mark.id))
    return tuple(MarkSample(mark.name, mark.label, mark.sample) for mark in marks)


def _cases(session: Session, campaigns: Sequence[Campaign]) -> Sequence[Case]:
    ids = [campaign.id for campaign in campaigns]
    return session.scalars(select(Case).where(Case.campaign_id.in_(ids)).order_by(Case.id)).all()


def _names_of(case: Case) -> CaseNames:
    return CaseNames(case.slug, (case.name, *case.also))
