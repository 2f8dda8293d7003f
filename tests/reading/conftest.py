"""One reader for all tests here: loading its models takes longer than reading."""

from __future__ import annotations

import pytest

from worker.reading.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()
