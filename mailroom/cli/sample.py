"""``mailroom sample``: puts the sample campaign, people and cards into a mail room."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TypedDict

import click
import yaml
from sqlalchemy.orm import Session

from mailroom import campaign_store, people, trays
from mailroom.campaigns import read_campaign
from mailroom.cli.context import COMMAND_LINE, open_database, out, settings_or_exit, stop
from mailroom.records import Role
from mailroom.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# For trying out only: these people exist in no mail room but the sample's.
PASSWORD = "solidarity-by-post"  # noqa: S105
PEOPLE = {
    "sam": (Role.SCANNER,),
    "robin": (Role.REVIEWER,),
    "rosa": (Role.REVIEWER,),
    "dana": (Role.DISPATCHER,),
    "coco": (Role.COORDINATOR,),
}


@click.command()
def sample() -> None:
    """Load the sample campaign and people, and drop the sample trays into the inbox.

    Where there are people already, nothing is loaded; if they are the sample's, it says how to sign in.
    """
    settings = settings_or_exit()
    if not (SAMPLES / "campaign.yaml").is_file():
        stop("The sample cards come with the project's checkout, and are not here.")
    with open_database(settings) as database, database.transaction() as session:
        there = {person.name for person in people.everyone(session)}
        if not there:
            _load(session)
    if not there:
        _drop(settings)
    _tell(settings, is_sample=not there or PEOPLE.keys() <= there)


def _load(session: Session) -> None:
    campaign_store.load(session, read_campaign(SAMPLES / "campaign.yaml"), actor=COMMAND_LINE)
    for name, roles in PEOPLE.items():
        people.add_person(session, name, PASSWORD, roles, actor=COMMAND_LINE)
    for tray in _trays():
        trays.open_tray(
            session,
            actor=COMMAND_LINE,
            case=campaign_store.case_of_slug(session, tray["case"]),
            duplex=tray["duplex"],
            note="sample cards",
            folder=tray["folder"],
        )


class _SampleTray(TypedDict):
    folder: str
    case: str
    duplex: bool


def _trays() -> list[_SampleTray]:
    listed: list[_SampleTray] = yaml.safe_load((SAMPLES / "tray" / "tray.yaml").read_text("utf-8"))["trays"]
    return listed


def _drop(settings: Settings) -> None:
    for folder in [tray["folder"] for tray in _trays()]:
        target = settings.inbox_folder / folder
        target.mkdir(parents=True, exist_ok=True)
        for scan in sorted((SAMPLES / "tray" / folder).iterdir()):
            shutil.copyfile(scan, target / scan.name)


def _tell(settings: Settings, *, is_sample: bool) -> None:
    out.print(f"\nThe mail room is open at http://{settings.host}:{settings.port}", style="bold")
    if is_sample:
        out.print(f"Sign in with the password {PASSWORD} as:")
        for name, roles in PEOPLE.items():
            out.print(f"  {name:8}{', '.join(roles)}")
    else:
        out.print(
            "It has people of its own: nothing of the sample was put into it. Sign in as one of them."
        )
    out.print("Stop it with Ctrl-C; it goes on where it stopped.\n")
