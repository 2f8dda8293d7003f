"""Rule packs: the words and phrases of a label, in many languages, as data.

``docs/adding-a-finder.md`` describes the file. A pack that cannot be used is refused as a whole, with
file, line and reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mailroom.finding import Label, Severity
from worker.screening.phrases.pack_file import PackError, PackFile, Place
from worker.screening.phrases.phrase import Phrase
from worker.screening.phrases.phrase_parser import Classes, parse
from worker.screening.phrases.phrase_parts import PatternError, forget_words

PACKS = Path(__file__).parent.parent / "packs"
WORDS = "words.yaml"

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=200)]
Phrases = dict[Language, str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RuleEntry(_Part):
    """A rule as its pack states it; ``phrases`` hold one phrase a line for each language."""

    id: Name
    severity: Annotated[Severity, Field(strict=False)] = Severity.LOOK
    reason: Reason
    countries: Annotated[tuple[Country, ...], Field(strict=False)] = ()
    phrases: Phrases = Field(min_length=1)


class PackEntry(_Part):
    """A pack as its file states it; ``innocent`` phrases take back what they overlap."""

    label: Annotated[Label, Field(strict=False)]
    rules: Annotated[tuple[RuleEntry, ...], Field(strict=False, min_length=1)]
    classes: dict[Language, dict[Name, str]] = Field(default_factory=dict)
    innocent: Phrases = Field(default_factory=dict)


class WordsEntry(_Part):
    """The classes that all packs may use, by language and name, as ``words.yaml`` states them."""

    classes: dict[Language, dict[Name, str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in use; ``name`` is ``label.id``, ``countries`` is empty where it holds everywhere."""

    name: str
    label: Label
    severity: Severity
    reason: str
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Packs:
    """All rules and their phrases; a phrase's ``owner`` is an index into ``rules``."""

    rules: tuple[Rule, ...]
    phrases: tuple[Phrase, ...]

    @property
    def languages(self) -> frozenset[str]:
        """The languages (ISO 639-3) in which some phrase is written."""
        return frozenset(phrase.language for phrase in self.phrases)


def load_packs(folder: Path = PACKS) -> Packs:
    """Read every pack of ``folder``; raises PackError."""
    shared = _shared_classes(folder / WORDS)
    rules: list[Rule] = []
    phrases: list[Phrase] = []
    try:
        for path in sorted(folder.glob("*.yaml")):
            if path.name != WORDS:
                for rule, found in _load_pack(path, shared, len(rules)):
                    rules.append(rule)
                    phrases.extend(found)
    finally:
        forget_words()
    if not rules:
        raise PackError(f"{folder.name}: there is no rule pack in this folder")
    return Packs(tuple(rules), tuple(phrases))


def _load_pack(
    path: Path, shared: Mapping[str, Mapping[str, str]], count: int
) -> Iterator[tuple[Rule, list[Phrase]]]:
    file = PackFile(path)
    entry = file.entry(PackEntry)
    classes = {
        language: Classes({**shared.get(language, {}), **entry.classes.get(language, {})})
        for language in {*shared, *entry.classes}
    }
    owners = range(count, count + len(entry.rules))
    for owner, (index, rule) in zip(owners, enumerate(entry.rules), strict=True):
        found = list(_parsed(file, ("rules", index, "phrases"), rule.phrases, classes, owner))
        if owner == count:
            found += _parsed(file, ("innocent",), entry.innocent, classes, owner, innocent=True)
        name = f"{entry.label}.{rule.id}"
        yield Rule(name, entry.label, rule.severity, rule.reason, frozenset(rule.countries)), found


def _shared_classes(path: Path) -> dict[str, dict[str, str]]:
    return PackFile(path).entry(WordsEntry).classes if path.exists() else {}


def _parsed(
    file: PackFile,
    place: Place,
    phrases: Phrases,
    classes: Mapping[str, Classes],
    owner: int,
    *,
    innocent: bool = False,
) -> Iterator[Phrase]:
    """The phrases of each language, which stand at a place of the file; raises PackError."""
    for language, block in phrases.items():
        for below, line in enumerate(block.splitlines(), 1):
            phrase = line.partition("#")[0].strip()
            if not phrase:
                continue
            try:
                items = parse(phrase, classes.get(language))
            except PatternError as error:
                raise file.fault((*place, language), f"{phrase!r}: {error}", below) from error
            yield Phrase(items, language, owner, innocent)
