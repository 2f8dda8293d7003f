"""What reading is meant to reach, and whether a figure does."""

from __future__ import annotations

from dataclasses import dataclass

ERROR_RATES = {
    "english-1905": 0.30,
    "french-2024": 0.10,
    # Modern English hand is only there as drawn by fonts.
    "hand eng": 0.05,
    "hand fra": 0.10,
    **{
        f"{corpus}-typed": 0.04
        for corpus in ("english-1905", "english-1940s", "german-1940s", "czech-1940s", "french")
    },
    **{f"print {language}": 0.05 for language in ("ara", "fas", "rus", "ukr", "ell", "heb", "kor", "hin")},
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound: the most that a figure may be, or the least."""

    bound: float
    least: bool = False

    def beside(self, figure: float, form: str = ".3g") -> str:
        """The figure with this goal and whether it is met, never rounded into meeting it."""
        met = figure >= self.bound if self.least else figure <= self.bound
        sign = "≥" if self.least else "≤"
        verdict = "met" if met else "[bold]missed[/bold]"
        return f"{figure:{form}} ({sign} {self.bound:{form}} {verdict})"


TESSERACT_SHARE = Goal(1 / 8)
DIRECTIONS = Goal(0.99, least=True)
BLANK = Goal(0.995, least=True)
SCALING = Goal(1.85, least=True)
MEGABYTES = Goal(700)
SECONDS_TO_READY = Goal(3.0)


def error_rate(corpus: str, rate: float) -> str:
    """An error rate, with its goal where the corpus has one."""
    bound = ERROR_RATES.get(corpus)
    return f"{rate:.3f}" if bound is None else Goal(bound).beside(rate, ".3f")
