"""Trains the classifier on the messages of ``training/``: run as ``make train-screening``.

Sentences are the examples: one carries a label where one of its spans lies. The thresholds come from
cross-validation, so that no message sets a threshold for a model that has seen it: they stand where
``CLEAN_SHARE`` of the clean messages would pass one of them, and a label's floor where ``FLOOR_SHARE`` of
the messages that carry it, and that the packs find, would fall below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
import numpy as np
from numpy.typing import NDArray

from mailroom.scope import Scope
from worker.screening.learning.cross_validation import cross_scores, flat
from worker.screening.learning.training_set import LABELS, LabelledMessage, ordinary_words, read_messages
from worker.screening.meaning.features import clue_id, sentences_of, vectors_of
from worker.screening.meaning.model import FILE, Model, pack, save
from worker.screening.meaning.thresholds import Limits, choose_thresholds
from worker.screening.meaning.training import Example, fit
from worker.screening.rules import Rules
from worker.screening.subject import Subject

# Of the clean messages on which the packs are silent, so many may be raised by the classifier.
CLEAN_SHARE = 0.05
# And of so many it may have a hunch, which keeps them out of the clear lane.
HUNCH_SHARE = 0.15
FLOOR_SHARE = 0.05


def examples_of(rules: Rules, message: LabelledMessage) -> list[Example]:
    """The sentences of a message as examples."""
    languages = frozenset({message.language})
    subject = Subject.of_text(message.text, Scope(), message.language, languages)
    cut = subject.message
    _, clues = rules.matches(subject)
    (vectors,) = vectors_of([cut])
    examples = []
    for (first, last), sentence in zip(cut.sentences, sentences_of(cut, clues, vectors), strict=True):
        start, end = cut.tokens[first].start, cut.tokens[last - 1].end
        targets = np.zeros(len(LABELS), dtype=np.float32)
        for label, begin, finish in message.spans:
            if begin < end and start < finish:
                targets[LABELS.index(label)] = 1
        examples.append(Example(sentence, targets))
    return examples


def rules_for(messages: Iterable[LabelledMessage]) -> Rules:
    """What examples are made with: everything that screens but the classifier."""
    return Rules(ordinary=ordinary_words(messages))


def train(
    rules: Rules, messages: Sequence[LabelledMessage], more: Iterable[tuple[str, list[Example]]] = ()
) -> tuple[Model, NDArray[np.float32]]:
    """Fit a model and its thresholds; also the scores by models that had not seen the message.

    ``more`` are examples of other origin, those with the same key kept together in cross-validation; only
    ``messages`` say which words are ordinary.
    """
    extra = list(more)
    keys = [message.key for message in messages] + [key for key, _ in extra]
    examples = [examples_of(rules, message) for message in messages] + [own for _, own in extra]
    scores = cross_scores(keys, examples, len(LABELS))
    known = _known_to_packs(examples)
    carried = np.array([_carried(own) for own in examples])
    clean = np.array([all((example.targets == 0).all() for example in own) for own in examples])
    missed, silent = carried & ~known, clean & ~known.any(axis=1)
    limits = Limits(
        thresholds=choose_thresholds(scores, missed, silent, CLEAN_SHARE),
        hunches=choose_thresholds(scores, missed, silent, HUNCH_SHARE),
        floors=_floors(scores, carried & known),
    )
    final = fit(flat(examples), len(LABELS))
    return pack(final, LABELS, limits, ordinary_words(messages)), scores


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
    model, scores = train(rules_for(messages), messages)
    for column, label in enumerate(LABELS):
        has = np.array([any(label is name for name, _, _ in message.spans) for message in messages])
        share = float((scores[has, column] > model.limits.thresholds[column]).mean())
        click.echo(f"{label:16} {int(has.sum()):5} messages, {share:.2f} found by the classifier")
    save(model)
    click.echo(f"{len(messages):,} messages; wrote {FILE.name}, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
