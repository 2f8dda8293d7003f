"""Rule packs: the words and phrases of a label, in many languages, as data.

``docs/adding-a-finder.md`` describes the file. A pack that cannot be used is refused as a whole, with
file, line and reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from mailroom.finding import Label, Severity
from worker.screening.phrases.phrase import Phrase
from worker.screening.phrases.phrase_parser import Classes, PatternError, forget_words, parse

PACKS = Path(__file__).parent.parent / "packs"
WORDS = "words.yaml"
FILE_BYTES_MAX = 4_000_000

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=200)]
Phrases = dict[Language, str]


class PackError(ValueError):
    """A rule pack cannot be used; the message gives file, line and reason."""


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
    source = _Source(path)
    try:
        entry = PackEntry.model_validate(source.data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise source.fault(tuple(fault["loc"]), f"{place}: {fault['msg']}") from error
    classes = {
        language: Classes({**shared.get(language, {}), **entry.classes.get(language, {})})
        for language in {*shared, *entry.classes}
    }
    owners = range(count, count + len(entry.rules))
    for owner, (index, rule) in zip(owners, enumerate(entry.rules), strict=True):
        found = list(source.phrases(("rules", index, "phrases"), rule.phrases, classes, owner))
        if owner == count:
            found += source.phrases(("innocent",), entry.innocent, classes, owner, innocent=True)
        name = f"{entry.label}.{rule.id}"
        yield Rule(name, entry.label, rule.severity, rule.reason, frozenset(rule.countries)), found


def _shared_classes(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    source = _Source(path)
    try:
        return _Words.model_validate(source.data).classes
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise source.fault(tuple(fault["loc"]), fault["msg"]) from error


class _Words(_Part):
    classes: dict[Language, dict[Name, str]]


class _Source:
    """A YAML file that knows on which line each of its parts stands."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            if path.stat().st_size > FILE_BYTES_MAX:
                raise PackError(f"{path.name}: over {FILE_BYTES_MAX:,} bytes")
            text = path.read_text(encoding="utf-8")
            self._tree = yaml.compose(text, Loader=_LOADER)
            self.data = yaml.load(text, Loader=_LOADER)  # noqa: S506
        except UnicodeDecodeError as error:
            raise PackError(f"{path.name}: not UTF-8 text: {error.reason} at byte {error.start}") from error
        except (OSError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            line = f":{mark.line + 1}" if mark else ""
            raise PackError(f"{path.name}{line}: {getattr(error, 'problem', None) or error}") from error

    def line(self, place: tuple[int | str, ...]) -> int:
        """The line (from 1) on which the part at ``place`` begins, or the nearest part around it."""
        node = self._tree
        for step in place:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return node.start_mark.line + 1 if node else 1

    def fault(self, place: tuple[int | str, ...], reason: str, below: int = 0) -> PackError:
        """An error that names file, line and reason."""
        return PackError(f"{self._name}:{self.line(place) + below}: {reason}")

    def phrases(
        self,
        place: tuple[int | str, ...],
        phrases: Phrases,
        classes: Mapping[str, Classes],
        owner: int,
        innocent: bool = False,
    ) -> Iterator[Phrase]:
        """Parse the phrases of each language; raises PackError."""
        for language, block in phrases.items():
            for below, line in enumerate(block.splitlines(), 1):
                phrase = line.partition("#")[0].strip()
                if not phrase:
                    continue
                try:
                    items = parse(phrase, classes.get(language))
                except PatternError as error:
                    raise self.fault((*place, language), f"{phrase!r}: {error}", below) from error
                yield Phrase(items, language, owner, innocent)


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value if isinstance(value, yaml.Node) else None
    return None


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
