"""Which model screens: chosen by command, entered in the ledger, followed by a running reading child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from mailroom import ledger
from mailroom.database import Database
from mailroom.records import Event
from mailroom.scope import Scope
from mailroom.settings import Settings
from tests import house
from tests.commands import Command, in_own_process
from worker.child import ReadingChild
from worker.screening.learning.model_store import BUILT_IN, ModelStore, Origin
from worker.screening.meaning.model import Model, load

ORIGIN = Origin("2026-12-01T10:00:00+00:00", "Winter 2026", 120)


@pytest.fixture
def store(settings: Settings) -> ModelStore:
    return ModelStore(settings.models_folder)


def alarmist() -> Model:
    """A model that raises every label on every message."""
    model = load()
    return replace(
        model, limits=replace(model.limits, thresholds=np.full_like(model.limits.thresholds, -100.0))
    )


def test_use_and_take_back_by_command(
    command: Command, store: ModelStore, settings: Settings, sqlite: Database
) -> None:
    with sqlite.transaction() as session:
        house.make_campaign(session)
        house.make_cards(session, 2)
    name = store.keep(alarmist(), ORIGIN)
    assert f"* {BUILT_IN}" in command("screening", "models").stdout
    assert f"  {name}  2026-12-01T10:00  Winter 2026, 120 cards" in command("screening", "models").stdout

    used = in_own_process(settings.data, "screening", "use", name)
    assert "2 cards will be screened anew" in used.stdout
    assert f"* {name}" in command("screening", "models").stdout
    assert command("screening", "use", BUILT_IN).exit_code == 0
    assert store.in_use == BUILT_IN
    with sqlite.reading() as session:
        events = session.scalars(select(Event).where(Event.action == "model.used")).all()
        assert [(event.subject, event.detail["before"]) for event in events] == [
            (name, BUILT_IN),
            (BUILT_IN, name),
        ]
        ledger.verify(session)


def test_what_is_no_model_is_refused(command: Command, store: ModelStore) -> None:
    answer = command("screening", "use", "0123456789abcdef")
    assert answer.exit_code == 1
    assert "There is no model 0123456789abcdef." in answer.stderr
    assert store.in_use == BUILT_IN


def test_without_decisions_nothing_is_learnt(command: Command, store: ModelStore, sqlite: Database) -> None:
    assert "There is no campaign yet." in command("screening", "learn").stderr
    with sqlite.transaction() as session:
        house.make_campaign(session)
    answer = command("screening", "learn", "--campaign", "Winter 2026")
    assert answer.exit_code == 1
    assert "0 settled cards are too few" in answer.stderr
    assert store.ids() == []


def labels_found(child: ReadingChild) -> int:
    card = {"scope": 0, "readings": [house.make_reading().as_data()], "others": []}
    request = {"do": "screen_many", "scopes": [Scope().as_data()], "cards": [card]}
    (screening,) = child.answer(request)["screenings"]
    return len({finding["label"] for finding in screening["findings"]})


@pytest.fixture
def childs_store(childs_models: Path) -> Iterator[ModelStore]:
    """The models that the running child follows; the built-in one is in use again afterwards."""
    store = ModelStore(childs_models)
    yield store
    store.use(BUILT_IN)


def test_a_running_child_follows_the_choice(child: ReadingChild, childs_store: ModelStore) -> None:
    assert labels_found(child) == 0
    name = childs_store.keep(alarmist(), ORIGIN)
    childs_store.use(name)
    assert labels_found(child) == 15
    childs_store.use(BUILT_IN)
    assert labels_found(child) == 0


def test_a_model_damaged_while_in_use_leaves_the_built_in_one(
    child: ReadingChild, childs_store: ModelStore, childs_models: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert labels_found(child) == 0
    name = childs_store.keep(alarmist(), ORIGIN)
    childs_store.use(name)
    (childs_models / f"{name}.npz").write_bytes(b"")
    assert labels_found(child) == 0
    assert f"The model {name} is damaged" in caplog.text
