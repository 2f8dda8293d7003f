"""The cards that a person passed over at the desk, so that the next one is really another one."""

from __future__ import annotations

from flask import session

KEPT = 50
_NAME = "passed"


def cards() -> list[int]:
    """The ids of the cards passed over, the last one last."""
    return list(session.get(_NAME, []))


def add(card_id: int) -> None:
    """Pass a card over until the rest of the queue is done."""
    session[_NAME] = [*(kept for kept in cards() if kept != card_id), card_id][-KEPT:]


def forget() -> None:
    """Start again from the beginning of the queue."""
    session.pop(_NAME, None)
