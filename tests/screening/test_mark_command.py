"""Marks by the command: added, listed, removed, and taken from a campaign file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailroom.campaigns import CampaignFileError, parse_campaign
from mailroom.finding import Label
from mailroom.scope import Scope, scope_of
from tests.commands import Command
from tests.house import CAMPAIGN
from tests.screening.mark_pictures import with_sign, write_picture, write_sample

MARKS = "marks: [{name: Lamp, picture: signs/lantern.png, label: organisation}]\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A campaign file with a mark, its sample beside it."""
    (tmp_path / "signs").mkdir()
    write_sample(tmp_path / "signs", "lantern")
    path = tmp_path / "campaign.yaml"
    path.write_text(MARKS + CAMPAIGN, encoding="utf-8")
    return path


def test_marks_are_added_listed_and_removed(command: Command, file: Path) -> None:
    assert command("campaign", "load", file).exit_code == 0
    assert command("campaign", "load", file).exit_code == 0
    assert command("campaign", "mark", "list").output == "Lamp\torganisation\n"
    sample = write_sample(file.parent, "shield").picture
    assert command("campaign", "mark", "add", sample, "--name", "Arms").exit_code == 0
    assert command("campaign", "mark", "list").output == "Arms\tmark\nLamp\torganisation\n"
    assert command("campaign", "mark", "add", sample, "--name", "Arms").exit_code == 1
    assert command("campaign", "mark", "remove", "Lamp", "--campaign", "Winter 2026").exit_code == 0
    assert command("campaign", "mark", "remove", "Lamp").exit_code == 1
    assert command("campaign", "mark", "list").output == "Arms\tmark\n"


def test_what_is_no_sample_is_refused_in_words(command: Command, file: Path) -> None:
    assert command("campaign", "load", file).exit_code == 0
    for sample in (file, file.parent / "none.png"):
        result = command("campaign", "mark", "add", sample, "--name", "Arms")
        assert result.exit_code == 1
    (file.parent / "signs" / "lantern.png").unlink()
    assert command("campaign", "load", file).exit_code == 1


@pytest.mark.slow
def test_reading_by_a_campaign_file_seeks_its_marks(command: Command, file: Path) -> None:
    card = file.parent / "card.png"
    write_picture(card, with_sign("lantern")[0])
    result = command("read", card, "--campaign", file, "--case", "nadia-k", "--json")
    assert result.exit_code == 0
    flags = json.loads(result.stdout)["flags"]
    assert [flag["label"] for flag in flags if flag["rule"] == "mark.Lamp"] == ["organisation"]


def test_a_scope_with_marks_survives_its_journey_as_data(file: Path) -> None:
    campaign = parse_campaign(file.read_text(encoding="utf-8"))
    scope = scope_of(campaign, "nadia-k", file.parent)
    assert [(mark.name, mark.label) for mark in scope.marks] == [("Lamp", Label.ORGANISATION)]
    assert Scope.from_data(json.loads(json.dumps(scope.as_data()))) == scope
    assert scope_of(campaign, "nadia-k").marks == ()
    with pytest.raises(CampaignFileError, match=r"no picture signs/lantern.png"):
        scope_of(campaign, "nadia-k", file.parent / "elsewhere")


@pytest.mark.parametrize("marks", ["[{name: A, picture: a.png, label: abuse}]", "[{name: A}]", "[A]"])
def test_marks_that_make_no_sense_are_refused_with_their_place(marks: str) -> None:
    with pytest.raises(CampaignFileError, match=r"^marks\.0"):
        parse_campaign(f"marks: {marks}\n{CAMPAIGN}")
