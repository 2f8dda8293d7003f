"""The cards that are drawn: unsafe by words of the packs, unsafe without any such word, and clean ones.

All are addressed by name, so that nothing but their words keeps them from the clear lane.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.clear.phrases import PackPhrases, Written
from benchmarks.drawn import Words
from benchmarks.screening.tally import Tally
from mailroom.finding import Label
from mailroom.scope import CaseNames, Scope
from samples.font_table import script_of
from worker.screening.learning.training_set import LabelledMessage
from worker.screening.phrases.pack import load_packs
from worker.screening.screener import Screener

SHARE_BY_WORDS, SHARE_WORDLESS = 0.45, 0.2
TRIES = 20
NAMES = {
    "Latn": "Nadia Karimi",
    "Cyrl": "Надя Карими",
    "Arab": "نادية كريمي",
    "Grek": "Νάντια Καρίμι",
    "Hans": "娜迪娅",
    "Jpan": "ナディア・カリミ",
    "Kore": "나디아 카리미",
    "Deva": "नादिया करीमी",
}
DIAL_ON = Scope(slug="nadia-k", cases=(CaseNames("nadia-k", tuple(NAMES.values())),), clear_allowed=True)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟])\s+|(?<=[。！？])|\n")


class Kind(StrEnum):
    """What there is to find on a card."""

    BY_WORDS = "words of the packs"
    WORDLESS = "unsafe without them"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Draft:
    """A card to draw; ``phrase`` is what the packs should find on it, ``labels`` what makes it unsafe."""

    kind: Kind
    words: Words
    labels: frozenset[str] = frozenset()
    phrase: str = ""


class Drafts:
    """Chooses the cards from messages that the classifier has not seen."""

    def __init__(self, messages: Sequence[LabelledMessage], packs_only: Screener, seed: int) -> None:
        self._packs_only, self._chance = packs_only, random.Random(seed)
        self._phrases = PackPhrases(load_packs())
        self._messages = self._chance.sample(messages, len(messages))

    def choose(self, count: int) -> list[Draft]:
        """So many cards of all kinds; fewer where the messages do not suffice."""
        by_words = self._take(self._by_words(), round(count * SHARE_BY_WORDS))
        wordless = self._take(self._wordless(), round(count * SHARE_WORDLESS))
        return by_words + wordless + self._take(self._clean(), count - len(by_words) - len(wordless))

    @property
    def wordless_share(self) -> float:
        """Of the unsafe messages, the share on which the packs are silent."""
        unsafe = [message for message in self._messages if message.spans]
        return sum(1 for _ in self._wordless()) / max(1, len(unsafe))

    @staticmethod
    def _take(drafts: Iterator[Draft], count: int) -> list[Draft]:
        return [draft for draft, _ in zip(drafts, range(count), strict=False)]

    def _clean(self) -> Iterator[Draft]:
        for message in self._messages:
            if not message.spans:
                yield Draft(Kind.CLEAN, self._addressed(message, message.text))

    def _wordless(self) -> Iterator[Draft]:
        for message in self._messages:
            if message.spans and not self._found(message.text, message.language):
                labels = frozenset(label.value for label, _, _ in message.spans)
                yield Draft(Kind.WORDLESS, self._addressed(message, message.text), labels)

    def _by_words(self) -> Iterator[Draft]:
        for message in self._messages:
            if message.spans or self._found(message.text, message.language):
                continue
            for _ in range(TRIES):
                draft = self._with_phrase(message)
                if draft is not None:
                    yield draft
                    break

    def _with_phrase(self, message: LabelledMessage) -> Draft | None:
        """The message with a phrase in it that the packs find in plain text; None if they do not."""
        labels = self._phrases.labels(message.language)
        label = self._chance.choice(labels) if labels else ""
        written = self._phrases.write(message.language, label, self._chance) if label else None
        if written is None:
            return None
        words = self._addressed(message, self._inserted(message, written))
        if Label(label) not in self._found(words.text, message.language):
            return None
        return Draft(Kind.BY_WORDS, words, frozenset({label}), written.text)

    def _inserted(self, message: LabelledMessage, written: Written) -> str:
        parts = [part for part in _SENTENCE_END.split(message.text) if part.strip()]
        stop = "。" if script_of(message.language) in {"Hans", "Jpan"} else "."
        parts.insert(self._chance.randint(0, len(parts)), written.text + stop)
        return " ".join(parts)

    def _found(self, text: str, language: str) -> frozenset[Label]:
        findings = self._packs_only.screen_text(text, DIAL_ON, language).findings
        return frozenset(
            Label(name) for name in Tally.about_words(finding.label.value for finding in findings)
        )

    @staticmethod
    def _addressed(message: LabelledMessage, text: str) -> Words:
        name = NAMES.get(script_of(message.language), NAMES["Latn"])
        return Words(message.key, message.language, f"{name},\n{text}")
