"""The messages of ``training/``: what the classifier learns from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mailroom.finding import Label
from worker.screening.words.text import message_of

FOLDER = Path(__file__).parent.parent / "training"
# A word in fewer messages than this may be a slip of the pen.
ORDINARY_MESSAGES_MIN = 3
LABELS = (
    Label.ORGANISATION,
    Label.RELIGION,
    Label.FESTIVAL,
    Label.POLITICS,
    Label.LEGAL_CASE,
    Label.SENDER_DATA,
    Label.CHILD_DATA,
    Label.THIRD_PARTY,
    Label.MONEY,
    Label.VIOLENCE,
    Label.FALSE_HOPE,
    Label.ABUSE,
    Label.DISTRESS,
    Label.WRONG_ADDRESSEE,
    Label.CIPHER,
)
"""What a sentence may be about, in the order of the classifier's columns."""


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A training message: where it is labelled, as ``(label, start, end)`` in characters."""

    key: str
    language: str
    text: str
    spans: tuple[tuple[Label, int, int], ...]


def read_messages() -> list[LabelledMessage]:
    """Every message of the training set; raises KeyError or ValueError on a broken line."""
    return [
        _message(json.loads(line))
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _message(data: dict[str, str | list[dict[str, str]]]) -> LabelledMessage:
    text = str(data["text"])
    spans = []
    for entry in data["labels"]:
        if isinstance(entry, dict) and Label(entry["label"]) in LABELS:
            start = text.index(entry["span"])
            spans.append((Label(entry["label"]), start, start + len(entry["span"])))
    return LabelledMessage(str(data["id"]), str(data["language"]), text, tuple(spans))


def ordinary_words(messages: Iterable[LabelledMessage]) -> frozenset[str]:
    """Words that several messages use."""
    counts = Counter(
        word for message in messages for word in {token.bare for token in message_of(message.text).tokens}
    )
    return frozenset(word for word, count in counts.items() if count >= ORDINARY_MESSAGES_MIN)
