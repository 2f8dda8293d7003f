"""Phrases of the rule packs written out as a person might write them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from samples.font_table import script_of
from worker.screening.phrases.pack import Packs, Rule
from worker.screening.phrases.pattern import Choice, Gap, Item, Kind, Literal, Shape
from worker.screening.phrases.phrase import Phrase

TRIES = 40
WORDS_MAX = 12
ANY_LANGUAGE = "mul"
WITHOUT_SPACES = frozenset({"zho", "jpn"})
_WRITTEN = {Kind.NUMBER: "12", Kind.NAME: "Marlow", Kind.OPENS: "", Kind.TOP: ""}


@dataclass(frozen=True, slots=True)
class Written:
    """A phrase as it would stand on a card; ``rule`` is the rule whose phrase it is."""

    text: str
    rule: Rule


class PackPhrases:
    """All phrases of the packs by language and label, those that take others back aside."""

    def __init__(self, packs: Packs) -> None:
        self._rules = packs.rules
        self._by_language: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        for phrase in packs.phrases:
            rule = packs.rules[phrase.owner]
            if not phrase.innocent and not rule.countries:
                self._by_language[phrase.language][rule.label.value].append(phrase)

    def labels(self, language: str) -> list[str]:
        """The labels for which there are phrases in this language."""
        own, shared = self._by_language[language], self._by_language[ANY_LANGUAGE]
        return sorted({*own, *shared} if script_of(language) == "Latn" else own)

    def write(self, language: str, label: str, chance: random.Random) -> Written | None:
        """Some phrase of that label in plain words; None where none could be written."""
        phrases = list(self._by_language[language][label])
        if script_of(language) == "Latn":
            phrases += self._by_language[ANY_LANGUAGE][label]
        # What stands in a gap is not known: a phrase without one reads like a person's.
        drawn = sorted(chance.sample(phrases, len(phrases)), key=_has_gap)
        for phrase in drawn[:TRIES]:
            words = _written(phrase.items, chance)
            if words and len(words) <= WORDS_MAX:
                text = ("" if language in WITHOUT_SPACES else " ").join(words)
                if phrase.language != ANY_LANGUAGE or text.isascii():
                    return Written(text[:1].upper() + text[1:], self._rules[phrase.owner])
        return None


def _has_gap(phrase: Phrase) -> bool:
    return any(isinstance(item, Gap) for item in phrase.items)


def _written(items: Sequence[Item], chance: random.Random) -> list[str] | None:
    """The words of a pattern, gaps empty; None where it does not say what word stands there."""
    words: list[str] = []
    for item in items:
        part = _part(item, chance)
        if part is None:
            return None
        words += part
    return words


def _part(item: Item, chance: random.Random) -> list[str] | None:
    if isinstance(item, Gap):
        return []
    if isinstance(item, Literal):
        # The beginning of a word is no word.
        return [item.exactly or item.bare] if item.shape is Shape.WHOLE else None
    if isinstance(item, Choice):
        return _chosen(item, chance)
    word = _WRITTEN.get(item)
    return None if word is None else [word] if word else []


def _chosen(item: Choice, chance: random.Random) -> list[str] | None:
    if item.optional and chance.random() < 0.5:
        return []
    ways = [words for words in (_written(option, chance) for option in item.options) if words is not None]
    if not ways:
        return [] if item.optional else None
    return chance.choice(ways)
