"""Rescreening: which cards a changed campaign touches, and asking for them to be screened anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mailroom import errands, ledger
from mailroom.campaigns import CampaignFile
from mailroom.card_scope import scope_of_case
from mailroom.records import Campaign, Card, Case, ErrandKind, Stage
from mailroom.rule_catalogue import ALL_CARDS, RESCREENED
from mailroom.scope import Scope, scope_of

# A rejected card does not travel, and a dispatched one has left.
STAGES = (Stage.SCANNED, Stage.WAITING, Stage.HELD, Stage.APPROVED, Stage.PACKED)
# The case itself, terms of the dial, and marks, whose pictures are looked at when they are added.
_NOT_RULES = frozenset({"slug", "clear_allowed", "clear_confidence", "marks"})
_FOR_ALL = frozenset({"organisation", "cases"})


@dataclass(frozen=True, slots=True)
class Touched:
    """The cards of a case whose rules change: which rules, and how many cards in each stage.

    ``slug`` is None for cards whose case nobody knows.
    """

    slug: str | None
    name: str
    rules: tuple[str, ...]
    counts: Mapping[Stage, int]

    @property
    def cards(self) -> int:
        """How many cards are touched."""
        return sum(self.counts.values())


def touched(session: Session, file: CampaignFile) -> list[Touched]:
    """What loading the file would have screened anew: every case whose rules it changes."""
    campaign = session.scalar(select(Campaign).where(Campaign.name == file.campaign))
    if campaign is None:
        return []
    known = {
        case.slug: case for case in session.scalars(select(Case).where(Case.campaign_id == campaign.id))
    }
    found = []
    changed_for_all: set[str] = set()
    for entry in file.cases:
        case = known.get(entry.slug)
        if case is None:
            changed_for_all.add("cases")
            continue
        rules = tuple(_changed(scope_of_case(session, case), scope_of(file, entry.slug)))
        changed_for_all |= _FOR_ALL & set(rules)
        if rules:
            found.append(Touched(case.slug, entry.name, rules, _counts(session, Card.case_id == case.id)))
    if changed_for_all:
        counts = _counts(session, Card.case_id.is_(None))
        found.append(Touched(None, "", tuple(sorted(changed_for_all)), counts))
    return found


def ask(session: Session, slugs: Collection[str | None] | None, *, actor: str) -> int:
    """Ask for the cards of these cases to be screened anew, or for all; return how many cards.

    Cards that are being read in this moment are read once more, as they may be screened by old rules.
    """
    cards = select(Card.id).where(_screened())
    if slugs is not None:
        named = select(Case.id).where(Case.slug.in_([slug for slug in slugs if slug is not None]))
        of_these: list[ColumnElement[bool]] = [Card.case_id.in_(named)]
        if None in slugs:
            of_these.append(Card.case_id.is_(None))
        cards = cards.where(or_(*of_these))
    count = errands.ask_for_all(session, ErrandKind.SCREEN, cards)
    errands.ask_again_in_hand(session, ErrandKind.READ)
    ledger.note(session, actor, RESCREENED, ALL_CARDS if slugs is None else "cases", cards=count)
    return count


def all_counts(session: Session) -> dict[Stage, int]:
    """How many cards in each stage would be screened anew if all were asked for."""
    return _counts(session, Card.id.is_not(None))


def outstanding(session: Session) -> int:
    """How many cards still wait to be screened anew."""
    return errands.open_count(session, ErrandKind.SCREEN)


def _changed(before: Scope, after: Scope) -> Iterator[str]:
    for field in fields(Scope):
        if field.name in _NOT_RULES:
            continue
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name == "cases":
            # A case that leaves the file is closed, and its names are still known.
            names = {entry.slug: entry.names for entry in old}
            if any(names.get(entry.slug) != entry.names for entry in new):
                yield field.name
        elif old != new:
            yield field.name


def _counts(session: Session, of_case: ColumnElement[bool]) -> dict[Stage, int]:
    query = select(Card.stage, func.count()).where(_screened(), of_case).group_by(Card.stage)
    return dict(session.execute(query).all())


def _screened() -> ColumnElement[bool]:
    return Card.read_at.is_not(None) & Card.stage.in_(STAGES)
