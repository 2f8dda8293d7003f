"""The app: settings, database and vault in, pages out."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from mailroom.database import Database
from mailroom.settings import Settings
from mailroom.vault import Vault
from review_ui import addresses, errors, headers, house, limits, security, visitors, wording
from review_ui.rooms import ROOMS

FORM_BYTES_MAX = 4_000_000
FORM_PARTS_MAX = 500


def create_app(settings: Settings, database: Database, vault: Vault) -> Flask:
    """Build the pages over one database and one vault; every page denies by default."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.cookie_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=settings.scan_bytes_max + FORM_BYTES_MAX,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES_MAX,
        MAX_FORM_PARTS=FORM_PARTS_MAX,
        SESSION_COOKIE_NAME="mailroom",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=settings.sign_in_hours),
        # A desk stands open all day; the token ends with the sign-in.
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI="memory://",
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    addresses.init_app(app)
    house.init_app(app, settings, database, vault)
    visitors.init_app(app)
    security.init_app(app)
    limits.init_app(app)
    headers.init_app(app, https=settings.https)
    errors.init_app(app)
    wording.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
    return app
