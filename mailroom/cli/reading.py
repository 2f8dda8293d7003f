"""``mailroom read`` and ``mailroom screen``: reading and screening without a database."""

from __future__ import annotations

import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click

from mailroom.campaigns import CampaignFileError
from mailroom.cli.campaign import campaign_or_exit
from mailroom.cli.context import err, out, settings_or_exit, stop
from mailroom.cli.scans import ScanReader, screening_data
from mailroom.scope import Scope, scope_of

# Loading the models costs as much as reading a few cards: below this, one process does it all.
FILES_PER_PROCESS = 8

_OBJECT = re.compile(r"\s*\{\s*\"")

Show = Callable[[dict[str, Any]], None]

_campaign = click.option(
    "--campaign", type=click.Path(path_type=Path), help="The campaign file whose rules hold."
)
_case = click.option("--case", "slug", help="The case of that file that the cards are for, by its slug.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_campaign
@_case
@_json
def read(files: tuple[Path, ...], campaign: Path | None, slug: str | None, as_json: bool) -> None:
    """Read and screen the scans in FILES without keeping anything.

    Exit status 1 if one of them could not be read; the others are still read.
    """
    scope = _scope(campaign, slug)
    show: Show = _print_json if as_json else _print_reading
    failed = False
    for result in _read_all(files, scope):
        failed = failed or "error" in result
        show(result)
    raise SystemExit(1 if failed else 0)


@click.command()
@_campaign
@_case
@_json
def screen(campaign: Path | None, slug: str | None, as_json: bool) -> None:
    """Screen plain text on standard input: a message a line, or JSON lines {id, text, language}.

    Exit status 1 if one of them makes no sense; the others are still screened.
    """
    from worker.screening.screener import Screener

    scope = _scope(campaign, slug)
    screener = Screener()
    show: Show = _print_json if as_json else _print_screening
    failed = False
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        # Some programs put a byte order mark in front of what they write.
        line = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            message = _message(line)
        except ValueError as error:
            failed = True
            show({"line": number, "error": str(error)})
            continue
        screening = screener.screen_text(message["text"], scope, message.get("language"))
        named = {"id": message["id"]} if "id" in message else {"text": message["text"]}
        show(named | screening_data(screening))
    raise SystemExit(1 if failed else 0)


def _scope(campaign: Path | None, slug: str | None) -> Scope:
    if campaign is None:
        if slug is not None:
            stop("--case needs --campaign: the file that the case stands in.")
        return Scope()
    try:
        return scope_of(campaign_or_exit(campaign), slug, campaign.resolve().parent)
    except CampaignFileError as error:
        stop(str(error))


def _message(line: str) -> dict[str, Any]:
    """Take a line for a JSON object with a text if it is one, else for the text itself.

    One that begins as an object does and is none is a fault: as a text it would be screened unasked, and
    nobody could tell whose it was.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        if _OBJECT.match(line):
            raise ValueError("This begins as a JSON object does, and is none.") from None
        data = None
    if not isinstance(data, dict):
        return {"text": line.rstrip("\r\n")}
    if not isinstance(data.get("text"), str):
        raise ValueError("A JSON line needs a string 'text'.")
    if not isinstance(data.get("language"), str | None):
        raise ValueError("The language is an ISO 639-3 code such as 'eng', or null.")
    # JSON can name half a character, which is none.
    return data | {"text": _whole(data["text"])}


def _whole(text: str) -> str:
    """The text without halves of characters, which nothing can print."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _read_all(files: Iterable[Path], scope: Scope) -> Iterator[dict[str, Any]]:
    """Read every page of every file, in order, on as many processes as pay."""
    listed = list(files)
    processes = min(os.cpu_count() or 1, math.ceil(len(listed) / FILES_PER_PROCESS))
    with ScanReader(settings_or_exit(), scope) as reader, ThreadPoolExecutor(processes) as pool:
        for results in pool.map(reader.read, listed):
            yield from results


def _print_json(result: dict[str, Any]) -> None:
    # UTF-8 whatever the terminal's; the bytes of a file's name that are none are escaped, as JSON can.
    text = json.dumps(result, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _print_reading(result: dict[str, Any]) -> None:
    file = _whole(result["file"])
    if "error" in result:
        err.print(f"{file}: {result['error']}", style="red", markup=False, highlight=False)
        return
    sure = f"{result['confidence']:.0%} sure"
    out.rule(f"{file}, {result['language'] or 'language unknown'}, {sure}", style="dim")
    out.print(result["text"], markup=False, highlight=False)
    _print_screening(result)


def _print_screening(result: dict[str, Any]) -> None:
    if "error" in result:
        err.print(f"line {result['line']}: {result['error']}", style="red", markup=False, highlight=False)
        return
    for flag in result["flags"]:
        out.print(
            f"  {flag['label']}: {flag['evidence']!r}: {flag['reason']}", markup=False, highlight=False
        )
    out.print(f"lane {result['lane']}: {' '.join(result['reasons'])}", markup=False, highlight=False)
