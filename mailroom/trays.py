"""Trays: opened by a person or by a folder of the inbox; each keeps its cards in scan order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from mailroom import ledger
from mailroom.campaigns import Format
from mailroom.clock import today
from mailroom.codes import TRAY_PREFIX, CodeError, new_code, parse_code
from mailroom.errors import Refusal
from mailroom.records import Arrival, Card, Case, Outcome, Side, Stage, Tray

DUPLEX_WORD = "duplex"
_DUPLEX = re.compile(rf"(?<![^\W_]){DUPLEX_WORD}(?![^\W_])")
# What joins a slug to more of the same name: a letter, a digit, or a dash of any length.
_GOES_ON = r"[^\W_]|[-\u2010-\u2015]"


class UnknownTrayError(Refusal):
    """There is no tray of this code."""


@dataclass(frozen=True, slots=True)
class TrayCount:
    """A tray with its number of cards by stage, and of files refused or met twice."""

    tray: Tray
    stages: dict[Stage, int] = field(default_factory=dict)
    refused: int = 0
    duplicates: int = 0

    @property
    def cards(self) -> int:
        """How many cards the tray holds."""
        return sum(self.stages.values())

    @property
    def read(self) -> int:
        """How many of them have been read."""
        return self.cards - self.stages.get(Stage.SCANNED, 0)


def open_tray(
    session: Session,
    *,
    actor: str,
    case: Case | None = None,
    duplex: bool = False,
    format: Format = Format.LETTER,  # noqa: A002 - the tray's own word
    expected: int | None = None,
    note: str = "",
    folder: str | None = None,
) -> Tray:
    """Open a tray under a fresh code; ``folder`` is the inbox folder that fills it, else its code."""
    code = _fresh_code(session)
    tray = Tray(
        code=code,
        folder=folder or code,
        case=case,
        duplex=duplex,
        format=format,
        expected=expected,
        note=note,
    )
    session.add(tray)
    session.flush()
    ledger.note(session, actor, "tray.opened", code, case=case.slug if case else None, duplex=duplex)
    return tray


def tray_for_folder(session: Session, folder: str) -> Tray:
    """The tray that an inbox folder fills, opened if need be; raises Refusal on an unusable name.

    The folder ``T-4KQF7M`` fills the tray of that code. Any other folder opens a tray of its own: a name
    that begins with the slug of a case, whatever stands behind a space, is a tray of that case, and one
    that holds the word ``duplex`` pairs fronts and backs. Files outside every folder fill one tray a day.
    """
    name = folder or f"inbox {today():%Y-%m-%d}"
    if len(name) > 255:
        raise Refusal("The folder's name is too long. Use at most 255 characters.")
    tray = session.scalar(select(Tray).where(Tray.folder == name)) or _tray_of_code(session, name)
    if tray is not None:
        return tray
    # Some systems write an accent as a character of its own.
    words, duplex = _DUPLEX.subn("", unicodedata.normalize("NFC", name.casefold()))
    case = _case_named(session, words.rstrip("-_ "))
    return open_tray(session, actor=ledger.SYSTEM, case=case, duplex=duplex > 0, folder=name)


def tray_by_code(session: Session, code: str) -> Tray:
    """The tray of a code as a person types it; raises UnknownTrayError or CodeError."""
    standard = parse_code(code, TRAY_PREFIX)
    tray = session.scalar(select(Tray).where(Tray.code == standard).options(joinedload(Tray.case)))
    if tray is None:
        raise UnknownTrayError(f"There is no tray {standard}.")
    return tray


def card_at(session: Session, tray: Tray, position: int) -> Card | None:
    """The card at a position of a tray."""
    return session.scalar(select(Card).where(Card.tray_id == tray.id, Card.position == position))


def all_trays(session: Session, limit: int = 200) -> list[TrayCount]:
    """The newest trays with their counts, in a fixed number of queries."""
    trays = session.scalars(
        select(Tray).options(joinedload(Tray.case)).order_by(Tray.id.desc()).limit(limit)
    ).all()
    return _counted(session, trays)


def count_of(session: Session, tray: Tray) -> TrayCount:
    """One tray with its counts."""
    return _counted(session, [tray])[0]


def cards_of(session: Session, tray: Tray, start: int = 0, limit: int | None = None) -> Sequence[Card]:
    """A tray's cards in scan order from the ``start``-th on, with flags, and sides without readings."""
    sides = selectinload(Card.sides).defer(Side.reading)
    return session.scalars(
        select(Card)
        .where(Card.tray_id == tray.id)
        .options(sides, selectinload(Card.flags), joinedload(Card.case))
        .order_by(Card.position)
        .offset(start)
        .limit(limit)
    ).all()


def arrivals_of(session: Session, tray: Tray, *outcomes: Outcome) -> Sequence[Arrival]:
    """The files that came into a tray, newest first; only those of ``outcomes`` if any are named."""
    query = select(Arrival).where(Arrival.tray_id == tray.id).options(joinedload(Arrival.first))
    if outcomes:
        query = query.where(Arrival.outcome.in_(outcomes))
    return session.scalars(query.order_by(Arrival.id.desc())).all()


def _counted(session: Session, trays: Sequence[Tray]) -> list[TrayCount]:
    counts = {tray.id: TrayCount(tray) for tray in trays}
    stages = session.execute(
        select(Card.tray_id, Card.stage, func.count())
        .where(Card.tray_id.in_(counts))
        .group_by(Card.tray_id, Card.stage)
    )
    for tray_id, stage, number in stages:
        counts[tray_id].stages[stage] = number
    outcomes = session.execute(
        select(Arrival.tray_id, Arrival.outcome, func.count())
        .where(Arrival.tray_id.in_(counts), Arrival.outcome.in_((Outcome.REFUSED, Outcome.DUPLICATE)))
        .group_by(Arrival.tray_id, Arrival.outcome)
    )
    numbers = {(tray_id, outcome): number for tray_id, outcome, number in outcomes}
    return [
        TrayCount(
            tray,
            counts[tray.id].stages,
            refused=numbers.get((tray.id, Outcome.REFUSED), 0),
            duplicates=numbers.get((tray.id, Outcome.DUPLICATE), 0),
        )
        for tray in trays
    ]


def _fresh_code(session: Session) -> str:
    while True:
        code = new_code(TRAY_PREFIX)
        if session.scalar(select(Tray.id).where(Tray.code == code)) is None:
            return code


def _tray_of_code(session: Session, name: str) -> Tray | None:
    try:
        code = parse_code(name, TRAY_PREFIX)
    except CodeError:
        return None
    return session.scalar(select(Tray).where(Tray.code == code))


def _case_named(session: Session, name: str) -> Case | None:
    """The case whose slug the name begins with; the longest such slug wins.

    A slug that goes on after a dash, as in ``maria-lopes``, is that of somebody else than ``maria``.
    """
    cases = session.scalars(select(Case)).all()
    fitting = [case for case in cases if re.match(rf"{_spellings(case.slug)}(?!{_GOES_ON})", name)]
    return max(fitting, key=lambda case: len(case.slug), default=None)


def _spellings(slug: str) -> str:
    """The slug as people type it, with spaces for its dashes too: ``maria anna`` is for ``maria-anna``."""
    return r"[-_ ]+".join(slug.split("-"))
