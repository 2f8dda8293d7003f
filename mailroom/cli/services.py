"""The processes of a mail room, one command each, and the one that runs them all."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import click

from mailroom.cli.context import (
    make_folder_or_exit,
    open_database,
    open_vault,
    settings_or_exit,
    start_log,
    stop,
)

DEMO_FOLDER = "demo"


@click.command()
def run() -> None:
    """Run the whole mail room on this machine until Ctrl-C."""
    _supervise(demo=False)


@click.command()
def demo() -> None:
    """Run a mail room with a sample campaign and trays of sample cards.

    It keeps to the folder `demo`, unless MAILROOM_DATA names another: its people's password is no secret.
    """
    os.environ.setdefault("MAILROOM_DATA", DEMO_FOLDER)
    _supervise(demo=True)


@click.command()
def web() -> None:
    """Serve the pages."""
    import waitress

    from review_ui import create_app

    settings = settings_or_exit()
    start_log()
    with open_database(settings) as database:
        app = create_app(settings, database, open_vault(settings))
        waitress.serve(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.web_threads,
            ident=None,
            max_request_body_size=settings.scan_bytes_max,
            clear_untrusted_proxy_headers=True,
        )


@click.command()
def scanner() -> None:
    """Watch the inbox and take in what is dropped there."""
    from scanner.service import run_scanner

    settings = settings_or_exit()
    start_log()
    with open_database(settings) as database:
        run_scanner(settings, database, open_vault(settings), _stopped_by_signal())


@click.command()
def worker() -> None:
    """Read and screen cards, one at a time; start as many as there are cores."""
    from mailroom.sandbox import SandboxError
    from worker.service import run_worker

    settings = settings_or_exit()
    start_log()
    with open_database(settings) as database:
        try:
            run_worker(settings, database, open_vault(settings))
        except SandboxError as error:
            stop(f"The reading child does not start: {error}")


@click.command()
def housekeeper() -> None:
    """Ring again for work that is due, and forget what is over."""
    from mailroom.cli.rules import note_rules
    from mailroom.housekeeping import keep_house

    settings = settings_or_exit()
    start_log()
    with open_database(settings) as database:
        note_rules(database)
        keep_house(database, open_vault(settings), _stopped_by_signal())


@click.command(name="second-reader")
def second_reader() -> None:
    """Have the model that the settings name read cards a second time."""
    from mailroom.second_reader_address import AddressRefusedError, parse_address
    from worker.second_reader.reader import SecondReader
    from worker.second_reader.service import second_read

    settings = settings_or_exit()
    if settings.second_reader_url is None:
        stop("There is no second reader: set second_reader_url.")
    start_log()
    address = parse_address(settings.second_reader_url, settings.second_reader_hosts)
    try:
        address.resolve()
    except (AddressRefusedError, OSError) as error:
        stop(f"The second reader's address cannot be used: {error}")
    reader = SecondReader(address, settings.second_reader_model, settings.second_reader_seconds)
    with open_database(settings) as database:
        second_read(database, reader, settings.errand_attempts, _stopped_by_signal())


@click.command()
def redis() -> None:
    """Be the private Redis of this mail room."""
    from mailroom.cli.redis_server import RedisMissingError, serve

    settings = settings_or_exit()
    make_folder_or_exit(settings.run_folder)
    try:
        serve(settings)
    except RedisMissingError as error:
        stop(str(error))


def _supervise(*, demo: bool) -> None:
    from mailroom.cli.supervise import CannotRunError, supervise

    settings = settings_or_exit()
    make_folder_or_exit(settings.run_folder)
    try:
        raise SystemExit(supervise(settings, demo=demo))
    except CannotRunError as error:
        stop(str(error))


def _stopped_by_signal() -> threading.Event:
    stopped = threading.Event()

    def set_stopped(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, set_stopped)
    return stopped
