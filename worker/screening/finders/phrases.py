"""Words and phrases of the rule packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailroom.finding import Label
from worker.screening.matching.matcher import Hit, Matcher
from worker.screening.matching.search import Search
from worker.screening.phrases.pack import Packs, Rule
from worker.screening.subject import Match, Subject
from worker.screening.words.languages import with_kin, with_other_scripts


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
        languages = with_other_scripts(subject.languages, subject.text)
        found, taken_back = self._told_apart(self._matcher.hits(search, languages), subject)
        return (
            [_match(self._rule(hit), hit, subject) for hit in found],
            [_match(self._rule(hit), hit, subject) for hit in taken_back],
        )

    def near_misses(self, subject: Subject) -> frozenset[Label]:
        """The labels of what would stand there if a little more than usual were misread."""
        languages = with_kin(with_other_scripts(subject.languages, subject.text))
        found: list[Hit] = []
        for search, counts in self._matcher.near_searches(subject.message, languages):
            hits, _ = self._told_apart(self._matcher.hits(search, languages), subject)
            found += filter(counts, hits)
        return frozenset(self._rule(hit).label for hit in found)

    def _told_apart(self, hits: Sequence[Hit], subject: Subject) -> tuple[list[Hit], list[Hit]]:
        """The hits that count, and those that innocent phrases take back."""
        innocent = [hit for hit in hits if hit.phrase.innocent]
        found: list[Hit] = []
        taken_back: list[Hit] = []
        for hit in sorted(hits, key=lambda hit: (hit.edits > 0, hit.first - hit.last)):
            countries = self._rule(hit).countries
            if hit.phrase.innocent or (countries and subject.scope.country not in countries):
                continue
            if self._overlaps(hit, innocent):
                taken_back.append(hit)
            elif not self._overlaps(hit, found):
                found.append(hit)
        return found, taken_back

    def _overlaps(self, hit: Hit, others: Iterable[Hit]) -> bool:
        """Whether another hit of the same label has some of its words."""
        label = self._rule(hit).label
        return any(self._rule(other).label is label and _overlap(hit, other) for other in others)

    def _rule(self, hit: Hit) -> Rule:
        return self._rules[hit.phrase.owner]


def _overlap(first: Hit, second: Hit) -> bool:
    return first.first < second.last and second.first < first.last


def _match(rule: Rule, hit: Hit, subject: Subject) -> Match:
    tokens = subject.message.tokens
    start, end = tokens[hit.first].start, tokens[hit.last - 1].end
    return Match(rule.label, rule.name, rule.severity, rule.reason, start, end, from_words=True)
