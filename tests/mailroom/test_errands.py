"""An errand is done once in effect, whoever is killed while doing it."""

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailroom import errands, housekeeping
from mailroom.clock import now
from mailroom.database import Database
from mailroom.records import Card, Errand, ErrandKind
from tests import house


class RememberingBell:
    """A bell that remembers who rang; what ``queued`` holds has not been picked up."""

    def __init__(self) -> None:
        self.rung: list[int] = []
        self.queued: set[int] = set()

    def ring(self, errands: Sequence[int]) -> None:
        self.rung.extend(errands)

    def waiting(self) -> set[int]:
        return self.queued


@pytest.fixture
def bell(database: Database) -> RememberingBell:
    bell = RememberingBell()
    database.bell = bell
    return bell


@pytest.fixture
def errand(database: Database, bell: RememberingBell) -> int:
    with database.transaction() as session:
        house.make_campaign(session)
        house.lay(session, house.make_tray(session))
    return bell.rung[0]


def _claim(database: Database, errand: int, seconds: float = 20) -> errands.Claim | None:
    with database.transaction() as session:
        return errands.claim(session, errand, seconds)


def _card(session: Session) -> Card:
    return session.scalars(select(Card)).one()


def test_bell_rings_after_the_commit_and_not_after_a_rollback(
    database: Database, bell: RememberingBell
) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        house.make_campaign(session)
        house.lay(session, house.make_tray(session))
        raise ZeroDivisionError
    assert bell.rung == []


def test_claimed_errand_is_nobody_elses(database: Database, errand: int) -> None:
    assert _claim(database, errand) is not None
    assert _claim(database, errand) is None


def test_lease_that_ran_out_goes_to_another_and_the_first_changes_nothing(
    database: Database, errand: int
) -> None:
    slow = _claim(database, errand, seconds=-1)
    quick = _claim(database, errand)
    assert slow is not None
    assert quick is not None
    with database.transaction() as session:
        errands.finish(session, quick)
    with pytest.raises(errands.LeaseLostError), database.transaction() as session:
        errands.finish(session, slow)
    assert _claim(database, errand) is None


def test_those_who_never_came_back_are_counted(database: Database, errand: int) -> None:
    claims = [_claim(database, errand, seconds=-1) for _ in range(errands.DEATHS_MAX + 1)]
    assert [claim and claim.deaths for claim in claims] == list(range(errands.DEATHS_MAX + 1))
    last = claims[-1]
    assert last is not None
    assert last.is_deadly
    with database.transaction() as session:
        # They might have been killed along with others.
        assert errands.claim_more(session, ErrandKind.READ, 10, 20) == []
        errands.give_back(session, last, "OSError")
        errands.ask(session, ErrandKind.READ, _card(session))
    again = _claim(database, errand)
    assert again is not None
    assert again.deaths == 0


def test_whoever_comes_back_is_not_counted(database: Database, errand: int) -> None:
    for leave in (errands.put_off, errands.give_back):
        claim = _claim(database, errand)
        assert claim is not None
        with database.transaction() as session:
            leave(session, claim, "OSError")
            session.get_one(Errand, errand).due_at = now()
    last = _claim(database, errand)
    assert last is not None
    assert (last.attempt, last.deaths) == (2, 0)


def test_whoever_was_taken_for_dead_and_comes_back_is_counted_no_more(
    database: Database, errand: int
) -> None:
    slow, quick = _claim(database, errand, seconds=-1), _claim(database, errand)
    assert slow is not None
    assert quick is not None
    assert quick.deaths == 1
    with database.transaction() as session:
        errands.give_back(session, slow, "OperationalError")
        assert session.get_one(Errand, errand).token == quick.token
        errands.put_off(session, quick, "OSError")
        session.get_one(Errand, errand).due_at = now()
    last = _claim(database, errand)
    assert last is not None
    assert last.deaths == 0


def test_renewed_lease_holds(database: Database, errand: int) -> None:
    claim = _claim(database, errand, seconds=-1)
    assert claim is not None
    with database.transaction() as session:
        errands.renew(session, claim, 60)
    assert _claim(database, errand) is None


def test_asked_again_while_worked_on_is_done_again(
    database: Database, bell: RememberingBell, errand: int
) -> None:
    claim = _claim(database, errand)
    assert claim is not None
    with database.transaction() as session:
        errands.ask(session, ErrandKind.READ, _card(session))
    with database.transaction() as session:
        errands.finish(session, claim)
    assert bell.rung[-1] == errand
    again = _claim(database, errand)
    assert again is not None
    assert again.asked == 2


def test_put_off_errand_waits_and_comes_again(database: Database, errand: int) -> None:
    claim = _claim(database, errand)
    assert claim is not None
    with database.transaction() as session:
        errands.put_off(session, claim, "SandboxTimeoutError")
    assert _claim(database, errand) is None
    with database.transaction() as session:
        row = session.get_one(Errand, errand)
        assert row.last_error == "SandboxTimeoutError"
        row.due_at = now() - dt.timedelta(seconds=1)
    again = _claim(database, errand)
    assert again is not None
    assert again.attempt == 2


def test_sweeper_rings_for_what_is_due_and_not_queued(
    database: Database, bell: RememberingBell, errand: int
) -> None:
    bell.rung.clear()
    bell.queued = {errand}
    assert housekeeping.sweep(database) == 0
    bell.queued = set()
    assert housekeeping.sweep(database) == 1
    assert bell.rung == [errand]
    _claim(database, errand)
    assert housekeeping.sweep(database) == 0
