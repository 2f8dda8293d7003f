"""Run as ``make bench-clear``: how many unsafe cards would travel unseen with the trust dial on."""

from __future__ import annotations

import sys
from collections import Counter

import click
from rich.console import Console

from benchmarks.clear import report
from benchmarks.clear.cards import Draft, Drafts
from benchmarks.clear.held_out import screeners, split
from benchmarks.clear.outcome import Outcome, screen
from benchmarks.drawn import check_hands
from benchmarks.rendered import CardReader, read_all
from samples.fonts import FontMissingError
from worker.screening.screener import Screener

NOTES = """\
The cards are made of training messages that the classifier in use here has not seen: a fourth is kept out.
'Open' would be clear had nothing been found; 'at most' is the upper 95% bound on how many of them are.
"""


@click.command()
@click.option("--cards", default=1000, show_default=True)
@click.option("--seed", default=0, show_default=True, help="Which messages, phrases and drawings.")
@click.option("--in-print", is_flag=True, help="Draw every card in print.")
def main(*, cards: int, seed: int, in_print: bool) -> None:
    """Draw cards, read and screen them with the dial on, and say which go clear."""
    console, progress = Console(width=132), Console(stderr=True)
    if not in_print:
        check_hands()
    kept_out, left = split()
    with progress.status("Training a classifier without the messages that are drawn"):
        packs_only, screener = screeners(left)
    drafts = Drafts(kept_out, packs_only, seed)
    reader = CardReader(in_print=in_print, seed=seed)
    outcomes, undrawn = _measure(drafts.choose(cards), reader, screener, progress)
    console.print(NOTES, highlight=False)
    if undrawn:
        console.print("not drawn: " + ", ".join(f"{why} {count}" for why, count in sorted(undrawn.items())))
    console.print(report.lanes(outcomes))
    console.print("Clear although words of the packs stand there:", style="bold")
    console.print("\n".join(report.missed_words(outcomes)) or "none", highlight=False, soft_wrap=True)
    console.print("Clear where no word of the packs stands, by label:", style="bold")
    console.print(report.missed_labels(outcomes), highlight=False, soft_wrap=True)
    share = drafts.wordless_share
    console.print(f"\nOf the unsafe messages kept out, the packs alone find nothing in {share:.2f}.")
    report.save_rates(outcomes, share)


def _measure(
    drafts: list[Draft], reader: CardReader, screener: Screener, progress: Console
) -> tuple[list[Outcome], Counter[str]]:
    outcomes: list[Outcome] = []
    undrawn: Counter[str] = Counter()
    cards = [draft.words for draft in drafts]
    for draft, (words, card) in zip(drafts, read_all(reader, cards, progress), strict=True):
        if isinstance(card, str):
            undrawn[f"{words.language}: {card}"] += 1
        else:
            outcomes.append(screen(draft, card, screener))
    return outcomes, undrawn


if __name__ == "__main__":
    try:
        main()
    except FontMissingError as missing:
        sys.exit(f"{missing}, or draw every card --in-print")
