"""Words and phrases of the rule packs."""

from __future__ import annotations

from mailroom.finding import Label
from worker.screening.matcher import Hit, Matcher
from worker.screening.pack import Packs, Rule
from worker.screening.search import Search
from worker.screening.subject import Match, Subject


class PhraseFinder:
    """Matches every pack at once; innocent phrases take back what they overlap in their own label."""

    def __init__(self, packs: Packs, ordinary: frozenset[str] = frozenset()) -> None:
        self._rules = packs.rules
        self._matcher = Matcher(packs.phrases, ordinary)

        self.themes = {
            number: tuple(packs.rules[owner].name for owner in owners)
            for number, owners in self._matcher.themes.items()
        }

    def look(self, subject: Subject) -> Search:
        """Which words of the packs stand where."""
        return self._matcher.look(subject.message)

    def find(self, subject: Subject, search: Search) -> tuple[list[Match], list[Match]]:
        """What stands there, the longest where rules of a label overlap; and what was taken back."""
        hits = self._matcher.hits(search, subject.languages)
        innocent = [hit for hit in hits if hit.phrase.innocent]
        taken: list[tuple[Label, Hit]] = []
        found: list[Match] = []
        taken_back: list[Match] = []
        for hit in sorted(hits, key=lambda hit: (hit.edits > 0, hit.first - hit.last)):
            rule = self._rules[hit.phrase.owner]
            if hit.phrase.innocent or (rule.countries and subject.scope.country not in rule.countries):
                continue
            if self._taken_back(hit, rule, innocent):
                taken_back.append(_match(rule, hit, subject))
                continue
            if any(label is rule.label and _overlap(hit, other) for label, other in taken):
                continue
            taken.append((rule.label, hit))
            found.append(_match(rule, hit, subject))
        return found, taken_back

    def _taken_back(self, hit: Hit, rule: Rule, innocent: list[Hit]) -> bool:
        return any(
            self._rules[other.phrase.owner].label is rule.label and _overlap(hit, other)
            for other in innocent
        )


def _overlap(first: Hit, second: Hit) -> bool:
    return first.first < second.last and second.first < first.last


def _match(rule: Rule, hit: Hit, subject: Subject) -> Match:
    tokens = subject.message.tokens
    start, end = tokens[hit.first].start, tokens[hit.last - 1].end
    return Match(rule.label, rule.name, rule.severity, rule.reason, start, end, from_words=True)
