"""The ``mailroom`` command: the one place that knows all four packages."""

from __future__ import annotations

import click

from mailroom.cli.campaign import campaign
from mailroom.cli.health import health
from mailroom.cli.importing import import_scans
from mailroom.cli.ledger import ledger
from mailroom.cli.person import person
from mailroom.cli.reading import read, screen
from mailroom.cli.sample import sample
from mailroom.cli.services import demo, housekeeper, redis, run, scanner, web, worker


@click.group()
@click.version_option(package_name="mailroom")
def main() -> None:
    """Run a mail room: scan, read, screen, review, pack and dispatch cards of solidarity."""


for command in (
    run,
    demo,
    web,
    scanner,
    worker,
    housekeeper,
    redis,
    health,
    sample,
    import_scans,
    read,
    screen,
    campaign,
    person,
    ledger,
):
    main.add_command(command)
