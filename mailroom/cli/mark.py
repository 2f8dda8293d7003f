"""``mailroom campaign mark``: the signs that are sought in the pictures of cards."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from mailroom import campaign_store, marks
from mailroom.cli.context import COMMAND_LINE, open_database, open_vault, out, settings_or_exit, stop
from mailroom.errors import Refusal
from mailroom.finding import Label
from mailroom.mark_samples import take_sample
from mailroom.records import Campaign

_campaign = click.option("--campaign", "campaign_name", help="Its name; the newest if not given.")
_LABELS = click.Choice([label.value for label in marks.LABELS])


@click.group()
def mark() -> None:
    """Add, list and remove the signs that are sought in the pictures of a campaign's cards."""


@mark.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What the sign is called on the pages.")
@click.option("--label", type=_LABELS, default=Label.MARK.value, show_default=True, help="What it says.")
@_campaign
def add(file: Path, name: str, label: str, campaign_name: str | None) -> None:
    """Seek the sign in the picture FILE; cards read before are looked at anew."""
    settings = settings_or_exit()
    try:
        sample = take_sample(file)
        with open_database(settings) as database, database.transaction() as session:
            campaign = _found(session, campaign_name)
            marks.add(
                session,
                open_vault(settings),
                campaign,
                name=name,
                label=Label(label),
                sample=sample,
                actor=COMMAND_LINE,
            )
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.")
    except Refusal as refusal:
        stop(str(refusal))
    out.print(f"{name} is sought on the cards of {campaign.name}.", markup=False)


@mark.command(name="list")
@_campaign
def list_(campaign_name: str | None) -> None:
    """List the marks of a campaign: name and label."""
    with open_database(settings_or_exit()) as database, database.reading() as session:
        try:
            for found in marks.marks_of(session, _found(session, campaign_name)):
                click.echo(f"{found.name}\t{found.label}")
        except Refusal as refusal:
            stop(str(refusal))


@mark.command()
@click.argument("name")
@_campaign
def remove(name: str, campaign_name: str | None) -> None:
    """Seek the mark NAME no longer."""
    try:
        with open_database(settings_or_exit()) as database, database.transaction() as session:
            campaign = _found(session, campaign_name)
            found = marks.mark_of_name(session, campaign, name)
            marks.remove(session, campaign, found, actor=COMMAND_LINE)
    except Refusal as refusal:
        stop(str(refusal))
    out.print(f"{name} is sought no longer.", markup=False)


def _found(session: Session, name: str | None) -> Campaign:
    for campaign in campaign_store.all_campaigns(session):
        if name in (None, campaign.name):
            return campaign
    raise Refusal("There is no such campaign. Load one with `mailroom campaign load FILE`.")
