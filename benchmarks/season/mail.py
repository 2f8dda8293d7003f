"""What comes in a season: how much of it is unsafe, and how much of each kind the clear lane lets in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from benchmarks.clear.report import RATES


@dataclass(frozen=True, slots=True)
class Mail:
    """``unsafe`` is the share of unsafe cards; the others are the shares of each kind that go clear."""

    unsafe: float
    clear_of_clean: float
    clear_of_unsafe: float
    source: str = "as given"

    @property
    def fit(self) -> float:
        """The share of all cards that fit the clear lane."""
        return self.unsafe * self.clear_of_unsafe + (1 - self.unsafe) * self.clear_of_clean

    @property
    def miss_rate(self) -> float:
        """The share of unsafe cards among those that fit the clear lane."""
        return self.unsafe * self.clear_of_unsafe / self.fit if self.fit else 0.0


def measured(unsafe: float) -> Mail | None:
    """With the shares that ``make bench-clear`` measured last; None where it has not been run."""
    if not RATES.exists():
        return None
    rates = json.loads(RATES.read_text(encoding="utf-8"))
    return Mail(unsafe, rates["clean"], rates["unsafe"], rates["source"])
