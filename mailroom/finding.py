"""What screening says of a message: findings, addressee and lane.

A finding becomes a flag once it is recorded on a card.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from mailroom.reading import Box

# The one reason against the clear lane that lies with the campaign and not with the card.
DIAL_OFF = "Nothing was found; this campaign has a person glance at every card."

# The rule of a mark in the picture is this and the mark's name.
MARK_RULE = "mark."
SECOND_READER_RULE = "second-reader"


class Label(StrEnum):
    """What a finding is about."""

    ORGANISATION = "organisation"
    RELIGION = "religion"
    FESTIVAL = "festival"
    POLITICS = "politics"
    LEGAL_CASE = "legal_case"
    TRIGGER_WORD = "trigger_word"
    SENDER_DATA = "sender_data"
    CHILD_DATA = "child_data"
    THIRD_PARTY = "third_party"
    MONEY = "money"
    VIOLENCE = "violence"
    FALSE_HOPE = "false_hope"
    ABUSE = "abuse"
    DISTRESS = "distress"
    WRONG_ADDRESSEE = "wrong_addressee"
    CIPHER = "cipher"
    LANGUAGE = "language"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    CODE = "code"
    MARK = "mark"


class Severity(StrEnum):
    """How much attention a finding asks for."""

    HINT = "hint"
    LOOK = "look"
    TWO_PEOPLE = "two_people"


class Lane(StrEnum):
    """Who has to look at a card before it may travel."""

    CLEAR = "clear"
    GLANCE = "glance"
    DESK = "desk"
    SECOND_LOOK = "second_look"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for a person to look.

    ``rule`` names what fired, ``evidence`` is the words as they stand in the text (empty where there
    are none), ``reason`` one plain sentence, ``box`` the place in pixels of the file as given, and
    ``side`` the side of the card (0 the first).
    """

    label: Label
    rule: str
    severity: Severity
    evidence: str
    reason: str
    box: Box | None = None
    side: int = 0

    def on_side(self, side: int) -> Finding:
        """The same finding, on another side of the card."""
        return replace(self, side=side)

    def as_data(self) -> dict[str, Any]:
        """This finding as plain JSON data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Rebuild a finding from ``as_data``."""
        box = data["box"]
        return cls(
            Label(data["label"]),
            data["rule"],
            Severity(data["severity"]),
            data["evidence"],
            data["reason"],
            (box[0], box[1], box[2], box[3]) if box else None,
            data["side"],
        )


@dataclass(frozen=True, slots=True)
class Addressee:
    """Which case a card seems to be for; ``score`` runs from 0 to 1."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Screening:
    """The whole verdict on a card: findings, addressee, lane, and the reasons for the lane."""

    findings: tuple[Finding, ...]
    addressee: Addressee | None
    lane: Lane
    reasons: tuple[str, ...]

    @property
    def meets_clear(self) -> bool:
        """Whether every condition of the clear lane holds, whatever the campaign's dial says."""
        return self.lane is Lane.CLEAR or (self.lane is Lane.GLANCE and self.reasons == (DIAL_OFF,))

    def as_data(self) -> dict[str, Any]:
        """This screening as plain JSON data; ``from_data`` is its inverse."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Rebuild a screening from ``as_data``."""
        addressee = data["addressee"]
        return cls(
            tuple(Finding.from_data(finding) for finding in data["findings"]),
            Addressee(addressee["slug"], addressee["score"]) if addressee else None,
            Lane(data["lane"]),
            tuple(data["reasons"]),
        )
