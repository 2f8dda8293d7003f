"""Marks: the signs that are sought in the pictures of a campaign's cards, by their samples."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from mailroom import marks
from mailroom.errors import Refusal
from mailroom.finding import Label
from mailroom.mark_samples import LIMITS, SampleRefusedError, take_sample
from mailroom.records import Campaign, Mark, Role
from review_ui import forms
from review_ui.house import house, reading, writing
from review_ui.security import roles, signed_in
from review_ui.visitors import person

room = Blueprint("marks", __name__, url_prefix="/campaigns/<int:campaign_id>/marks")
CACHING = "private, max-age=3600, immutable"


@room.get("/")
@signed_in
def index(campaign_id: int) -> ResponseReturnValue:
    """Show the campaign's marks, and to coordinators the form for a new one."""
    return _page(campaign_id)


@room.post("/")
@roles(Role.COORDINATOR)
def add(campaign_id: int) -> ResponseReturnValue:
    """Have a sign sought; the file sent is opened by a child process alone."""
    campaign = forms.found(reading(), Campaign, campaign_id)
    try:
        name, label = forms.text("name"), forms.choice("label", Label)
        sample = _sent_sample()
        with writing() as session:
            mark = marks.add(
                session,
                house().vault,
                campaign,
                name=name,
                label=label,
                sample=sample,
                actor=person().name,
            )
    except Refusal as refusal:
        return _page(campaign_id, refusal), 409
    flash(f"{mark.name} is sought from now on. Cards read before are looked at anew.")
    return redirect(url_for("marks.index", campaign_id=campaign_id), 303)


@room.post("/<int:mark_id>/remove")
@roles(Role.COORDINATOR)
def remove(campaign_id: int, mark_id: int) -> ResponseReturnValue:
    """Seek a sign no longer."""
    with writing() as session:
        campaign = forms.found(session, Campaign, campaign_id)
        mark = forms.found(session, Mark, mark_id)
        if mark.campaign_id != campaign.id:
            abort(404)
        marks.remove(session, campaign, mark, actor=person().name)
    flash(f"{mark.name} is sought no longer.")
    return redirect(url_for("marks.index", campaign_id=campaign_id), 303)


@room.get("/<int:mark_id>/<key>.png")
@signed_in
def sample(campaign_id: int, mark_id: int, key: str) -> ResponseReturnValue:
    """A mark's sample, as our own child process wrote it; ``key`` is the beginning of its hash."""
    mark = forms.found(reading(), Mark, mark_id)
    if mark.campaign_id != campaign_id or not mark.sample.startswith(key) or len(key) < 8:
        abort(404)
    response: Response = send_file(house().vault.path(mark.sample), mimetype="image/png", etag=mark.sample)
    response.headers["Cache-Control"] = CACHING
    return response


def _page(campaign_id: int, refusal: Refusal | None = None) -> str:
    session = reading()
    campaign = forms.found(session, Campaign, campaign_id)
    return render_template(
        "marks/page.html",
        campaign=campaign,
        marks=marks.marks_of(session, campaign),
        labels=marks.LABELS,
        longest=marks.NAME_LENGTH_MAX,
        refusal=refusal,
        entered=request.form,
    )


def _sent_sample() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise SampleRefusedError("Choose a picture first.")
    with tempfile.TemporaryDirectory(prefix="mailroom-") as folder:
        path = Path(folder) / "sample"
        with path.open("xb") as file:
            shutil.copyfileobj(sent.stream, file)
        if path.stat().st_size > LIMITS.bytes_max:
            raise SampleRefusedError(f"The picture is over {LIMITS.bytes_max:,} bytes. Save it smaller.")
        return take_sample(path)
