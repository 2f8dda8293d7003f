"""A card as the desk shows it: its sides upright, its flags numbered, its text cut into pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailroom.finding import Label, Severity
from mailroom.records import Card, Flag, FlagState, Side
from review_ui.boxes import Place, size_upright
from review_ui.passages import Piece, pieces
from review_ui.spots import Spot, doubtful_words, place_on, rotation_of, unread_lines

HARD_TO_BEAR = frozenset({Label.VIOLENCE, Label.ABUSE, Label.DISTRESS})
_URGENCY = {Severity.TWO_PEOPLE: 0, Severity.LOOK: 1, Severity.HINT: 2}


@dataclass(frozen=True, slots=True)
class NumberedFlag:
    """A flag under the number that the desk's keys know it by, and its place on its side."""

    number: int
    flag: Flag
    place: Place | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has dismissed it."""
        return self.flag.state is not FlagState.DISMISSED


@dataclass(frozen=True, slots=True)
class SideSheet:
    """A side: its picture's size once upright, the flagged places on it, and its lines in pieces.

    ``doubts`` are words and ``unread`` lines that a person should look at.
    """

    side: Side
    name: str
    width: int
    height: int
    flags: tuple[NumberedFlag, ...]
    lines: tuple[tuple[Piece, ...], ...]
    doubts: tuple[Spot, ...]
    unread: tuple[Spot, ...]

    @property
    def is_unread(self) -> bool:
        """Whether writing stands on this side of which nothing was read, or it was never read at all."""
        reading = self.side.reading
        return reading is None or reading.is_unread


@dataclass(frozen=True, slots=True)
class CardSheet:
    """All that the desk shows of a card itself."""

    card: Card
    sides: tuple[SideSheet, ...]
    flags: tuple[NumberedFlag, ...]

    @property
    def has_unread(self) -> bool:
        """Whether writing stands on the card that nobody has read."""
        return any(side.is_unread for side in self.sides)

    @property
    def is_hard_to_bear(self) -> bool:
        """Whether to ask before showing the card."""
        return any(one.is_open and one.flag.label in HARD_TO_BEAR for one in self.flags)


def lay_out(card: Card) -> CardSheet:
    """Arrange a card, with its sides and flags loaded, for a person to look at."""
    by_number = {side.number: side for side in card.sides}
    ordered = sorted(card.flags, key=lambda flag: (_URGENCY[flag.severity], flag.id))
    flags = tuple(
        NumberedFlag(number, flag, _place(flag, by_number.get(flag.side)))
        for number, flag in enumerate(ordered, start=1)
    )
    names = _side_names(card)
    sides = tuple(
        _side_sheet(side, names[index], [one for one in flags if one.flag.side == side.number])
        for index, side in enumerate(card.sides)
    )
    return CardSheet(card, sides, flags)


def _place(flag: Flag, side: Side | None) -> Place | None:
    """Where a flag points to on its side; None where it points nowhere, or to all of it."""
    if flag.box is None or side is None or len(flag.box) != 4:
        return None
    x0, y0, x1, y1 = flag.box
    box = x0, y0, x1, y1
    return None if box == side.whole else place_on(side, box)


def _side_sheet(side: Side, name: str, flags: Sequence[NumberedFlag]) -> SideSheet:
    width, height = size_upright(side.width, side.height, rotation_of(side))
    evidence = {one.number: one.flag.evidence for one in flags if one.is_open}
    lines = side.reading.lines if side.reading else ()
    cut = tuple(tuple(pieces(line, evidence)) for line in lines)
    doubts, unread = tuple(doubtful_words(side, lines)), tuple(unread_lines(side, lines))
    return SideSheet(side, name, width, height, tuple(flags), cut, doubts, unread)


def _side_names(card: Card) -> list[str]:
    if len(card.sides) == 1:
        return ["Scan"]
    if len(card.sides) == 2 and card.tray.duplex:
        return ["Front", "Back"]
    return [f"Page {side.number + 1}" for side in card.sides]
