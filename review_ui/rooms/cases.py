"""Cases: whom cards are for, their rules, and the campaign file they come in and go out by."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import campaign_store, rescreening, trays
from mailroom.campaigns import FILE_BYTES_MAX, CampaignFileError, parse_campaign, write_campaign
from mailroom.clock import today
from mailroom.errors import Refusal
from mailroom.records import Campaign, Role
from review_ui import forms, inbox
from review_ui.house import reading, writing
from review_ui.security import roles, signed_in
from review_ui.visitors import person
from review_ui.wording import counted

room = Blueprint("cases", __name__, url_prefix="/cases")


@room.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """List the campaigns and their cases."""
    return _list()


@room.get("/<slug>")
@signed_in
def page(slug: str) -> ResponseReturnValue:
    """Show one case with its rules, guidance and destinations."""
    session = reading()
    try:
        case = campaign_store.case_of_slug(session, slug)
    except Refusal:
        abort(404)
    newest = [count for count in trays.all_trays(session) if count.tray.case_id == case.id]
    return render_template("cases/page.html", case=case, today=today(), trays=newest)


@room.post("/<slug>/<any(close, reopen):wish>")
@roles(Role.COORDINATOR)
def switch(slug: str, wish: str) -> ResponseReturnValue:
    """Close a case, as when people are freed or moved, or open it again."""
    action = campaign_store.close_case if wish == "close" else campaign_store.reopen_case
    with writing() as session:
        case = campaign_store.case_of_slug(session, slug)
        action(session, case, actor=person().name)
    flash(f"{case.name} is {'closed' if wish == 'close' else 'open again'}.")
    return redirect(url_for("cases.page", slug=slug), 303)


@room.post("/campaign-file")
@roles(Role.COORDINATOR)
def bring_in() -> ResponseReturnValue:
    """Bring a campaign up to what its file says, once it is known which cards that has screened anew."""
    try:
        text = _sent_text()
        file = parse_campaign(text)
        touched = [part for part in rescreening.touched(reading(), file) if part.cards]
        if touched and "agreed" not in request.form:
            return render_template("cases/touched.html", file=file, text=text, touched=touched)
        with writing() as session:
            campaign_store.load(session, file, actor=person().name)
    except (CampaignFileError, Refusal) as fault:
        return _list(str(fault).splitlines()), 409
    flash(f"{file.campaign} is up to date: {counted(len(file.cases), 'case')}.")
    if file.marks:
        flash("The file names marks, whose pictures did not come with it: add them under “Marks”.")
    return redirect(url_for("cases.index"), 303)


@room.get("/campaign-file/<int:campaign_id>.yaml")
@roles(Role.COORDINATOR)
def take_out(campaign_id: int) -> ResponseReturnValue:
    """Write a campaign out as its file."""
    session = reading()
    campaign = forms.found(session, Campaign, campaign_id)
    file = campaign_store.export(session, campaign)
    name = inbox.safe_name(f"{campaign.name}.yaml").encode("ascii", "replace").decode().replace("?", "_")
    return Response(
        write_campaign(file),
        mimetype="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _list(faults: list[str] | None = None) -> str:
    campaigns = campaign_store.all_campaigns(reading())
    return render_template("cases/index.html", campaigns=campaigns, today=today(), faults=faults)


def _sent_text() -> str:
    if "agreed" in request.form:
        return forms.text("text", FILE_BYTES_MAX)
    sent = request.files.get("file")
    content = sent.stream.read(FILE_BYTES_MAX + 1) if sent else b""
    if not content:
        raise CampaignFileError("Choose a campaign file first.")
    if len(content) > FILE_BYTES_MAX:
        raise CampaignFileError(f"The file is over {FILE_BYTES_MAX:,} bytes; is it a campaign file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CampaignFileError("The file is not text in UTF-8; is it a campaign file?") from None
