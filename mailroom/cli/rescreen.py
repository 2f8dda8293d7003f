"""``mailroom rescreen``: have cards screened anew, as after a change of the rule packs."""

from __future__ import annotations

import click

from mailroom import campaign_store, rescreening
from mailroom.cli.context import COMMAND_LINE, open_database, out, settings_or_exit, stop
from mailroom.errors import Refusal


@click.command()
@click.option("--case", "slugs", multiple=True, metavar="SLUG", help="Only cards of this case.")
def rescreen(slugs: tuple[str, ...]) -> None:
    """Screen every card anew that has not been dispatched or rejected, in the background.

    Approved cards in which something is found that no person has seen come back to the desk.
    """
    with open_database(settings_or_exit()) as database:
        try:
            with database.transaction() as session:
                for slug in slugs:
                    campaign_store.case_of_slug(session, slug)
                count = rescreening.ask(session, slugs or None, actor=COMMAND_LINE)
        except Refusal as refusal:
            stop(str(refusal))
    out.print(f"{count:,} cards will be screened anew by the workers that run.")
