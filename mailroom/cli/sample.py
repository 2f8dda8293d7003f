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

    Where there are people already, it only says how to sign in to the sample.
    """
    settings = settings_or_exit()
    if not (SAMPLES / "campaign.yaml").is_file():
        stop("The sample cards come with the project's checkout, and are not here.")
    with open_database(settings) as database, database.transaction() as session:
        fresh = not people.everyone(session)
        if fresh:
            _load(session)
    if fresh:
        _drop(settings)
    _tell(settings)


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


def _tell(settings: Settings) -> None:
    out.print(f"\nThe mail room is open at http://{settings.host}:{settings.port}", style="bold")
    out.print(f"Sign in with the password {PASSWORD} as:")
    for name, roles in PEOPLE.items():
        out.print(f"  {name:8}{', '.join(roles)}")
    out.print("Stop it with Ctrl-C; it goes on where it stopped.\n")
