"""Prepare what each start of a reading worker needs."""

from __future__ import annotations

import click

from mailroom.cli.context import stop


@click.command()
def prepare() -> None:
    """Make what reading workers start with, once: they are ready seconds sooner.

    The installation does it. Do it again where the program moved to another kind of processor.
    """
    from worker.prepared.store import prepare as prepare_unless_fitting

    try:
        prepare_unless_fitting(_load_all)
    except OSError as error:
        stop(f"Nothing was prepared: {error}. Workers do without, and start some seconds later.")


def _load_all() -> None:
    # Slow to import, and mostly there is nothing to do.
    from worker.child import ReadingChild

    click.echo("Preparing what reading starts with: networks, rule packs and tables")
    ReadingChild()
