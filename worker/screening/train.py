"""Trains the classifier on the messages of ``training/``: run as ``make train-screening``.

Sentences are the examples: one carries a label where one of its spans lies. The thresholds come from
cross-validation by message, so that no message sets a threshold for a model that has seen it: each label's
stands where ``CLEAN_SHARE`` of the clean messages would pass it, and its floor where ``FLOOR_SHARE`` of the
messages that carry it, and that the packs find, would fall below it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import click
import numpy as np
from numpy.typing import NDArray

from mailroom.finding import Label
from mailroom.scope import Scope
from worker.screening.meaning.features import clue_id, sentences_of
from worker.screening.meaning.model import FILE, Model, pack, save
from worker.screening.meaning.thresholds import choose_thresholds
from worker.screening.meaning.training import Example, Fit, fit
from worker.screening.screener import Screener
from worker.screening.subject import Subject
from worker.screening.text import message_of

MESSAGES = Path(__file__).parent / "training"
FOLDS = 4
# Of the clean messages on which the packs are silent, so many may be raised by the classifier.
CLEAN_SHARE = 0.05
FLOOR_SHARE = 0.05
# A word in fewer messages than this may be a slip of the pen.
ORDINARY_MESSAGES_MIN = 3
LABELS = tuple(
    Label(name)
    for name in (
        "organisation",
        "religion",
        "festival",
        "politics",
        "legal_case",
        "sender_data",
        "child_data",
        "third_party",
        "money",
        "violence",
        "false_hope",
        "abuse",
        "distress",
        "wrong_addressee",
        "cipher",
    )
)


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A training message: where it is labelled, as ``(label, start, end)`` in characters."""

    key: str
    language: str
    text: str
    spans: tuple[tuple[Label, int, int], ...]


def read_messages(folder: Path = MESSAGES) -> list[LabelledMessage]:
    """Every message of the training set; raises KeyError or ValueError on a broken line."""
    return [
        _message(json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
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


def examples_of(screener: Screener, message: LabelledMessage) -> list[Example]:
    """The sentences of a message as examples."""
    languages = frozenset({message.language})
    subject = Subject.of_text(message.text, Scope(), message.language, languages)
    cut = subject.message
    _, clues = screener.plain_matches(subject)
    examples = []
    for (first, last), sentence in zip(cut.sentences, sentences_of(cut, clues), strict=True):
        start, end = cut.tokens[first].start, cut.tokens[last - 1].end
        targets = np.zeros(len(LABELS), dtype=np.float32)
        for label, begin, finish in message.spans:
            if begin < end and start < finish:
                targets[LABELS.index(label)] = 1
        examples.append(Example(sentence, targets))
    return examples


def cross_scores(keys: Sequence[str], examples: Sequence[list[Example]]) -> NDArray[np.float32]:
    """For each message and label the highest log odds, by a model that has not seen the message."""
    folds = [crc32(key.encode()) % FOLDS for key in keys]
    scores = np.full((len(keys), len(LABELS)), -20.0, dtype=np.float32)
    for fold in range(FOLDS):
        model = fit(_flat(own for own, at in zip(examples, folds, strict=True) if at != fold), len(LABELS))
        for index, own in enumerate(examples):
            if folds[index] == fold and own:
                scores[index] = _highest(model, own)
    return scores


def _highest(model: Fit, examples: Iterable[Example]) -> NDArray[np.float32]:
    highest: NDArray[np.float32] = np.max([model.scores(example.sentence) for example in examples], axis=0)
    return highest


def _flat(examples: Iterable[list[Example]]) -> list[Example]:
    return [example for own in examples for example in own]


def ordinary_words(messages: Iterable[LabelledMessage]) -> frozenset[str]:
    """Words that several messages use."""
    counts = Counter(
        word for message in messages for word in {token.bare for token in message_of(message.text).tokens}
    )
    return frozenset(word for word, count in counts.items() if count >= ORDINARY_MESSAGES_MIN)


def screener_for(messages: Iterable[LabelledMessage]) -> Screener:
    """What examples are made with: everything that screens but the classifier."""
    return Screener(model=None, ordinary=ordinary_words(messages))


def train(
    screener: Screener, messages: Sequence[LabelledMessage], more: Iterable[tuple[str, list[Example]]] = ()
) -> tuple[Model, NDArray[np.float32]]:
    """Fit a model and its thresholds; also the scores by models that had not seen the message.

    ``more`` are examples of other origin, those with the same key kept together in cross-validation; only
    ``messages`` say which words are ordinary.
    """
    extra = list(more)
    keys = [message.key for message in messages] + [key for key, _ in extra]
    examples = [examples_of(screener, message) for message in messages] + [own for _, own in extra]
    scores = cross_scores(keys, examples)
    known = _known_to_packs(examples)
    carried = np.array([_carried(own) for own in examples])
    clean = np.array([all((example.targets == 0).all() for example in own) for own in examples])
    thresholds = choose_thresholds(scores, carried & ~known, clean & ~known.any(axis=1), CLEAN_SHARE)
    final = fit(_flat(examples), len(LABELS))
    floors = _floors(scores, carried & known)
    return pack(final, LABELS, thresholds, floors, ordinary_words(messages)), scores


def _known_to_packs(examples: Sequence[list[Example]]) -> NDArray[np.bool_]:
    """Which labels (messages x labels) the packs and finders find by themselves."""
    clues = [clue_id(f"label {label}") for label in LABELS]
    return np.array(
        [[any(clue in each.sentence.ids for each in own) for clue in clues] for own in examples],
        dtype=np.bool_,
    )


def _floors(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> NDArray[np.float32]:
    """For each label, the score below which few messages lie where the packs find it rightly."""
    floors = np.full(len(LABELS), -np.inf, dtype=np.float32)
    for column in np.flatnonzero(right.any(axis=0)):
        floors[column] = np.quantile(scores[right[:, column], column], FLOOR_SHARE)
    return floors


def _carried(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """The labels that some sentence of a message carries."""
    carried = np.zeros(len(LABELS), dtype=np.bool_)
    for example in examples:
        carried |= example.targets > 0
    return carried


@click.command(help="Train the classifier of the screening on the messages in the repository.")
def main() -> None:
    """Train, set the thresholds, and write the model."""
    messages = read_messages()
    model, scores = train(screener_for(messages), messages)
    for column, label in enumerate(LABELS):
        has = np.array([any(label is name for name, _, _ in message.spans) for message in messages])
        share = float((scores[has, column] > model.thresholds[column]).mean())
        click.echo(f"{label:16} {int(has.sum()):5} messages, {share:.2f} found by the classifier")
    save(model)
    click.echo(f"{len(messages):,} messages; wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
