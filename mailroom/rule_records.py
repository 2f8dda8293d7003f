"""Rule records: how often each rule of screening fired, and what people made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailroom import proportions
from mailroom.finding import Label
from mailroom.flags import PERSON_RULE
from mailroom.readings import FAILED_RULE
from mailroom.records import Flag, FlagState

# A rule is noisy where people surely uphold less than this share of its flags.
NOISY_BELOW = 0.2


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule's flags: how many there are, and how many of them people upheld or dismissed."""

    rule: str
    label: Label
    fired: int
    upheld: int
    dismissed: int

    @property
    def settled(self) -> int:
        """How many of its flags somebody has decided about."""
        return self.upheld + self.dismissed

    @property
    def is_noisy(self) -> bool:
        """Whether nearly all of its flags are dismissed, by the upper 95% bound on the share upheld."""
        return self.settled > 0 and proportions.upper_bound(self.upheld, self.settled) < NOISY_BELOW


def rule_records(session: Session) -> list[RuleRecord]:
    """Every rule that has fired with its record, the one dismissed most often first."""
    upheld = func.count().filter(Flag.state == FlagState.UPHELD)
    dismissed = func.count().filter(Flag.state == FlagState.DISMISSED)
    query = (
        select(Flag.rule, Flag.label, func.count(), upheld, dismissed)
        .where(Flag.rule.not_in((PERSON_RULE, FAILED_RULE)))
        .group_by(Flag.rule, Flag.label)
        .order_by(dismissed.desc(), Flag.rule)
    )
    return [RuleRecord(*row) for row in session.execute(query)]


def noisy(records: Sequence[RuleRecord]) -> list[RuleRecord]:
    """Those that people nearly always dismiss, the most dismissed first."""
    return [record for record in records if record.is_noisy]
