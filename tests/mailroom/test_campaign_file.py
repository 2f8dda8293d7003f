"""A campaign file means what it says, and what is wrong with it is said plainly."""

from __future__ import annotations

import pytest

from mailroom.campaigns import CampaignFileError, parse_campaign, write_campaign
from tests.house import CAMPAIGN


def _with(**values: str) -> str:
    """The campaign of the tests, with other values behind some keys of its first case."""
    lines = CAMPAIGN.splitlines()
    for key, value in values.items():
        place = next(number for number, line in enumerate(lines) if line.startswith(f"    {key}:"))
        lines[place] = f"    {key}: {value}"
    return "\n".join(lines)


def test_words_that_yaml_takes_for_something_else_are_text() -> None:
    case = parse_campaign(_with(country="NO", words="[on, yes, 1989, 2026-12-24]", name="007")).cases[0]
    assert (case.country, case.name) == ("NO", "007")
    assert case.words == ("on", "yes", "1989", "2026-12-24")


def test_numbers_dates_and_truths_are_still_what_they_were() -> None:
    file = CAMPAIGN.replace("grams: 500", "grams: 500, handwritten_only: yes")
    campaign = parse_campaign(file)
    limits = campaign.cases[0].destinations[0].limits
    assert (limits.items, limits.grams, limits.handwritten_only) == (3, 500, True)
    assert (campaign.starts.day, campaign.ends.year) == (1, 2027)


def test_odd_words_come_out_as_they_went_in() -> None:
    campaign = parse_campaign(_with(country="NO", words="[on, 'null', 1989, '~']"))
    assert parse_campaign(write_campaign(campaign)) == campaign


def test_key_with_nothing_behind_it_counts_as_left_out() -> None:
    case = parse_campaign(_with(also="", words="", country="", guidance="")).cases[0]
    assert (case.also, case.words, case.country, case.guidance) == ((), (), None, "")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (CAMPAIGN.replace("2027-01-31", "2027-02-29"), r"^ends: a date stands here, .*\(day"),
        (CAMPAIGN.replace("2027-01-31", "31.1.2027"), r"^ends: a date stands here, such as 2026-11-30"),
        (_with(country="by"), r"^cases\.0\.country: two capital letters"),
        (_with(languages="[en]"), r"^cases\.0\.languages\.0: three small letters"),
        ("campaign: W\nstarts: 2026-11-01\nends: 2026-11-01\ncases: []", "^cases: at least one"),
        ("[" * 3000, "^This is not valid YAML"),
        (_with(languages="eng"), r"^cases\.0\.languages: a list stands here"),
        (_with(words="[freedom]\n    words: [fight]"), "line 13, .*'words' stands twice"),
        (_with(words="[freedom]\n    langauges: [eng]"), r"langauges: there is no such key"),
        (CAMPAIGN.replace("    name: Nadia K.\n", ""), r"cases\.0\.name: this is missing"),
        (CAMPAIGN.replace("items: 3", "items: some"), r"limits\.items: .*integer"),
    ],
)
def test_fault_is_named_with_its_place(file: str, words: str) -> None:
    with pytest.raises(CampaignFileError, match=words):
        parse_campaign(file)
