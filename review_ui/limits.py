"""How often somebody may try: guessing passwords is made slow."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

PER_NAME = "10 per minute"
PER_ADDRESS = "60 per minute"

limiter = Limiter(get_remote_address)


def init_app(app: Flask) -> None:
    """Count this app's requests where a view asks for it."""
    limiter.init_app(app)


def name_tried() -> str:
    """The name that a sign-in is tried for, whoever tries it."""
    return request.form.get("name", "").strip().casefold()[:60]
