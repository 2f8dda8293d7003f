"""How fast cards are screened anew after a rule changed: the worker's own way, on a database of its own.

    python -m benchmarks.rescreening [--cards 4000] [--workers 2] [--postgres]

Prints cards a second from asking until the last card is done, how long 100,000 would take, and the CPU
seconds behind it, which say more where the machine does other things at the same time. The cards
carry the messages that the classifier learnt from, in all their languages, each once; each worker is a
process with a sandboxed child, as in real life, and takes its errands as the housekeeper would hand them
out.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from multiprocessing.synchronize import Barrier
from pathlib import Path

import click
import psutil
from sqlalchemy import insert, select

from mailroom import campaign_store, errands, rescreening, trays
from mailroom.campaigns import parse_campaign
from mailroom.clock import now
from mailroom.database import Database
from mailroom.finding import Lane
from mailroom.migrations import migrate
from mailroom.reading import Line, Reading
from mailroom.records import Arrival, Card, ErrandKind, Outcome, Side, Stage
from mailroom.settings import Settings
from mailroom.vault import Vault
from tests.house import CAMPAIGN, make_reading
from tests.postgres import postgres_server
from worker.errand_runner import ErrandRunner
from worker.sandboxed import reading_sandbox
from worker.screening.learning.training_set import LabelledMessage, read_messages

TRAY_CARDS = 100
# A prime: all languages come in turn, and no message twice.
STRIDE = 101
GOAL_CARDS = 100_000


@click.command()
@click.option("--cards", default=4000, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--postgres", is_flag=True, help="a PostgreSQL of its own in place of SQLite")
def main(cards: int, workers: int, postgres: bool) -> None:
    """Print how many cards a second are screened anew."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(postgres_server()).new_database() if postgres else None
        settings = Settings(data=folder, database_url=address)
        database = Database(settings.database_address)
        migrate(database)
        _fill(database, cards)
        ready = multiprocessing.Barrier(workers + 1)
        costs: multiprocessing.Queue[tuple[float, float]] = multiprocessing.Queue()
        processes = [
            multiprocessing.Process(target=_work, args=(str(folder), address, ready, costs))
            for _ in range(workers)
        ]
        # Forked children must not share our connections.
        database.dispose()
        for process in processes:
            process.start()
        with database.transaction() as session:
            begun = time.monotonic()
            asked = rescreening.ask(session, None, actor="benchmark")
        asking = time.monotonic() - begun
        ready.wait()
        begun = time.monotonic()
        for process in processes:
            process.join()
        seconds = time.monotonic() - begun
        spent = [costs.get(timeout=5) for _ in range(workers)]
        with database.reading() as session:
            left = rescreening.outstanding(session)
        database.dispose()
    rate = asked / seconds
    own, child = (1000 * sum(part) / asked for part in zip(*spent, strict=True))
    print(
        f"{asked:,} cards asked for in {asking:.2f} s, {left} left; "
        f"{workers} workers, {database.engine.name}"
    )
    print(f"{rate:.0f} cards a second: {GOAL_CARDS:,} cards in {GOAL_CARDS / rate / 60:.1f} minutes")
    ideal = GOAL_CARDS * (own + child) / 1000 / workers / 60
    print(
        f"CPU a card: {child:.1f} ms screening, {own:.1f} ms of the worker; with a core for each worker "
        f"that is {ideal:.1f} minutes for {GOAL_CARDS:,} cards"
    )


def _work(
    folder: str,
    address: str | None,
    ready: Barrier,
    costs: multiprocessing.Queue[tuple[float, float]],
) -> None:
    settings = Settings(data=Path(folder), database_url=address)
    database = Database(settings.database_address)
    with reading_sandbox(settings) as sandbox:
        sandbox.start()
        runner = ErrandRunner(settings, database, Vault(settings.vault_folder), sandbox)
        assert sandbox.pid is not None
        child = psutil.Process(sandbox.pid)
        ready.wait()
        before, child_before = time.process_time(), _cpu_seconds(child)
        while True:
            with database.reading() as session:
                due = errands.due(session, 200, frozenset({ErrandKind.SCREEN}))
            if not due:
                break
            # Another worker may have taken it along by now; then the next one is tried.
            for errand in due[::50]:
                runner.run(errand)
        costs.put((time.process_time() - before, _cpu_seconds(child) - child_before))


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _fill(database: Database, cards: int) -> None:
    with database.transaction() as session:
        campaign_store.load(session, parse_campaign(CAMPAIGN), actor="benchmark")
        case = campaign_store.case_of_slug(session, "nadia-k")
        for start in range(0, cards, TRAY_CARDS):
            tray = trays.open_tray(session, actor="benchmark", case=case)
            arrival = Arrival(
                tray=tray,
                name="scan.jpg",
                source=f"{start:064d}",
                digest="",
                size=1,
                outcome=Outcome.TAKEN,
                pages=[],
            )
            session.add(arrival)
            session.flush()
            count = min(TRAY_CARDS, cards - start)
            session.execute(insert(Card), [_card(tray.id, case.id, n) for n in range(1, count + 1)])
            ids = session.scalars(select(Card.id).where(Card.tray_id == tray.id)).all()
            session.execute(insert(Side), [_side(card, arrival.id) for card in ids])


def _card(tray: int, case: int, position: int) -> dict[str, object]:
    return {
        "tray_id": tray,
        "position": position,
        "case_id": case,
        "stage": Stage.WAITING,
        "lane": Lane.GLANCE,
        "lane_reasons": [],
        "read_at": now(),
    }


def _side(card: int, arrival: int) -> dict[str, object]:
    return {
        "card_id": card,
        "number": 0,
        "arrival_id": arrival,
        "scan": "0" * 64,
        "page": 0,
        "width": 1600,
        "height": 1200,
        "reading": _reading(card),
    }


def _reading(number: int) -> Reading:
    """A reading in lines of a card's width."""
    message = _messages()[number * STRIDE % len(_messages())]
    words = message.text.split()
    lines = [" ".join(words[start : start + 7]) for start in range(0, len(words), 7)]
    boxed = tuple(
        Line(line, 0.97, (10, 10 + 70 * place, 1500, 60 + 70 * place)) for place, line in enumerate(lines)
    )
    return replace(make_reading("\n".join(lines)), language=message.language, lines=boxed)


@cache
def _messages() -> list[LabelledMessage]:
    return read_messages()


if __name__ == "__main__":
    sys.exit(main())
