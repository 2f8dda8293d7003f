"""``mailroom person``: who works here."""

from __future__ import annotations

import click
from rich.table import Table

from mailroom import people
from mailroom.cli.context import COMMAND_LINE, open_database, out, settings_or_exit, stop
from mailroom.errors import Refusal
from mailroom.records import Role


@click.group()
def person() -> None:
    """Add and list people, and set their passwords."""


_password = click.option(
    "--password",
    envvar="MAILROOM_PASSWORD",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for if not given; better given by MAILROOM_PASSWORD than on the command line.",
)


@person.command()
@click.argument("name")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role])
)
@_password
def add(name: str, roles: tuple[str, ...], password: str) -> None:
    """Add the person NAME."""
    with open_database(settings_or_exit()) as database:
        try:
            with database.transaction() as session:
                people.add_person(
                    session, name, password, [Role(role) for role in roles], actor=COMMAND_LINE
                )
        except Refusal as refusal:
            stop(str(refusal))
    out.print(f"{name} may sign in as {', '.join(roles)}.", markup=False)


@person.command("password")
@click.argument("name")
@_password
def set_password(name: str, password: str) -> None:
    """Set a new password for NAME, ending their sign-ins."""
    with open_database(settings_or_exit()) as database:
        try:
            with database.transaction() as session:
                people.set_password(
                    session, people.person_named(session, name), password, actor=COMMAND_LINE
                )
        except Refusal as refusal:
            stop(str(refusal))
    out.print(f"{name} has a new password.", markup=False)


@person.command("list")
def list_people() -> None:
    """List everyone with their roles."""
    table = Table("name", "roles", "may sign in")
    with open_database(settings_or_exit()) as database, database.reading() as session:
        for someone in people.everyone(session):
            table.add_row(someone.name, ", ".join(someone.roles), "yes" if someone.active else "no")
    out.print(table)
