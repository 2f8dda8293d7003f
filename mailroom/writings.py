"""Writings: which languages and scripts the cards at the desk are in, so that each finds its reader.

A card is known by its language (ISO 639-3), and by the likely script (ISO 15924) of what nobody has read
on it. The two kinds of code never meet: one has three letters, the other four.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mailroom.records import Card, Stage


def in_any(codes: Collection[str]) -> ColumnElement[bool]:
    """Cards in one of these languages, with unread writing in one of these scripts, or in nothing known.

    Of these last are drawings, and cards that reading gave up on: nobody could choose them.
    """
    in_nothing = Card.language.is_(None) & Card.unread_script.is_(None)
    return or_(Card.language.in_(codes), Card.unread_script.in_(codes), in_nothing)


def languages_at(session: Session, lanes: Collection[str]) -> dict[str, int]:
    """How many cards wait in these lanes, by language."""
    return _counts(session, Card.language, lanes)


def unread_scripts_at(session: Session, lanes: Collection[str]) -> dict[str, int]:
    """How many cards with unread writing wait in these lanes, by its likely script."""
    return _counts(session, Card.unread_script, lanes)


def _counts(
    session: Session, code: InstrumentedAttribute[str | None], lanes: Collection[str]
) -> dict[str, int]:
    query = (
        select(code, func.count())
        .where(Card.stage == Stage.WAITING, Card.lane.in_(lanes), code.is_not(None))
        .group_by(code)
        .order_by(func.count().desc(), code)
    )
    return {found: number for found, number in session.execute(query) if found is not None}
