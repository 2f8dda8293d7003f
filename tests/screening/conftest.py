import pytest

from worker.screening.screener import Screener


@pytest.fixture(scope="session")
def screener() -> Screener:
    return Screener()


@pytest.fixture(scope="session")
def packs_only() -> Screener:
    return Screener(model=None)
