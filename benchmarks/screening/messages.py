"""The measuring set: labelled messages outside the project, split so that rules cannot learn the test.

A message belongs to ``dev`` if the SHA-256 of its id, as a number, divides by three, else to ``test``.
Authors of rules may read dev messages as examples of style; of test messages they only ever see the
numbers that this benchmark prints. No message of either part is in the training set.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared_files import SHARED

FILE = SHARED / "messages" / "messages.jsonl"


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the labels that a careful mail room would give it."""

    key: str
    language: str
    text: str
    labels: frozenset[str]


def is_dev(key: str) -> bool:
    """Whether the message of this id may be read by the authors of rules."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3 == 0


def read(path: Path, part: str) -> list[Message]:
    """The messages of ``part`` (dev, test or all) of a file."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if part == "all" or is_dev(data["id"]) == (part == "dev"):
            labels = frozenset(entry["label"] for entry in data["labels"])
            found.append(Message(data["id"], data["language"], data["text"], labels))
    return found
