"""What screens, and what reads and screens, once for all tests here: to load it takes longest."""

from __future__ import annotations

from pathlib import Path

import pytest

from worker.child import ReadingChild
from worker.sandboxed import MODELS_FOLDER
from worker.screening.screener import Screener


@pytest.fixture(scope="session")
def screener() -> Screener:
    return Screener()


@pytest.fixture(scope="session")
def packs_only() -> Screener:
    return Screener(model=None)


@pytest.fixture(scope="session")
def childs_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of learnt models that the reading child of these tests follows."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def child(childs_models: Path) -> ReadingChild:
    """A reading child within this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MODELS_FOLDER, str(childs_models))
        return ReadingChild()
