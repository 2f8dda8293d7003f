"""The tables of the clear lane."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.clear.cards import Kind
from benchmarks.clear.outcome import Outcome
from benchmarks.reading.score import Errors, errors
from benchmarks.rendered import ROOT
from mailroom import proportions
from mailroom.finding import Lane
from samples.font_table import script_of

RATES = ROOT / ".cache" / "clear-rates.json"
LANES = (Lane.CLEAR, Lane.GLANCE, Lane.DESK, Lane.SECOND_LOOK)


def lanes(outcomes: Sequence[Outcome]) -> Table:
    """For each kind, by script and hand or print, how many cards took which lane."""
    heads = ("kind", "cards", *(lane.value.replace("_", " ") for lane in LANES), "open", "clear of open")
    table = Table(*heads, "at most", "misread", title="Lanes with the dial on")
    for kind in Kind:
        own = [outcome for outcome in outcomes if outcome.draft.kind is kind]
        table.add_row(*_row(kind.value, own), style="bold")
        for group in sorted({_group(outcome) for outcome in own}):
            table.add_row(*_row(f"  {group}", [outcome for outcome in own if _group(outcome) == group]))
    return table


def missed_words(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The cards that went clear with words of the packs on them, and why."""
    for outcome in outcomes:
        if outcome.draft.kind is Kind.BY_WORDS and outcome.is_clear:
            yield (
                f"{outcome.card.key} {', '.join(outcome.draft.labels)}: {outcome.draft.phrase!r}, "
                f"{outcome.why_missed} (confidence {outcome.card.reading.confidence:.2f}, "
                f"{outcome.card.face})"
            )


def missed_labels(outcomes: Iterable[Outcome]) -> str:
    """Which labels the cards carry that went clear without a word of the packs, and of how many."""
    every, clear = Counter[str](), Counter[str]()
    for outcome in outcomes:
        if outcome.draft.kind is Kind.WORDLESS:
            every.update(outcome.draft.labels)
            clear.update(outcome.draft.labels if outcome.is_clear else ())
    return ", ".join(f"{label} {clear[label]} of {count}" for label, count in every.most_common())


def save_rates(outcomes: Sequence[Outcome], wordless_share: float, path: Path = RATES) -> None:
    """Keep, for the season, which share of clean cards and of unsafe ones goes clear.

    ``wordless_share`` of the unsafe ones are taken to be without any word of the packs.
    """
    share = {kind: _share_clear([one for one in outcomes if one.draft.kind is kind]) for kind in Kind}
    unsafe = wordless_share * share[Kind.WORDLESS] + (1 - wordless_share) * share[Kind.BY_WORDS]
    by_hand = sum(outcome.card.by_hand for outcome in outcomes)
    source = f"{len(outcomes)} cards, {by_hand} of them in handwriting"
    rates = {"clean": share[Kind.CLEAN], "unsafe": unsafe, "source": source}
    path.write_text(json.dumps(rates), encoding="utf-8")


def _share_clear(outcomes: Sequence[Outcome]) -> float:
    return sum(outcome.is_clear for outcome in outcomes) / max(1, len(outcomes))


def _group(outcome: Outcome) -> str:
    how = "hand" if outcome.card.by_hand else "print"
    return f"{script_of(outcome.draft.words.language)} {how}"


def _row(name: str, outcomes: Sequence[Outcome]) -> list[str]:
    counts = Counter(outcome.lane for outcome in outcomes)
    could = sum(outcome.is_open for outcome in outcomes)
    clear = counts[Lane.CLEAR]
    misread = sum((errors(one.card.reading.text, one.card.text) for one in outcomes), Errors(0, 0))
    return [
        name,
        str(len(outcomes)),
        *(str(counts[lane]) for lane in LANES),
        str(could),
        f"{clear / could:.3f}" if could else "-",
        f"{proportions.upper_bound(clear, could):.3f}" if could else "-",
        f"{misread.rate:.3f}",
    ]
