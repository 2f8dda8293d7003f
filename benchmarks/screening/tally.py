"""Counts of what was found, by label and by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.screening.messages import Message

# Labels about the reading, the card or the case rather than about the message's words.
NOT_OF_WORDS = frozenset({"language", "unreadable", "blank", "code", "mark", "trigger_word"})


@dataclass(slots=True)
class Tally:
    """What came of a set of messages."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    wanted_in: Counter[str] = field(default_factory=Counter)
    found_in: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    unsafe: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)

    @staticmethod
    def about_words(raised: Iterable[str]) -> frozenset[str]:
        """The labels among these that are about a message's words."""
        return frozenset(raised) - NOT_OF_WORDS

    def add(self, message: Message, raised: Iterable[str], *, reached: bool | None = None) -> None:
        """Count one message with the labels that screening raised.

        ``reached`` says whether a person looks at it; if not given, a label about its words decides.
        """
        labels = self.about_words(raised)
        language = message.language
        self.wanted.update(message.labels)
        self.found.update(message.labels & labels)
        self.false.update(labels - message.labels)
        self.wanted_in[language] += len(message.labels)
        self.found_in[language] += len(message.labels & labels)
        if message.labels:
            self.unsafe[language] += 1
            self.reached[language] += bool(labels) if reached is None else reached
        else:
            self.clean[language] += 1
            self.silent[language] += not labels

    def summary(self) -> str:
        """Recall and precision of labels, silence on clean messages, unsafe ones that reach a person."""
        found = self.found.total()
        return (
            f"recall {_share(found, self.wanted.total())}, "
            f"precision {_share(found, found + self.false.total())}, "
            f"clean messages raising nothing {_share(self.silent.total(), self.clean.total())}, "
            f"unsafe messages reaching a person {_share(self.reached.total(), self.unsafe.total())}"
        )

    def by_label(self) -> Iterable[str]:
        """A line for each label."""
        yield f"{'label':16} {'messages':>8} {'recall':>7} {'precision':>9} {'false':>6}"
        for label in sorted({*self.wanted, *self.false}):
            found, false = self.found[label], self.false[label]
            recall = _share(found, self.wanted[label])
            precision = _share(found, found + false)
            yield f"{label:16} {self.wanted[label]:8} {recall:>7} {precision:>9} {false:6}"

    def by_language(self) -> Iterable[str]:
        """A line for each language."""
        heads = ("labels", "recall", "clean", "silent", "unsafe", "reached")
        yield "language " + " ".join(f"{head:>7}" for head in heads)
        for language in sorted({*self.clean, *self.unsafe}):
            yield (
                f"{language:8} {self.wanted_in[language]:7} "
                f"{_share(self.found_in[language], self.wanted_in[language]):>7} {self.clean[language]:6} "
                f"{_share(self.silent[language], self.clean[language]):>7} {self.unsafe[language]:7} "
                f"{_share(self.reached[language], self.unsafe[language]):>7}"
            )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"
