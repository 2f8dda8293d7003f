"""A classifier that has not seen the messages that are drawn: one fold of the training set is kept out."""

from __future__ import annotations

from benchmarks.rendered import ROOT, digest_of_sources
from worker.screening.learning.cross_validation import fold_of
from worker.screening.learning.train import rules_for, train
from worker.screening.learning.training_set import LabelledMessage, read_messages
from worker.screening.meaning.model import Model, load, save
from worker.screening.screener import Screener

LEARNED_FROM = ("worker/screening", "mailroom/finding.py", "mailroom/scope.py")


def split() -> tuple[list[LabelledMessage], list[LabelledMessage]]:
    """The training messages that are kept out, and those left to learn from."""
    kept_out: list[LabelledMessage] = []
    left: list[LabelledMessage] = []
    for message in read_messages():
        (left if fold_of(message.key) else kept_out).append(message)
    return kept_out, left


def screeners(left: list[LabelledMessage]) -> tuple[Screener, Screener]:
    """The packs alone, and the packs with a classifier that has seen these messages only."""
    model = _model(left)
    packs_only = Screener(model=None, ordinary=model.words)
    both = Screener(model=None, ordinary=model.words)
    both.use(model)
    return packs_only, both


def _model(left: list[LabelledMessage]) -> Model:
    path = ROOT / ".cache" / "held-out" / f"{digest_of_sources(LEARNED_FROM)}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        model, _ = train(rules_for(left), left)
        save(model, path)
    return load(path)
