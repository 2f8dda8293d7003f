"""Words and phrases of the rule packs."""

from __future__ import annotations

from collections.abc import Iterable

from mailroom.finding import Label
from worker.screening.matcher import Hit, Matcher
from worker.screening.pack import Packs, Rule
from worker.screening.subject import Match, Subject


class PhraseFinder:
    """Matches every pack at once; innocent phrases take back what they overlap in their own label."""

    def __init__(self, packs: Packs, ordinary: frozenset[str] = frozenset()) -> None:
        self._rules = packs.rules
        self._matcher = Matcher(packs.phrases, ordinary)

    def __call__(self, subject: Subject) -> Iterable[Match]:
        """One match for each place; the longest where rules of a label overlap."""
        hits = self._matcher.hits(subject.message, subject.languages)
        innocent = [hit for hit in hits if hit.phrase.innocent]
        taken: list[tuple[Label, Hit]] = []
        for hit in sorted(hits, key=lambda hit: (hit.edits > 0, hit.first - hit.last)):
            rule = self._rules[hit.phrase.owner]
            if hit.phrase.innocent or (rule.countries and subject.scope.country not in rule.countries):
                continue
            if self._taken_back(hit, rule, innocent):
                continue
            if any(label is rule.label and _overlap(hit, other) for label, other in taken):
                continue
            taken.append((rule.label, hit))
            yield _match(rule, hit, subject)

    def _taken_back(self, hit: Hit, rule: Rule, innocent: list[Hit]) -> bool:
        return any(
            self._rules[other.phrase.owner].label is rule.label and _overlap(hit, other)
            for other in innocent
        )


def _overlap(first: Hit, second: Hit) -> bool:
    return first.first < second.last and second.first < first.last


def _match(rule: Rule, hit: Hit, subject: Subject) -> Match:
    tokens = subject.message.tokens
    return Match(
        rule.label, rule.name, rule.severity, rule.reason, tokens[hit.first].start, tokens[hit.last - 1].end
    )
