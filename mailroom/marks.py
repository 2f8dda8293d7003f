"""Marks: the signs that a coordinator has sought in the pictures of a campaign's cards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mailroom import errands, ledger, rescreening
from mailroom.errors import Refusal
from mailroom.finding import MARK_RULE, Label
from mailroom.records import Campaign, Card, Case, ErrandKind, Flag, FlagState, Mark
from mailroom.vault import Vault

NAME_LENGTH_MAX = 80
MARKS_MAX = 40
LABELS = (Label.MARK, Label.ORGANISATION, Label.RELIGION, Label.POLITICS)


def marks_of(session: Session, campaign: Campaign) -> Sequence[Mark]:
    """The marks of a campaign in the order of their names."""
    return session.scalars(select(Mark).where(Mark.campaign_id == campaign.id).order_by(Mark.name)).all()


def add(
    session: Session,
    vault: Vault,
    campaign: Campaign,
    *,
    name: str,
    label: Label,
    sample: bytes,
    actor: str,
) -> Mark:
    """Have a sign sought on the campaign's cards, those read before included.

    ``sample`` is a PNG from ``mark_samples.take_sample``. Raises Refusal for a name that is taken or
    unfit, another label than LABELS, or too many marks.
    """
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH_MAX or not name.isprintable():
        raise Refusal(f"Give the mark a name of at most {NAME_LENGTH_MAX} characters.", "name")
    if label not in LABELS:
        raise Refusal(f"A mark's label is one of {', '.join(LABELS)}.", "label")
    present = marks_of(session, campaign)
    if any(mark.name.casefold() == name.casefold() for mark in present):
        raise Refusal(f"There is a mark {name!r} already. Remove it first, or choose another name.", "name")
    if len(present) >= MARKS_MAX:
        raise Refusal(f"A campaign seeks at most {MARKS_MAX} marks: remove one first.")
    mark = Mark(campaign_id=campaign.id, name=name, label=label, sample=vault.put(sample))
    session.add(mark)
    session.flush()
    cards = errands.ask_for_all(session, ErrandKind.LOOK, select(Card.id).where(_read(campaign)))
    errands.ask_again_in_hand(session, ErrandKind.READ)
    ledger.note(session, actor, "mark.added", campaign.name, mark=name, label=label.value, cards=cards)
    return mark


def bring(
    session: Session,
    vault: Vault,
    campaign: Campaign,
    samples: Sequence[tuple[str, Label, bytes]],
    *,
    actor: str,
) -> None:
    """Bring the campaign's marks up to those of its file: name, label and PNG; others stay as they are.

    Raises Refusal as ``add`` does.
    """
    present = {mark.name: mark for mark in marks_of(session, campaign)}
    for name, label, sample in samples:
        same = present.get(name)
        if same is not None:
            if same.label is label and same.sample == vault.put(sample):
                continue
            remove(session, campaign, same, actor=actor)
        add(session, vault, campaign, name=name, label=label, sample=sample, actor=actor)


def remove(session: Session, campaign: Campaign, mark: Mark, *, actor: str) -> None:
    """Seek a sign no longer; its open flags go once their cards are looked at anew."""
    flagged = select(Flag.card_id).where(
        Flag.rule == f"{MARK_RULE}{mark.name}", Flag.state == FlagState.OPEN
    )
    session.delete(mark)
    session.flush()
    cards = select(Card.id).where(_read(campaign), Card.id.in_(flagged))
    errands.ask_for_all(session, ErrandKind.LOOK, cards)
    ledger.note(session, actor, "mark.removed", campaign.name, mark=mark.name)


def mark_of_name(session: Session, campaign: Campaign, name: str) -> Mark:
    """The mark of a name; raises Refusal naming those that there are."""
    present = marks_of(session, campaign)
    for mark in present:
        if mark.name == name:
            return mark
    known = ", ".join(mark.name for mark in present)
    raise Refusal(f"There is no mark {name!r} in {campaign.name}. Known marks: {known or 'none'}.")


def _read(campaign: Campaign) -> ColumnElement[bool]:
    """Cards of the campaign, or of a case that nobody knows, which were read and have not left."""
    cases = select(Case.id).where(Case.campaign_id == campaign.id)
    return (
        (Card.case_id.in_(cases) | Card.case_id.is_(None))
        & Card.stage.in_(rescreening.STAGES)
        & Card.read_at.is_not(None)
    )
