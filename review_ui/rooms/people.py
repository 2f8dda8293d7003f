"""People: who works here and what they may do."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mailroom import people
from mailroom.errors import Refusal
from mailroom.records import Person, Role
from review_ui import forms
from review_ui.house import reading, writing
from review_ui.security import roles, signed_in
from review_ui.visitors import person

PASSWORD_FORM_MAX = 1000

room = Blueprint("people", __name__, url_prefix="/people")


@room.get("/")
@roles(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List everybody."""
    return _list()


@room.post("/")
@roles(Role.COORDINATOR)
def add() -> ResponseReturnValue:
    """Add a person."""
    try:
        name = forms.text("name", 200).casefold()
        with writing() as session:
            people.add_person(
                session, name, _password("password"), forms.choices("roles", Role), actor=person().name
            )
    except Refusal as refusal:
        return _list(refusal), 409
    flash(f"{name} can sign in now.")
    return redirect(url_for("people.index"), 303)


@room.post("/<int:person_id>/roles")
@roles(Role.COORDINATOR)
def set_roles(person_id: int) -> ResponseReturnValue:
    """Set what a person may do."""
    try:
        with writing() as session:
            who = forms.found(session, Person, person_id)
            people.set_roles(session, who, forms.choices("roles", Role), actor=person().name)
    except Refusal as refusal:
        return _list(refusal, person_id), 409
    flash(f"The roles of {who.name} are set.")
    return redirect(url_for("people.index"), 303)


@room.post("/<int:person_id>/<any(admit, bar):wish>")
@roles(Role.COORDINATOR)
def switch(person_id: int, wish: str) -> ResponseReturnValue:
    """Let a person in, or keep them out and end their sign-ins."""
    try:
        with writing() as session:
            who = forms.found(session, Person, person_id)
            people.set_active(session, who, wish == "admit", actor=person().name)
    except Refusal as refusal:
        return _list(refusal, person_id), 409
    flash(f"{who.name} {'may sign in again' if wish == 'admit' else 'can no longer sign in'}.")
    return redirect(url_for("people.index"), 303)


@room.post("/<int:person_id>/password")
@roles(Role.COORDINATOR)
def set_password(person_id: int) -> ResponseReturnValue:
    """Give a person a new password."""
    try:
        with writing() as session:
            who = forms.found(session, Person, person_id)
            people.set_password(session, who, _password("password"), actor=person().name)
    except Refusal as refusal:
        return _list(refusal, person_id), 409
    flash(f"{who.name} has a new password and has been signed out everywhere.")
    return redirect(url_for("people.index"), 303)


@room.get("/me")
@signed_in
def me() -> ResponseReturnValue:
    """Show people their own roles and let them change their password."""
    return render_template("people/me.html")


@room.post("/me")
@signed_in
def change_own() -> ResponseReturnValue:
    """Change one's own password; ends every sign-in, this one too."""
    try:
        with writing() as session:
            who = forms.found(session, Person, person().id)
            people.check_password(who, _password("current"))
            people.set_password(session, who, _password("password"), actor=who.name)
    except Refusal as refusal:
        return render_template("people/me.html", refusal=refusal), 409
    flash("Your password is changed. Please sign in with it.")
    return redirect(url_for("sign_in.form"), 303)


def _list(refusal: Refusal | None = None, refused_id: int | None = None) -> str:
    """The list; ``refused_id`` is the person whose change was refused, None where that was a new one."""
    return render_template(
        "people/index.html",
        everyone=people.everyone(reading()),
        refusal=refusal,
        refused_id=refused_id,
        entered=MultiDict() if refused_id else request.form,
    )


def _password(field: str) -> str:
    value = request.form.get(field, "")
    if len(value) > PASSWORD_FORM_MAX:
        raise forms.FormError("That password is too long.", field)
    return value
