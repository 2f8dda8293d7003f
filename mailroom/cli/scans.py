"""Reading scans for the command line, each thread with a sandboxed child of its own."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mailroom.finding import Screening
from mailroom.pictures import PictureLimits
from mailroom.sandbox import RemoteError, Sandbox, SandboxError
from mailroom.scope import Scope
from mailroom.settings import Settings
from worker.sandboxed import reading_sandbox


class ScanReader:
    """Reads files page by page; safe to call from several threads."""

    def __init__(self, settings: Settings, scope: Scope) -> None:
        self._settings = settings
        self._scope = scope.as_data()
        limits = PictureLimits(settings.scan_bytes_max, settings.scan_pixels_max, settings.scan_pages_max)
        self._limits = asdict(limits)
        self._own = threading.local()
        self._sandboxes: list[Sandbox] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for sandbox in self._sandboxes:
            sandbox.close()

    def read(self, file: Path) -> list[dict[str, Any]]:
        """Read every page of a file; what cannot be read gives ``{file, error}``."""
        fault = _why_no_file(file)
        if fault:
            return [{"file": str(file), "error": fault}]
        results: list[dict[str, Any]] = []
        try:
            pages = self._call({"do": "inspect", "path": str(file.resolve())})["pages"]
            results.extend(self._read_page(file, page, pages) for page in range(pages))
        except SandboxError as error:
            message = error.message if isinstance(error, RemoteError) else str(error)
            results.append({"file": str(file), "error": message})
        return results

    def _read_page(self, file: Path, page: int, pages: int) -> dict[str, Any]:
        side = {"path": str(file.resolve()), "page": page}
        answer = self._call({"do": "read", "sides": [side], "scope": self._scope, "views": False})
        reading = answer["sides"][0]["reading"]
        screening = Screening.from_data(answer["screening"])
        numbered = {"page": page + 1} if pages > 1 else {}
        return {"file": str(file)} | numbered | _reading_data(reading) | screening_data(screening)

    def _call(self, request: dict[str, Any]) -> dict[str, Any]:
        sandbox: Sandbox | None = getattr(self._own, "sandbox", None)
        if sandbox is None:
            sandbox = self._own.sandbox = reading_sandbox(self._settings)
            self._sandboxes.append(sandbox)
        return sandbox.call(request | {"limits": self._limits}, self._settings.reading_seconds)


def _why_no_file(path: Path) -> str:
    """Why there is no file to read at ``path``; empty if there is one."""
    try:
        if path.is_dir():
            return "This is a folder: name the files in it."
        return "" if path.is_file() else "There is no such file."
    except OSError as error:
        return f"This cannot be opened: {error.strerror}."


def screening_data(screening: Screening) -> dict[str, Any]:
    """Give a screening in the form that programs get it."""
    addressee = screening.addressee
    return {
        "flags": [
            {key: value for key, value in finding.as_data().items() if key != "side"}
            for finding in screening.findings
        ],
        "addressee": {"slug": addressee.slug, "score": round(addressee.score, 3)} if addressee else None,
        "lane": screening.lane,
        "reasons": list(screening.reasons),
    }


def _reading_data(reading: dict[str, Any]) -> dict[str, Any]:
    told = ("text", "confidence", "language", "script", "rotation", "handwritten", "printed")
    lines = [
        {"text": line["text"], "confidence": line["confidence"], "box": line["box"]}
        for line in reading["lines"]
    ]
    return {key: reading[key] for key in (*told, "content", "codes")} | {"lines": lines}
