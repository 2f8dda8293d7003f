"""People: who works here, what they may do, and their sign-ins."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mailroom import ledger
from mailroom.clock import now
from mailroom.errors import Refusal
from mailroom.records import Person, Role, SignIn

PASSWORD_LENGTH_MIN = 12
PASSWORD_LENGTH_MAX = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_hasher = PasswordHasher()


class SignInRefusedError(Refusal):
    """The name and the password do not fit."""


class PersonError(Refusal):
    """These data do not make a person; the message says why."""


def add_person(
    session: Session, name: str, password: str, roles: Collection[Role], *, actor: str
) -> Person:
    """Add a person; raises PersonError on a taken or unusable name, weak password or no role."""
    if not _NAME.fullmatch(name):
        raise PersonError("A name has small letters, digits, dots and dashes, at most 60 of them.", "name")
    if session.scalar(select(Person.id).where(Person.name == name)):
        raise PersonError(f"There is a person {name} already. Choose another name.", "name")
    person = Person(name=name, roles=_roles(roles), password=_hash(password))
    session.add(person)
    session.flush()
    ledger.note(session, actor, "person.added", name, roles=person.roles)
    return person


def set_password(session: Session, person: Person, password: str, *, actor: str) -> None:
    """Set a new password and end every sign-in of that person; raises PersonError."""
    person.password = _hash(password)
    _end_sign_ins(session, person)
    ledger.note(session, actor, "person.password", person.name)


def check_password(person: Person, password: str) -> None:
    """Raise PersonError if this is not the person's password."""
    if not _fits(person.password, password):
        raise PersonError("That is not your present password.", "current")


def set_roles(session: Session, person: Person, roles: Collection[Role], *, actor: str) -> None:
    """Set what a person may do; raises PersonError where nobody would be left to coordinate."""
    wanted = _roles(roles)
    if Role.COORDINATOR not in wanted:
        _refuse_last_coordinator(session, person)
    person.roles = wanted
    ledger.note(session, actor, "person.roles", person.name, roles=wanted)


def set_active(session: Session, person: Person, active: bool, *, actor: str) -> None:
    """Let a person in or keep them out, ending their sign-ins; raises PersonError."""
    if not active:
        _refuse_last_coordinator(session, person)
        _end_sign_ins(session, person)
    person.active = active
    ledger.note(session, actor, "person.active" if active else "person.inactive", person.name)


def person_named(session: Session, name: str) -> Person:
    """The person of that name; raises PersonError."""
    person = session.scalar(select(Person).where(Person.name == name))
    if person is None:
        raise PersonError(f"There is no person {name}.")
    return person


def everyone(session: Session) -> Sequence[Person]:
    """All people, by name."""
    return session.scalars(select(Person).order_by(Person.name)).all()


def sign_in(session: Session, name: str, password: str, hours: float) -> tuple[SignIn, str]:
    """Begin a sign-in; return it with its token, which stands nowhere else. Raises SignInRefusedError."""
    person = session.scalar(select(Person).where(Person.name == name))
    fits = _fits(person.password if person else _nobodys_password(), password)
    if person is None or not fits or not person.active:
        raise SignInRefusedError("Name and password do not fit. Try again, or ask your coordinator.")
    if _hasher.check_needs_rehash(person.password):
        person.password = _hasher.hash(password)
    token = secrets.token_urlsafe(32)
    begun = SignIn(token_hash=_digest(token), person=person, ends_at=now() + dt.timedelta(hours=hours))
    session.add(begun)
    session.flush()
    ledger.note(session, person.name, "person.signed_in", person.name)
    return begun, token


def by_token(session: Session, token: str) -> SignIn | None:
    """The sign-in of a token, if it still holds."""
    begun = session.scalar(select(SignIn).where(SignIn.token_hash == _digest(token)))
    if begun is None or begun.ends_at <= now() or not begun.person.active:
        return None
    return begun


def sign_out(session: Session, token: str) -> None:
    """End the sign-in of a token."""
    begun = session.scalar(select(SignIn).where(SignIn.token_hash == _digest(token)))
    if begun is not None:
        ledger.note(session, begun.person.name, "person.signed_out", begun.person.name)
        session.delete(begun)


def forget_ended_sign_ins(session: Session) -> None:
    """Delete sign-ins whose time is over."""
    session.execute(delete(SignIn).where(SignIn.ends_at <= now()))


def _roles(roles: Collection[Role]) -> list[str]:
    if not roles:
        raise PersonError("Give the person at least one role: " + ", ".join(Role) + ".", "roles")
    return sorted(Role(role).value for role in set(roles))


def _hash(password: str) -> str:
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        raise PersonError(
            f"A password has {PASSWORD_LENGTH_MIN} to {PASSWORD_LENGTH_MAX} characters.", "password"
        )
    return _hasher.hash(password)


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password[:PASSWORD_LENGTH_MAX])
    except Argon2Error:
        return False


@cache
def _nobodys_password() -> str:
    """A hash checked where there is no such person, so that the answer takes as long."""
    return _hasher.hash(secrets.token_hex(16))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _end_sign_ins(session: Session, person: Person) -> None:
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def _refuse_last_coordinator(session: Session, person: Person) -> None:
    others = [
        p for p in everyone(session) if p.id != person.id and p.active and Role.COORDINATOR in p.roles
    ]
    if Role.COORDINATOR in person.roles and not others:
        raise PersonError(f"{person.name} is the only coordinator. Make somebody else coordinator first.")
