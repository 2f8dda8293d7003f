"""The desk: one card at a time, large, with its flags, its text and the rules of its case."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import decisions, desk, errands, transcripts, trays, writings
from mailroom.campaign_store import all_campaigns
from mailroom.records import Card, Case, ErrandKind, Role, Stage
from review_ui import chosen, languages, passed
from review_ui.house import house, reading, writing
from review_ui.security import roles
from review_ui.sheets import lay_out
from review_ui.visitors import person

FOR_PEOPLE = frozenset({Stage.WAITING, Stage.HELD})

room = Blueprint("desk", __name__, url_prefix="/desk")


@room.get("/")
@roles(Role.REVIEWER)
def next_() -> ResponseReturnValue:
    """Claim the next card and show it; without one, say that all is done."""
    with writing() as session:
        seconds = house().settings.claim_seconds
        only = chosen.codes()
        card = desk.next_card(session, person(), seconds, passed.cards(), only)
        if card is None and passed.cards():
            passed.forget()
            card = desk.next_card(session, person(), seconds, (), only)
    return _show(card) if card else _nothing_left()


@room.get("/<code>/<int:position>")
@roles(Role.REVIEWER)
def page(code: str, position: int) -> ResponseReturnValue:
    """Claim a certain card and show it; one that waits for nobody is shown with its history instead."""
    with writing() as session:
        card = trays.card_at(session, trays.tray_by_code(session, code), position)
        if card is None:
            abort(404)
        if card.stage not in FOR_PEOPLE:
            return redirect(url_for("cards.page", code=code, position=position))
        desk.open_card(session, person(), card.id, house().settings.claim_seconds)
    return _show(card)


@room.get("/languages")
@roles(Role.REVIEWER)
def writings_() -> ResponseReturnValue:
    """Ask which languages and scripts this person reads, among those that wait or are chosen."""
    session = reading()
    read = writings.languages_at(session, desk.DESK_LANES)
    unread = writings.unread_scripts_at(session, desk.DESK_LANES)
    # What is chosen stays so, although no card in it waits now.
    for code in chosen.codes():
        (unread if chosen.is_script(code) else read).setdefault(code, 0)
    return render_template("desk/languages.html", languages=read, scripts=unread, only=chosen.codes())


@room.post("/languages")
@roles(Role.REVIEWER)
def choose() -> ResponseReturnValue:
    """Show this person cards in the chosen ones from now on."""
    chosen.choose(request.form.getlist("writing"))
    passed.forget()
    return redirect(url_for("desk.next_"), 303)


@room.get("/break")
@roles(Role.REVIEWER)
def pause() -> ResponseReturnValue:
    """Wish a good break."""
    return render_template("desk/break.html")


def _show(card: Card) -> ResponseReturnValue:
    session = reading()
    return render_template(
        "desk/page.html",
        card=card,
        sheet=lay_out(card),
        case=session.get(Case, card.case_id) if card.case_id else None,
        agreed=decisions.agreed_by(session, card) - {person().name},
        needed=decisions.people_needed(card),
        queue=desk.queue_counts(session),
        campaigns=all_campaigns(session),
        reasons=desk.RejectReason,
        coming=_coming(card),
        only=chosen.codes(),
        languages=languages.choices(),
        given_up=transcripts.was_given_up(card),
        being_read=bool(errands.waiting_for(session, ErrandKind.READ, [card.id])),
        being_screened=any(
            errands.waiting_for(session, kind, [card.id]) for kind in (ErrandKind.SCREEN, ErrandKind.LOOK)
        ),
    )


def _nothing_left() -> ResponseReturnValue:
    session = reading()
    return render_template(
        "desk/empty.html",
        queue=desk.queue_counts(session),
        held=desk.held_count(session),
        only=chosen.codes(),
    )


def _coming(card: Card) -> Card | None:
    """The card that will likely come next, so that its picture can be fetched ahead."""
    return desk.peek_card(reading(), person(), [*passed.cards(), card.id], chosen.codes())
