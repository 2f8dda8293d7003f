"""Warm, clean messages in many languages, put together from greetings, sentences and closings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from pydantic import TypeAdapter

HERE = Path(__file__).resolve().parent
WITHOUT_SPACES = {"zho", "jpn"}


@dataclass(frozen=True, slots=True)
class Phrases:
    """What messages of one language are made of."""

    greetings: tuple[str, ...]
    closings: tuple[str, ...]
    sentences: tuple[str, ...]


def languages() -> tuple[str, ...]:
    """The languages (ISO 639-3) that there are messages in."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yaml")))


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language; raises FileNotFoundError if there are none."""
    data = yaml.safe_load((HERE / f"{language}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(Phrases).validate_python(data, extra="forbid")


def message(language: str, rng: np.random.Generator, sentences: int | None = None) -> str:
    """A greeting, two to four sentences (or as many as asked for) and a closing, a line for each part."""
    parts = phrases(language)
    count = sentences or int(rng.integers(2, 5))
    chosen = rng.choice(len(parts.sentences), size=count, replace=False)
    # French print sets a space before ! and ?, at which no line may break.
    body = [parts.sentences[i].replace(" ?", "\u00a0?").replace(" !", "\u00a0!") for i in chosen]
    joined = ("" if language in WITHOUT_SPACES else " ").join(body)
    return "\n".join((pick(parts.greetings, rng), joined, pick(parts.closings, rng)))


def pick(choices: tuple[str, ...], rng: np.random.Generator) -> str:
    """One of ``choices``, each as likely."""
    return choices[int(rng.integers(len(choices)))]
