"""Trust: what the lanes let through, whether cards may travel unseen, and how each rule fares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from mailroom import campaign_store, dial, proportions, rescreening, rule_catalogue, rule_records, trust
from mailroom.errors import Refusal
from mailroom.finding import Lane
from mailroom.records import Campaign, Role
from mailroom.trust import Forecast, Rate
from review_ui import forms
from review_ui.house import reading, writing
from review_ui.security import roles
from review_ui.visitors import person
from review_ui.wording import counted

TERMS: dict[str, Callable[[str], float]] = {
    "confidence": lambda name: forms.percent(name, *dial.CONFIDENCE_RANGE),
    "share": lambda name: forms.percent(name, *dial.SHARE_RANGE),
    "limit": lambda name: forms.percent(name, *dial.LIMIT_RANGE),
}

room = Blueprint("trust", __name__, url_prefix="/trust")


@dataclass(frozen=True, slots=True)
class LaneSheet:
    """What was measured of a lane: all of it, each language, and how many rechecks are not settled."""

    lane: Lane
    whole: Rate
    parts: list[Rate]
    open: int


@dataclass(frozen=True, slots=True)
class CampaignSheet:
    """A campaign with its dial, what was measured and what the dial would do."""

    campaign: Campaign
    why_not: str
    clean_needed: int
    lanes: tuple[LaneSheet, ...]
    whole: Forecast
    forecasts: list[Forecast]


@room.get("/")
@roles(Role.COORDINATOR)
def page() -> ResponseReturnValue:
    """Show each campaign's dial with what was measured."""
    return _page()


@room.get("/rules")
@roles(Role.COORDINATOR)
def rules() -> ResponseReturnValue:
    """Show how often each rule fired, and what people made of it."""
    session = reading()
    records = rule_records.rule_records(session)
    return render_template(
        "trust/rules.html",
        records=records,
        noisy=rule_records.noisy(records),
        silent=rule_catalogue.silent(session),
        changed=rule_catalogue.changed_since_rescreening(session),
        cards=rescreening.all_counts(session),
    )


@room.post("/rules/rescreen")
@roles(Role.COORDINATOR)
def rescreen() -> ResponseReturnValue:
    """Have every card that has not left screened anew."""
    with writing() as session:
        count = rescreening.ask(session, None, actor=person().name)
    flash(f"{counted(count)} {'is' if count == 1 else 'are'} screened anew in the background.")
    return redirect(url_for("trust.page"), 303)


@room.post("/<int:campaign_id>/<any(on, back, anew):wish>")
@roles(Role.COORDINATOR)
def turn(campaign_id: int, wish: str) -> ResponseReturnValue:
    """Turn the dial on or back, or begin to measure anew."""
    deeds = {
        "on": (dial.turn_on, "Clear cards travel from now on without a person looking at them."),
        "back": (
            dial.turn_back,
            "A person glances at every card again. Clear ones that are here come back.",
        ),
        "anew": (dial.measure_anew, "Measuring begins anew."),
    }
    deed, words = deeds[wish]
    try:
        with writing() as session:
            deed(session, forms.found(session, Campaign, campaign_id), actor=person().name)
    except Refusal as refusal:
        return _page(refusal), 409
    flash(words)
    return redirect(url_for("trust.page"), 303)


@room.post("/<int:campaign_id>/terms")
@roles(Role.COORDINATOR)
def set_terms(campaign_id: int) -> ResponseReturnValue:
    """Set the confidence, the share of rechecks and the limit."""
    try:
        terms = forms.together(TERMS)
        with writing() as session:
            campaign = forms.found(session, Campaign, campaign_id)
            was_on = campaign.clear_allowed
            dial.set_terms(session, campaign, **terms, actor=person().name)
            turned_back = was_on and not campaign.clear_allowed
    except Refusal as refusal:
        return _page(refusal, campaign_id), 409
    flash("The terms are set." + (" By them, the dial has turned back." if turned_back else ""))
    return redirect(url_for("trust.page"), 303)


def _page(refusal: Refusal | None = None, refused_id: int | None = None) -> str:
    """The page; ``refused_id`` is the campaign whose terms make no sense, and come back as entered."""
    session = reading()
    return render_template(
        "trust/page.html",
        sheets=[_sheet(session, campaign) for campaign in campaign_store.all_campaigns(session)],
        rescreened=rescreening.outstanding(session),
        refusal=refusal,
        refused_id=refused_id,
        entered=request.form,
    )


def _sheet(session: Session, campaign: Campaign) -> CampaignSheet:
    forecasts = trust.forecasts(session, campaign)
    return CampaignSheet(
        campaign,
        dial.why_not(session, campaign),
        proportions.clean_needed(campaign.miss_limit),
        tuple(_lane(session, campaign, lane) for lane in (Lane.CLEAR, Lane.GLANCE)),
        trust.total(forecasts),
        forecasts,
    )


def _lane(session: Session, campaign: Campaign, lane: Lane) -> LaneSheet:
    return LaneSheet(
        lane,
        trust.lane_rate(session, campaign, lane),
        trust.rates(session, campaign, lane),
        trust.open_rechecks(session, campaign, lane),
    )
