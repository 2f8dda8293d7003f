"""Who is asking: sign-ins kept on the server, of which the cookie holds only a random token."""

from __future__ import annotations

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from mailroom import people
from mailroom.records import Person, Role
from review_ui.house import house


class Visitor(UserMixin):  # type: ignore[misc]
    """A person behind a sign-in."""

    def __init__(self, token: str, person: Person) -> None:
        self.token = token
        self.person = person

    def get_id(self) -> str:
        """The token, which is all that the cookie holds."""
        return self.token

    def may(self, *roles: Role) -> bool:
        """Whether this person has one of ``roles``."""
        return self.person.may(*roles)


def init_app(app: Flask) -> None:
    """Look each request's sign-in up in the database."""
    manager = LoginManager(app)
    # The token is checked against the database each time; an address that changes is no attack here.
    manager.session_protection = None
    manager.user_loader(_visitor)


def begin(token: str, person: Person) -> None:
    """Sign this browser in, with a fresh cookie session."""
    session.clear()
    session.permanent = True
    login_user(Visitor(token, person))


def end() -> None:
    """Forget this browser's sign-in."""
    logout_user()
    session.clear()


def visitor() -> Visitor | None:
    """Who is asking; None for somebody who has not signed in."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def person() -> Person:
    """The person asking, on a page that only people who have signed in reach."""
    found: Person = current_user.person
    return found


def _visitor(token: str) -> Visitor | None:
    with house().database.reading() as unit:
        sign_in = people.by_token(unit, token)
        return Visitor(token, sign_in.person) if sign_in else None
