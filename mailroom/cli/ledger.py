"""``mailroom ledger``: checking that nothing was changed afterwards."""

from __future__ import annotations

import click

from mailroom.cli.context import open_database, out, settings_or_exit, stop
from mailroom.ledger import LedgerBrokenError
from mailroom.ledger import verify as verify_ledger


@click.group()
def ledger() -> None:
    """Check the ledger."""


@ledger.command()
def verify() -> None:
    """Check the chain of every entry; exit status 1 if it is broken."""
    with open_database(settings_or_exit()) as database, database.reading() as session:
        try:
            count = verify_ledger(session)
        except LedgerBrokenError as error:
            stop(str(error))
    out.print(f"The ledger is whole: {count} entries.")
