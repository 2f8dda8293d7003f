"""The ``mailroom`` command: the one place that knows all four packages."""

from __future__ import annotations

from importlib import import_module

import click

# Where each command stands. Only the one asked for is imported: each process of the mail room is such a
# command, and need not load what the others do.
COMMANDS = {
    "run": "services:run",
    "demo": "services:demo",
    "web": "services:web",
    "scanner": "services:scanner",
    "worker": "services:worker",
    "housekeeper": "services:housekeeper",
    "second-reader": "services:second_reader",
    "redis": "services:redis",
    "prepare": "prepare:prepare",
    "health": "health:health",
    "sample": "sample:sample",
    "import": "importing:import_scans",
    "read": "reading:read",
    "screen": "reading:screen",
    "screening": "screening:screening",
    "rescreen": "rescreen:rescreen",
    "campaign": "campaign:campaign",
    "person": "person:person",
    "ledger": "ledger:ledger",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"mailroom.cli.{module}"), name)
        return command


@click.group(cls=_Commands)
@click.version_option(package_name="mailroom")
def main() -> None:
    """Run a mail room: scan, read, screen, review, pack and dispatch cards of solidarity."""
