"""``mailroom screening``: learning from decisions, and which classifier is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from sqlalchemy import select

from mailroom import ledger, rescreening
from mailroom.cli.context import COMMAND_LINE, open_database, out, settings_or_exit, stop
from mailroom.clock import now
from mailroom.records import Campaign

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from worker.screening.learning.from_decisions import Measure
    from worker.screening.learning.settled_cards import SettledCard


@click.group()
def screening() -> None:
    """Learn from what people decided, and choose the model that screens."""


@screening.command()
@click.option("--campaign", "name", help="The campaign to learn from; the newest if not given.")
@click.option("--yes", is_flag=True, help="Put the new model in use even if it is no better.")
def learn(name: str | None, yes: bool) -> None:
    """Train the classifier anew with the decisions of a campaign, and use it if it is better.

    A fourth of the decided cards is kept aside to compare the model in use with the new one.
    """
    from worker.screening.learning.from_decisions import TooFewDecisionsError
    from worker.screening.learning.from_decisions import learn as learn_from
    from worker.screening.learning.model_store import ModelStore, Origin
    from worker.screening.meaning.model import ClassifierError

    settings = settings_or_exit()
    store = ModelStore(settings.models_folder)
    with open_database(settings) as database:
        with database.reading() as session:
            campaign, cards = _settled(session, name)
        try:
            lesson = learn_from(cards, store.load(store.in_use))
        except (TooFewDecisionsError, ClassifierError) as error:
            stop(str(error))
        out.print(f"Learnt from {lesson.learnt_from} cards, judged by {lesson.judged} others:")
        for title, before, after in _rows(lesson.before, lesson.after):
            out.print(f"  {title:<42} before {before:>6}   after {after:>6}", highlight=False)
        if not lesson.is_better and not yes:
            out.print("That is no better: the model in use stays.")
            return
        kept = store.keep(lesson.model, Origin(now().isoformat(), campaign, lesson.learnt_from))
        with database.transaction() as session:
            ledger.note(session, COMMAND_LINE, "model.learnt", kept, cards=lesson.learnt_from)
        out.print(f"The new model is kept as {kept}.")
        _put_in_use(kept)


@screening.command()
def models() -> None:
    """List the models that were learnt, and mark the one in use."""
    from worker.screening.learning.model_store import BUILT_IN, ModelStore
    from worker.screening.meaning.model import ClassifierError

    store = ModelStore(settings_or_exit().models_folder)
    in_use = store.in_use
    try:
        for name in (BUILT_IN, *store.ids()):
            mark = "*" if name == in_use else " "
            about = ""
            if name != BUILT_IN:
                origin = store.origin(name)
                about = f"  {origin.made_at[:16]}  {origin.campaign}, {origin.cards} cards"
            out.print(f"{mark} {name}{about}", markup=False, highlight=False)
    except ClassifierError as error:
        stop(str(error))


@screening.command()
@click.argument("model")
def use(model: str) -> None:
    """Put MODEL in use: an id that `mailroom screening models` lists, or built-in."""
    _put_in_use(model)


def _put_in_use(name: str) -> None:
    from worker.screening.learning.model_store import ModelStore
    from worker.screening.meaning.model import ClassifierError

    settings = settings_or_exit()
    with open_database(settings) as database:
        store = ModelStore(settings.models_folder)
        before = store.in_use
        try:
            store.use(name)
        except ClassifierError as error:
            stop(str(error))
        with database.transaction() as session:
            ledger.note(session, COMMAND_LINE, "model.used", name, before=before)
            count = rescreening.ask(session, None, actor=COMMAND_LINE)
    out.print(f"In use: {name}. {count} cards will be screened anew.", highlight=False)


def _settled(session: Session, name: str | None) -> tuple[str, list[SettledCard]]:
    from worker.screening.learning.settled_cards import settled_cards

    query = select(Campaign).order_by(Campaign.id.desc())
    campaign = session.scalars(query.where(Campaign.name == name) if name else query).first()
    if campaign is None:
        stop("There is no such campaign." if name else "There is no campaign yet.")
    return campaign.name, settled_cards(session, campaign)


def _rows(before: Measure, after: Measure) -> list[tuple[str, str, str]]:
    return [
        ("upheld labels that are found", _percent(before.recall), _percent(after.recall)),
        ("found labels that are upheld", _percent(before.precision), _percent(after.precision)),
        ("clean cards on which nothing is found", _percent(before.silent), _percent(after.silent)),
    ]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
