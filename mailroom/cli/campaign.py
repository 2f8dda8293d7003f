"""``mailroom campaign``: campaign files in and out."""

from __future__ import annotations

from pathlib import Path

import click

from mailroom import campaign_store
from mailroom.campaigns import CampaignFile, CampaignFileError, read_campaign, write_campaign
from mailroom.cli.context import COMMAND_LINE, open_database, out, settings_or_exit, stop
from mailroom.errors import Refusal


@click.group()
def campaign() -> None:
    """Load, check and write campaign files."""


@campaign.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE is a good campaign file, and what is wrong if not."""
    read = campaign_or_exit(file)
    out.print(f"{read.campaign}: {len(read.cases)} cases, no faults.", markup=False)


@campaign.command()
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Bring the database up to what FILE says."""
    read = campaign_or_exit(file)
    with open_database(settings_or_exit()) as database:
        try:
            with database.transaction() as session:
                campaign_store.load(session, read, actor=COMMAND_LINE)
        except Refusal as refusal:
            stop(str(refusal))
    out.print(f"{read.campaign}: {len(read.cases)} cases loaded.", markup=False)


@campaign.command()
@click.argument("name", required=False)
def export(name: str | None) -> None:
    """Write the campaign NAME, or the newest, to standard output as a campaign file."""
    with open_database(settings_or_exit()) as database, database.reading() as session:
        campaigns = [found for found in campaign_store.all_campaigns(session) if name in (None, found.name)]
        if not campaigns:
            stop("There is no such campaign. Load one with `mailroom campaign load FILE`.")
        click.echo(write_campaign(campaign_store.export(session, campaigns[0])), nl=False)


def campaign_or_exit(file: Path) -> CampaignFile:
    """Read a campaign file, or say what is wrong with it and stop."""
    try:
        return read_campaign(file)
    except CampaignFileError as error:
        stop(f"{file}:\n{error}")
