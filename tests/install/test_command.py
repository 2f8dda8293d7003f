"""Every command that the table names is there, and explains itself."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from mailroom.cli import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_explains_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(main, ["fax"])
    assert result.exit_code == 2
    assert "No such command" in result.output
