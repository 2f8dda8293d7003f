"""How long tries at one side may take together, whoever makes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 20
"""A third of the time that a card is given: its other side may be as hard. One try may take all of it."""


class Patience:
    """The time that tries at a side have taken; what was begun in time may end late."""

    def __init__(self) -> None:
        self._spent = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be tried."""
        return self._spent >= SECONDS

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Count what is done within, whether it fails or not."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - begun
