"""``mailroom campaign``: campaign files in and out."""

from __future__ import annotations

from pathlib import Path

import click

from mailroom import campaign_store, marks
from mailroom.campaigns import CampaignFile, CampaignFileError, read_campaign, write_campaign
from mailroom.cli.context import COMMAND_LINE, open_database, open_vault, out, settings_or_exit, stop
from mailroom.cli.mark import mark
from mailroom.errors import Refusal
from mailroom.finding import Label
from mailroom.mark_samples import SampleRefusedError, take_sample


@click.group()
def campaign() -> None:
    """Load, check and write campaign files, and keep the marks of campaigns."""


campaign.add_command(mark)


@campaign.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether FILE is a good campaign file, and what is wrong if not."""
    read = campaign_or_exit(file)
    out.print(f"{read.campaign}: {len(read.cases)} cases, no faults.", markup=False)


@campaign.command()
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Bring the database up to what FILE says.

    Cards of cases whose rules it changes are screened anew; the page Cases asks first.
    """
    read = campaign_or_exit(file)
    settings = settings_or_exit()
    with open_database(settings) as database:
        try:
            samples = _samples(read, file.resolve().parent)
            with database.transaction() as session:
                loaded = campaign_store.load(session, read, actor=COMMAND_LINE)
                marks.bring(session, open_vault(settings), loaded, samples, actor=COMMAND_LINE)
        except Refusal as refusal:
            stop(str(refusal))
    out.print(f"{read.campaign}: {len(read.cases)} cases loaded.", markup=False)


@campaign.command()
@click.argument("name", required=False)
def export(name: str | None) -> None:
    """Write the campaign NAME, or the newest, to standard output as a campaign file.

    Closed cases and marks are left out.
    """
    with open_database(settings_or_exit()) as database, database.reading() as session:
        campaigns = [found for found in campaign_store.all_campaigns(session) if name in (None, found.name)]
        if not campaigns:
            stop("There is no such campaign. Load one with `mailroom campaign load FILE`.")
        try:
            file = campaign_store.export(session, campaigns[0])
        except Refusal as refusal:
            stop(str(refusal))
        click.echo(write_campaign(file), nl=False)


def _samples(read: CampaignFile, folder: Path) -> list[tuple[str, Label, bytes]]:
    taken = []
    for entry in read.marks:
        try:
            taken.append((entry.name, Label(entry.label), take_sample(folder / entry.picture)))
        except OSError as error:
            why = f"{entry.picture} cannot be read: {error.strerror}"
            raise Refusal(f"marks, {entry.name}: {why}.") from error
        except SampleRefusedError as refusal:
            raise Refusal(f"marks, {entry.name}: {refusal}") from refusal
    return taken


def campaign_or_exit(file: Path) -> CampaignFile:
    """Read a campaign file, or say what is wrong with it and stop."""
    try:
        return read_campaign(file)
    except CampaignFileError as error:
        stop(f"{file}:\n{error}")
