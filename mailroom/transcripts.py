"""Transcripts: what a person reads on a side that no engine read, or read wrongly.

Of a card that is not with people, or is being read, nothing is written down: that raises Refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from mailroom import claims, decisions, errands, journey, ledger, readings
from mailroom.clock import now
from mailroom.errors import Refusal
from mailroom.reading import TRANSCRIBED, Box, Content, Line, Reading
from mailroom.records import Card, ErrandKind, FlagState, Person, Side, Stage

_UNREAD = Reading("", 0.0, None, "Zyyy", 0, None, Content.UNREADABLE, "none")


def write_down(
    session: Session, person: Person, card: Card, text: str, *, number: int, language: str | None
) -> None:
    """Take a person's word for what stands on side ``number``, and have the card screened by it.

    ``language`` is ISO 639-3 or None. What the engine said stays as the reading's raw text.
    """
    claims.require(session, person, card)
    _refuse_unless_with_people(session, card)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refusal("Write down what it says, or leave the card to somebody who can read it.")
    if not 0 <= number < len(card.sides):
        raise Refusal("The card has no such side.")
    _refuse_while_read(session, card)
    for side in card.sides:
        side.reading = side.reading or _UNREAD
    side = card.sides[number]
    side.reading = _written(side, lines, language)
    card.read_at = card.read_at or now()
    readings.tell_writing(card)
    decisions.take_back_agreements(session, card)
    ledger.note(session, person.name, "card.written_down", card.code, side=number)
    errands.ask(session, ErrandKind.SCREEN, card)
    if errands.waiting_for(session, ErrandKind.LOOK, [card.id]):
        # Looking for marks screens too, and may have begun with the text of before.
        errands.ask(session, ErrandKind.LOOK, card)


def was_given_up(card: Card) -> bool:
    """Whether reading or screening gave up on a card, and nobody has settled that yet."""
    failed = (flag for flag in card.flags if flag.rule == readings.FAILED_RULE)
    return card.read_at is None or any(flag.state is FlagState.OPEN for flag in failed)


def read_again(session: Session, person: Person, card: Card) -> None:
    """Have a card read that reading gave up on; where it has been read, have it looked at and screened.

    What has been read is not read again: a person may have written it down.
    """
    claims.require(session, person, card)
    _refuse_unless_with_people(session, card)
    if not was_given_up(card):
        raise Refusal(f"{card.code} is not one that reading gave up on.")
    _refuse_while_read(session, card)
    ledger.note(session, person.name, "card.read_again", card.code)
    errands.ask(session, ErrandKind.READ if card.read_at is None else ErrandKind.LOOK, card)


def _refuse_unless_with_people(session: Session, card: Card) -> None:
    session.refresh(card, ["stage"])
    if card.stage not in {Stage.WAITING, Stage.HELD}:
        raise Refusal(journey.where_it_is(card))


def _refuse_while_read(session: Session, card: Card) -> None:
    if errands.waiting_for(session, ErrandKind.READ, [card.id]):
        raise Refusal(f"{card.code} is being read in this moment. Wait until that is done.")


def _written(side: Side, lines: Sequence[str], language: str | None) -> Reading:
    before = side.reading or _UNREAD
    said = before.raw_text if before.is_transcribed else before.raw_text or before.text
    placed = tuple(Line(text, 1.0, box) for text, box in zip(lines, _boxes(side, len(lines)), strict=True))
    return replace(
        before,
        text="\n".join(lines),
        raw_text=said,
        lines=placed,
        confidence=1.0,
        language=language,
        content=Content.TEXT if before.content in {Content.UNREADABLE, Content.BLANK} else before.content,
        engine=TRANSCRIBED,
    )


def _boxes(side: Side, count: int) -> Sequence[Box]:
    """The places of the lines where they are as many as were seen; else the whole side for each."""
    seen = [line.box for line in side.reading.lines] if side.reading else []
    return seen if len(seen) == count else [side.whole] * count
