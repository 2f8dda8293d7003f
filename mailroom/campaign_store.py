"""Campaign files in and out of the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from mailroom import ledger, placing, rescreening
from mailroom.campaigns import (
    CampaignFile,
    CaseEntry,
    DestinationEntry,
    Format,
    Limits,
)
from mailroom.clock import now
from mailroom.errors import Refusal
from mailroom.finding import Label
from mailroom.records import Campaign, Case, Destination


class CampaignConflictError(Refusal):
    """The file claims a case that belongs to another campaign."""


def load(session: Session, file: CampaignFile, *, actor: str) -> Campaign:
    """Bring a campaign up to what its file says; raises CampaignConflictError.

    Cases that left the file are closed and destinations that left it retired: a case keeps its cards, and
    what is not packed yet for a retired destination is laid in parcels of those that remain. Cards of
    cases whose rules changed are screened anew, in the background.
    """
    touched = rescreening.touched(session, file)
    campaign = session.scalar(select(Campaign).where(Campaign.name == file.campaign))
    if campaign is None:
        campaign = Campaign(name=file.campaign)
        session.add(campaign)
    campaign.starts, campaign.ends = file.starts, file.ends
    campaign.organisation = list(file.organisation)
    session.flush()
    for entry in file.cases:
        _load_case(session, campaign, entry, actor=actor)
    _close_others(session, campaign, {entry.slug for entry in file.cases}, actor=actor)
    session.flush()
    placing.leave_retired(session)
    placing.place_homeless(session)
    if touched:
        rescreening.ask(session, [part.slug for part in touched], actor=actor)
    ledger.note(session, actor, "campaign.loaded", file.campaign, cases=len(file.cases))
    return campaign


def export(session: Session, campaign: Campaign) -> CampaignFile:
    """The campaign as a file; cases that were closed are left out of it. Raises Refusal if all were."""
    cases = session.scalars(
        select(Case)
        .where(Case.campaign_id == campaign.id, Case.closed_at.is_(None))
        .options(selectinload(Case.destinations))
        .order_by(Case.id)
    ).all()
    if not cases:
        raise Refusal("Every case of this campaign is closed: there is nothing to write out.")
    return CampaignFile(
        campaign=campaign.name,
        starts=campaign.starts,
        ends=campaign.ends,
        organisation=tuple(campaign.organisation),
        cases=tuple(_case_entry(case) for case in cases),
    )


def all_campaigns(session: Session) -> list[Campaign]:
    """Every campaign with its cases, the newest first."""
    query = select(Campaign).options(selectinload(Campaign.cases).selectinload(Case.destinations))
    return list(session.scalars(query.order_by(Campaign.starts.desc(), Campaign.id.desc())))


def case_of_slug(session: Session, slug: str) -> Case:
    """The case of a slug; raises Refusal naming those that there are."""
    case = session.scalar(select(Case).where(Case.slug == slug))
    if case is None:
        known = ", ".join(session.scalars(select(Case.slug).order_by(Case.slug)))
        raise Refusal(
            f"There is no case {slug!r}. Known cases: {known or 'none; load a campaign file first'}."
        )
    return case


def close_case(session: Session, case: Case, *, actor: str) -> None:
    """Stop post from leaving for a case, as when people are freed or moved."""
    case.closed_at = now()
    ledger.note(session, actor, "case.closed", case.slug)


def reopen_case(session: Session, case: Case, *, actor: str) -> None:
    """Let post leave again."""
    case.closed_at = None
    ledger.note(session, actor, "case.reopened", case.slug)


def _load_case(session: Session, campaign: Campaign, entry: CaseEntry, *, actor: str) -> None:
    case = session.scalar(select(Case).where(Case.slug == entry.slug))
    if case is None:
        case = Case(slug=entry.slug, campaign_id=campaign.id)
        session.add(case)
    elif case.campaign_id != campaign.id:
        raise CampaignConflictError(
            f"The case {entry.slug!r} belongs to another campaign. Give it another slug."
        )
    case.name, case.also, case.kind = entry.name, list(entry.also), entry.kind
    case.country, case.languages = entry.country, list(entry.languages)
    case.allow, case.words = [label.value for label in entry.allow], list(entry.words)
    case.guidance, case.open_until = entry.guidance, entry.open_until
    if case.closed_at:
        reopen_case(session, case, actor=actor)
    session.flush()
    _load_destinations(session, case, entry)


def _load_destinations(session: Session, case: Case, entry: CaseEntry) -> None:
    existing = {
        destination.name: destination
        for destination in session.scalars(select(Destination).where(Destination.case_id == case.id))
    }
    for destination in existing.values():
        destination.retired = True
    for wanted in entry.destinations:
        destination = existing.get(wanted.name) or Destination(name=wanted.name, case_id=case.id)
        destination.address, destination.form, destination.retired = (
            list(wanted.address),
            wanted.form,
            False,
        )
        destination.items_max, destination.grams_max = wanted.limits.items, wanted.limits.grams
        destination.formats = [format_.value for format_ in wanted.limits.formats]
        destination.handwritten_only = wanted.limits.handwritten_only
        session.add(destination)


def _close_others(session: Session, campaign: Campaign, slugs: set[str], *, actor: str) -> None:
    others = select(Case).where(
        Case.campaign_id == campaign.id, Case.slug.not_in(slugs), Case.closed_at.is_(None)
    )
    for case in session.scalars(others):
        close_case(session, case, actor=actor)


def _case_entry(case: Case) -> CaseEntry:
    return CaseEntry(
        slug=case.slug,
        name=case.name,
        also=tuple(case.also),
        kind=case.kind,
        country=case.country,
        languages=tuple(case.languages),
        allow=tuple(Label(label) for label in case.allow),
        words=tuple(case.words),
        guidance=case.guidance,
        open_until=case.open_until,
        destinations=tuple(_destination_entry(d) for d in case.destinations if not d.retired),
    )


def _destination_entry(destination: Destination) -> DestinationEntry:
    return DestinationEntry(
        name=destination.name,
        address=tuple(destination.address),
        form=destination.form,
        limits=Limits(
            items=destination.items_max,
            grams=destination.grams_max,
            formats=tuple(Format(format_) for format_ in destination.formats),
            handwritten_only=destination.handwritten_only,
        ),
    )
