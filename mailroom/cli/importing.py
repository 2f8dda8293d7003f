"""``mailroom import``: takes scans in from the command line."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mailroom import campaign_store, trays
from mailroom.cli.context import COMMAND_LINE, open_database, open_vault, out, settings_or_exit, stop
from mailroom.codes import CodeError
from mailroom.database import Database
from mailroom.errors import Refusal
from mailroom.records import Arrival, Card, Outcome, Stage, Tray
from mailroom.settings import Settings

POLL_SECONDS = 0.3


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--case", "slug", help="The case that the cards are for, by its slug.")
@click.option("--tray", "code", help="The code of the tray to lay them in; a new tray if not given.")
@click.option("--duplex", is_flag=True, help="Of a new tray: pages pair into fronts and backs.")
@click.option("--wait", is_flag=True, help="Wait until the cards are read; needs a running mail room.")
def import_scans(
    paths: tuple[Path, ...], slug: str | None, code: str | None, duplex: bool, wait: bool
) -> None:
    """Take in the scans at PATHS, files or folders, and leave them where they are.

    Exit status 1 if one of them was refused; the others are still taken in.
    """
    from mailroom.sandbox import SandboxError
    from scanner.importing import gather

    settings = settings_or_exit()
    try:
        contents = gather(paths)
    except OSError as error:
        stop(f"{error.filename} cannot be read: {error.strerror}.")
    count = len(contents.files) + len(contents.closed)
    if not count:
        stop("There is no file in these folders.")
    with open_database(settings) as database:
        tray = _tray(database, slug, code, duplex=duplex)
        out.print(f"Tray {tray.code}")
        try:
            done = _take_in(settings, database, paths, tray, count)
        except (OSError, SandboxError) as error:
            # A full disk, say, or a file that went away.
            stop(f"The import broke off: {error}. To go on, give it again with --tray {tray.code}.")
        except SQLAlchemyError as error:
            # The class alone: the text of such an error can hold an address with its password.
            why = f"the database failed ({type(error).__name__})"
            stop(f"The import broke off: {why}. To go on, give it again with --tray {tray.code}.")
        if wait:
            _wait(database, tray)
    raise SystemExit(1 if any(arrival.outcome is Outcome.REFUSED for arrival in done) else 0)


def _tray(database: Database, slug: str | None, code: str | None, *, duplex: bool) -> Tray:
    try:
        with database.transaction() as session:
            case = campaign_store.case_of_slug(session, slug) if slug else None
            if code is None:
                return trays.open_tray(session, actor=COMMAND_LINE, case=case, duplex=duplex)
            tray = trays.tray_by_code(session, code)
            if case is not None and tray.case_id != case.id:
                raise Refusal(f"Tray {tray.code} is not a tray of {case.slug}. Leave --case or --tray out.")
            return tray
    except (Refusal, CodeError) as error:
        stop(str(error))


def _take_in(
    settings: Settings, database: Database, paths: Sequence[Path], tray: Tray, count: int
) -> list[Arrival]:
    from scanner.importing import import_files

    arrivals = import_files(settings, database, open_vault(settings), paths, tray)
    with _progress() as progress:
        task = progress.add_task("taken in", total=count)
        return [_told(arrival, tray, progress, task) for arrival in arrivals]


def _told(arrival: Arrival, tray: Tray, progress: Progress, task: TaskID) -> Arrival:
    progress.advance(task)
    if arrival.tray_id != tray.id:
        # Of an import that broke off, or that was given twice: nothing of it stands in this tray.
        progress.console.print(
            f"{arrival.name}: it came before, into tray {arrival.tray.code}.",
            style="yellow",
            markup=False,
            highlight=False,
        )
    if arrival.outcome is not Outcome.TAKEN:
        progress.console.print(
            f"{arrival.name}: {arrival.reason}", style="yellow", markup=False, highlight=False
        )
    return arrival


def _wait(database: Database, tray: Tray) -> None:
    with _progress() as progress:
        task = progress.add_task("read", total=None)
        while True:
            with database.reading() as session:
                cards, unread = _counts(session, tray)
            progress.update(task, total=cards, completed=cards - unread)
            if not unread:
                return
            time.sleep(POLL_SECONDS)


def _counts(session: Session, tray: Tray) -> tuple[int, int]:
    unread = func.count().filter(Card.stage == Stage.SCANNED)
    cards, left = session.execute(select(func.count(), unread).where(Card.tray_id == tray.id)).one()
    return cards, left


def _progress() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
