"""How things are written on the pages: hostile text made harmless, times, names of stages and labels."""

from __future__ import annotations

import datetime as dt
import unicodedata

from flask import Flask

from mailroom.clock import now
from mailroom.finding import Label, Lane
from mailroom.records import Outcome, ParcelState, Role, Stage
from review_ui import chosen, history, languages, scripts, summaries
from review_ui.visitors import visitor

# Cc: control, Cf: invisible and direction marks, Co: private use, Cs: half pairs, Zl and Zp: odd breaks.
HOSTILE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
# These join letters in Persian and in the scripts of India, and cannot turn text around.
JOINERS = frozenset("\u200c\u200d")
MARKS_IN_A_ROW = 4

STAGES = {
    Stage.SCANNED: "being read",
    Stage.WAITING: "waiting for a person",
    Stage.HELD: "held",
    Stage.APPROVED: "approved",
    Stage.REJECTED: "does not travel",
    Stage.PACKED: "packed",
    Stage.DISPATCHED: "dispatched",
}
LANES = {
    Lane.CLEAR: "clear",
    Lane.GLANCE: "glance",
    Lane.DESK: "desk",
    Lane.SECOND_LOOK: "second look",
}
LABELS = {
    Label.ORGANISATION: "Organisation named",
    Label.RELIGION: "Religion",
    Label.FESTIVAL: "Festival",
    Label.POLITICS: "Politics",
    Label.LEGAL_CASE: "The legal case",
    Label.TRIGGER_WORD: "Word of interest",
    Label.SENDER_DATA: "Sender's data",
    Label.CHILD_DATA: "A child's data",
    Label.THIRD_PARTY: "Somebody else",
    Label.MONEY: "Money or gifts",
    Label.VIOLENCE: "Violence",
    Label.FALSE_HOPE: "False hope",
    Label.ABUSE: "Abuse",
    Label.DISTRESS: "Sender in distress",
    Label.WRONG_ADDRESSEE: "Wrong addressee",
    Label.CIPHER: "Cipher",
    Label.LANGUAGE: "Language",
    Label.UNREADABLE: "Unreadable",
    Label.BLANK: "Blank",
    Label.CODE: "Code",
    Label.MARK: "Sign or mark",
}
ROLES = {
    Role.SCANNER: ("Scanner", "opens trays and scans cards"),
    Role.REVIEWER: ("Reviewer", "looks at cards and decides"),
    Role.DISPATCHER: ("Dispatcher", "packs and dispatches parcels"),
    Role.COORDINATOR: ("Coordinator", "does everything, and keeps cases and people"),
}
PARCEL_STATES = {
    ParcelState.OPEN: "open",
    ParcelState.SEALED: "sealed",
    ParcelState.DISPATCHED: "on its way",
    ParcelState.ACKNOWLEDGED: "arrived",
    ParcelState.RETURNED: "came back",
}


def init_app(app: Flask) -> None:
    """Give the templates these words and filters."""
    app.jinja_env.filters.update(
        clean=clean,
        ago=ago,
        direction=direction,
        moment=moment,
        stage=STAGES.__getitem__,
        lane=LANES.__getitem__,
        label=LABELS.__getitem__,
        parcel_state=PARCEL_STATES.__getitem__,
        language=languages.name_of,
        lang=languages.tag_of,
        percent=percent,
        counted=counted,
        written_in=chosen.name_of,
        script=scripts.name_of,
        script_languages=scripts.likely_languages,
        summary=summaries.summary,
        iso=iso,
        happened=history.happened,
        actor=history.actor,
        verdict=history.DECIDED.__getitem__,
    )
    app.jinja_env.globals.update(
        Role=Role,
        Stage=Stage,
        Lane=Lane,
        Label=Label,
        Outcome=Outcome,
        ParcelState=ParcelState,
        ROLES=ROLES,
    )
    app.context_processor(lambda: {"visitor": visitor()})


def clean(text: str | None, *, line_breaks: bool = True) -> str:
    """Text that others wrote, without characters that hide, turn around or pile up on the page."""
    kept: list[str] = []
    marks = 0
    for character in text or "":
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks > MARKS_IN_A_ROW:
            continue
        if character == "\n" and line_breaks:
            kept.append("\n")
        elif character in "\t\n\r\v\f\u2028\u2029":
            kept.append(" ")
        elif kind not in HOSTILE or character in JOINERS:
            kept.append(character)
    return "".join(kept)


def direction(text: str) -> str:
    """The direction of the first letter that has one, for printing; browsers find it themselves."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def moment(value: dt.datetime | None) -> str:
    """A moment by the mail room's own clock, to the minute."""
    return f"{value.astimezone():%-d %b %Y, %H:%M}" if value else ""


def iso(value: dt.date) -> str:
    """A day or a moment as machines read it."""
    return value.isoformat()


def ago(value: dt.datetime) -> str:
    """How long ago, roughly."""
    seconds = max(0.0, (now() - value).total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def counted(number: int, noun: str = "card") -> str:
    """How many of something that takes an s where there is not one of it."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(part: float, whole: float = 1.0) -> str:
    """A share in whole percent; nothing of nothing is none."""
    return f"{round(100 * part / whole) if whole else 0}%"
