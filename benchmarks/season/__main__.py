"""Run as ``make bench-season``: whether the bound shown holds, and how soon the dial turns itself back."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.season.mail import Mail, measured
from benchmarks.season.room import Room
from benchmarks.season.run import Plan, Season, middle_and_high, run_many, share

LIMIT, RECHECKED = 0.02, 0.1
STEADY = (0.5, 1.0, 1.5, 2.5)
RISEN = (2.0, 3.0, 5.0)
GOOD = 0.25
NOTES = """\
The dial is turned on as soon as it lets itself be, at a limit of {limit:.1%} and with {share:.0%} rechecked
by people who miss nothing. Its own functions decide; cards come in five languages, half of them in one.
Of those that come, {fit:.1%} fit the clear lane, which lets in {clean:.1%} of the clean cards and
{unsafe:.1%} of the unsafe ones ({source}); {mail:.1%} of the mail is taken to be unsafe.
"""


@click.command()
@click.option("--seasons", default=200, show_default=True)
@click.option("--cards", default=6000, show_default=True, help="Cards a season.")
@click.option(
    "--unsafe", default=0.05, show_default=True, help="Share of unsafe cards in the mail: a guess."
)
@click.option("--clear-of-clean", type=float, help="In place of what bench-clear measured.")
@click.option("--clear-of-unsafe", type=float, help="In place of what bench-clear measured.")
@click.option("--seed", default=0, show_default=True)
def main(
    *,
    seasons: int,
    cards: int,
    unsafe: float,
    clear_of_clean: float | None,
    clear_of_unsafe: float | None,
    seed: int,
) -> None:
    """Simulate seasons, without pictures."""
    mail = measured(unsafe)
    if clear_of_clean is not None and clear_of_unsafe is not None:
        mail = Mail(unsafe, clear_of_clean, clear_of_unsafe)
    if mail is None:
        sys.exit("Run `make bench-clear` first, or give --clear-of-clean and --clear-of-unsafe.")
    console, fit = Console(width=132), round(cards * mail.fit)
    console.print(_notes(mail), highlight=False)
    rates = (mail.miss_rate, *(LIMIT * times for times in STEADY))
    plans = [Plan(fit, rate, limit=LIMIT, share=RECHECKED) for rate in rates]
    console.print(steady(plans, seasons, seed))
    plans = [Plan(fit, LIMIT * GOOD, LIMIT * times, limit=LIMIT, share=RECHECKED) for times in RISEN]
    console.print(risen(plans, seasons, seed))


def _notes(mail: Mail) -> str:
    return NOTES.format(
        limit=LIMIT,
        share=RECHECKED,
        fit=mail.fit,
        clean=mail.clear_of_clean,
        unsafe=mail.clear_of_unsafe,
        source=mail.source,
        mail=mail.unsafe,
    )


def steady(plans: Sequence[Plan], seasons: int, seed: int) -> Table:
    """How often the true rate lies within the bound shown, and what the dial does meanwhile."""
    heads = ("true rate", "bound holds at the end", "at every look", "dial turned on", "bound held then")
    table = Table(*heads, "after cards", "turned back", "unsafe unseen", title="The same rate all season")
    for plan in plans:
        done = _run(plan, seasons, seed)
        on = [season for season in done if season.on_after is not None]
        table.add_row(
            f"{plan.rate:.2%}",
            f"{share([season.held_at_end for season in done]):.3f}",
            f"{share([season.held_throughout for season in done]):.3f}",
            f"{share([season.on_after is not None for season in done]):.3f}",
            f"{share([bool(season.held_when_on) for season in on]):.3f}" if on else "-",
            _counts([season.on_after or 0 for season in on]),
            f"{share([season.back_after is not None for season in on]):.3f}" if on else "-",
            _counts([season.travelled_unsafe for season in on]),
        )
    table.caption = (
        "Counts are the median and the 95th percentile, of seasons in which the dial was turned on."
    )
    return table


def risen(plans: Sequence[Plan], seasons: int, seed: int) -> Table:
    """How soon the dial turns itself back once the true rate has risen above its limit."""
    heads = ("before", "true rate then", "turned on", "turned back", "after cards", "rechecks among them")
    table = Table(*heads, "unsafe unseen", title="The rate rises when the dial is turned on")
    for plan in plans:
        done = [season for season in _run(plan, seasons, seed) if season.on_after is not None]
        back = [season for season in done if season.back_after is not None]
        after = [season.back_after or 0 for season in back]
        table.add_row(
            f"{plan.rate:.2%}",
            f"{plan.later:.2%}",
            f"{len(done) / seasons:.3f}",
            f"{len(back) / len(done):.3f}" if done else "-",
            _counts(after),
            _counts([count - season.travelled for count, season in zip(after, back, strict=True)]),
            _counts([season.travelled_unsafe for season in back]),
        )
    return table


def _run(plan: Plan, seasons: int, seed: int) -> list[Season]:
    passing = run_many(plan, seasons, seed, Room())
    what = f"True rate {plan.rate if plan.later is None else plan.later:.2%}"
    return list(track(passing, what, seasons, console=Console(stderr=True), transient=True))


def _counts(values: Sequence[int]) -> str:
    middle, high = middle_and_high(values)
    return f"{middle:.0f}, {high:.0f}" if values else "-"


if __name__ == "__main__":
    main()
