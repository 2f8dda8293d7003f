"""The sample campaign shows what a campaign can say, and its cases can be reviewed and sent."""

from pathlib import Path

from mailroom.campaigns import Form, Kind, parse_campaign, read_campaign, write_campaign

CAMPAIGN = Path(__file__).parents[2] / "samples" / "campaign.yaml"


def test_the_sample_campaign_survives_being_written_out() -> None:
    campaign = read_campaign(CAMPAIGN)
    assert parse_campaign(write_campaign(campaign)) == campaign


def test_the_sample_campaign_shows_every_kind_of_case_and_form() -> None:
    campaign = read_campaign(CAMPAIGN)
    destinations = [place for case in campaign.cases for place in case.destinations]
    assert {case.kind for case in campaign.cases} == set(Kind)
    assert {place.form for place in destinations} == set(Form)
    assert len({case.country for case in campaign.cases}) == len(campaign.cases)


def test_every_case_can_be_reviewed_and_sent() -> None:
    for case in read_campaign(CAMPAIGN).cases:
        assert case.guidance.strip(), case.slug
        assert case.open_until is not None, case.slug
        assert case.destinations, case.slug
        assert all(place.address for place in case.destinations), case.slug
