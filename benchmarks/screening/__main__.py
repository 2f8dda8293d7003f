"""Run as ``make bench-screening``: recall, precision and silence by label and language, and time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console

from benchmarks.drawn import check_hands
from benchmarks.rendered import CardReader
from benchmarks.screening import rendered
from benchmarks.screening.messages import FILE, Message, read
from benchmarks.screening.noise import misread
from benchmarks.screening.poor_scans import SHARPNESS, measure, report
from benchmarks.screening.tally import Tally
from mailroom.finding import Screening
from mailroom.scope import Scope
from samples.fonts import FontMissingError
from worker.screening.finders.meaning import Judgement
from worker.screening.meaning.features import vectors_of
from worker.screening.meaning.model import load
from worker.screening.rules import Rules
from worker.screening.screener import Screener
from worker.screening.subject import Subject

NOISE = 0.10
Screen = Callable[[Message], Screening]


@click.command()
@click.option(
    "--messages", type=click.Path(path_type=Path), default=FILE, help="A file of labelled messages."
)
@click.option("--part", type=click.Choice(["test", "dev", "all"]), default="test", show_default=True)
@click.option("--rendered", "as_cards", is_flag=True, help="Draw each message as a card and read it.")
@click.option(
    "--poor-scans", is_flag=True, help="As --rendered, also scanned poorly: what misreading loses."
)
@click.option("--in-print", is_flag=True, help="With these two: draw every card in print.")
@click.option("--seed", default=0, show_default=True, help="With these two: which drawing of each card.")
@click.option("--cards", type=int, help="Only so many messages, spread over the file.")
def main(
    *,
    messages: Path,
    part: str,
    as_cards: bool,
    poor_scans: bool,
    in_print: bool,
    seed: int,
    cards: int | None,
) -> None:
    """Measure screening on labelled messages that no rule has learned from."""
    if not messages.exists():
        sys.exit(f"There are no labelled messages at {messages}; set MAILROOM_SHARED (docs/measuring.md).")
    chosen = _spread(read(messages, part), cards)
    if (as_cards or poor_scans) and not in_print:
        check_hands()
    if poor_scans:
        click.echo(f"{len(chosen)} messages ({part}), drawn, scanned at {len(SHARPNESS)} sharpnesses, read")
        bands = measure(chosen, Screener(), Console(stderr=True), in_print=in_print, seed=seed)
        click.echo("\n".join(report(bands)))
    elif as_cards:
        click.echo(f"{len(chosen)} messages ({part}), drawn as cards and read, no language given")
        reader = CardReader(in_print=in_print, seed=seed)
        found = rendered.measure(chosen, reader, Screener(), Console(stderr=True))
        click.echo("\n".join(rendered.report(found)))
    else:
        _measure_text(chosen, part)


def _spread(messages: list[Message], count: int | None) -> list[Message]:
    return messages[:: max(1, len(messages) // count)][:count] if count else messages


def _measure_text(chosen: Sequence[Message], part: str) -> None:
    screener, packs_only = Screener(), Screener()
    packs_only.use(None)
    click.echo(f"{len(chosen)} messages ({part}), plain text, language given\n")
    both = _measure(chosen, _plain(screener))
    click.echo("\n".join([*both.by_label(), "", *both.by_language(), ""]))
    click.echo(f"packs and finders     {_measure(chosen, _plain(packs_only)).summary()}")
    click.echo(f"classifier alone      {_classifier_alone(chosen).summary()}")
    click.echo(f"both                  {both.summary()}")
    click.echo(f"language not given    {_measure(chosen, _plain(screener, given=False)).summary()}")
    click.echo(f"misread, CER {NOISE:.2f}     {_measure(chosen, _noisy(screener)).summary()}")
    click.echo(
        f"\n{_milliseconds(chosen, screener):.2f} ms a message, rules and classifier, words seen before"
    )


def _measure(messages: Sequence[Message], screen: Screen) -> Tally:
    tally = Tally()
    for message in messages:
        tally.add(message, (finding.label.value for finding in screen(message).findings))
    return tally


def _classifier_alone(messages: Sequence[Message]) -> Tally:
    """What the classifier would say by itself: the packs are its clues, not findings."""
    tally, model = Tally(), load()
    rules = Rules(ordinary=model.words)
    for message in messages:
        languages = frozenset({message.language})
        subject = Subject.of_text(message.text, Scope(), message.language, languages)
        _, clues = rules.matches(subject)
        (vectors,) = vectors_of([subject.message])
        judgement = Judgement(model, subject, clues, vectors)
        tally.add(message, (match.label.value for match in judgement.findings()))
    return tally


def _plain(screener: Screener, *, given: bool = True) -> Screen:
    return lambda message: screener.screen_text(message.text, Scope(), message.language if given else None)


def _noisy(screener: Screener) -> Screen:
    return lambda message: screener.screen_text(
        misread(message.text, NOISE, message.key), Scope(), message.language
    )


def _milliseconds(messages: Sequence[Message], screener: Screener) -> float:
    begun = time.process_time()
    for message in messages:
        screener.screen_text(message.text, Scope(), message.language)
    return (time.process_time() - begun) * 1000 / len(messages)


if __name__ == "__main__":
    try:
        main()
    except FontMissingError as missing:
        sys.exit(f"{missing}, or draw every card --in-print")
