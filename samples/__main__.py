"""The command: ``python -m samples fonts | tray``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from samples.font_fetch import prepare
from samples.fonts import FontMissingError
from samples.tray import TRAY, render_tray


@click.group()
def main() -> None:
    """Render sample cards."""


@main.command()
def fonts() -> None:
    """Fetch the handwriting fonts with npm and unpack them into .cache/fonts."""
    click.echo(f"{prepare()} font files are ready.")


@main.command()
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=TRAY, help="Folder to write to."
)
def tray(into: Path) -> None:
    """Render the sample tray with its truth."""
    truths = render_tray(into)
    click.echo(f"{len(truths)} sides are in {into}.")


if __name__ == "__main__":
    try:
        main()
    except FontMissingError as error:
        sys.exit(str(error))
