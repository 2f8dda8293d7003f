"""Uploads: files from a browser are laid in the inbox of their tray."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mailroom import trays
from mailroom.records import Role
from review_ui import inbox
from review_ui.forms import FormError
from review_ui.house import house, reading
from review_ui.security import roles

room = Blueprint("uploads", __name__)


@room.post("/trays/<code>/files")
@roles(Role.SCANNER)
def receive(code: str) -> ResponseReturnValue:
    """Lay the files sent in the tray's inbox folder; the scanner takes them from there."""
    tray = trays.tray_by_code(reading(), code)
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise FormError("Choose at least one file first.", "file")
    folder = house().settings.inbox_folder
    names = [inbox.lay(file.stream, file.filename or "", folder, tray.folder) for file in files]
    if request.accept_mimetypes.best == "application/json":
        return jsonify(names=names)
    flash(f"{len(names)} {'file' if len(names) == 1 else 'files'} received.")
    return redirect(url_for("trays.page", code=tray.code), 303)
