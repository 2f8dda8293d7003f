"""The training messages keep to their schema, so that a slip is found before a model learns it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mailroom.finding import Label

FOLDER = Path(__file__).parents[2] / "worker" / "screening" / "training"
FILES = sorted(FOLDER.glob("*.jsonl"))
NOT_IN_A_MESSAGE = {
    Label.TRIGGER_WORD,
    Label.LANGUAGE,
    Label.UNREADABLE,
    Label.BLANK,
    Label.CODE,
    Label.MARK,
}
LABELS = set(Label) - NOT_IN_A_MESSAGE


def messages(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def every_message() -> list[dict[str, Any]]:
    return [message for file in FILES for message in messages(file)]


def words(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def of_language(file: Path) -> str:
    return file.stem


def test_the_main_languages_are_there() -> None:
    assert {"deu", "eng", "fra", "ita", "nld", "pol", "por", "spa"} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=of_language)
def test_schema(file: Path) -> None:
    for number, message in enumerate(messages(file), start=1):
        assert list(message) == ["id", "language", "voice", "text", "labels"], message
        assert message["id"] == f"{file.stem}-{number:04d}"
        assert message["language"] == file.stem
        assert message["voice"].strip() == message["voice"] != ""
        assert message["text"].strip() == message["text"] != ""


@pytest.mark.parametrize("file", FILES, ids=of_language)
def test_no_marks_of_the_writers_are_left_in_the_text(file: Path) -> None:
    marked = re.compile(r"\{\w+(\+\w+)*:|\{\{|\}\}")
    assert [message["id"] for message in messages(file) if marked.search(message["text"])] == []


@pytest.mark.parametrize("file", FILES, ids=of_language)
def test_spans_are_literal_and_labels_known(file: Path) -> None:
    for message in messages(file):
        for label in message["labels"]:
            assert set(label) == {"label", "span"}, message["id"]
            assert label["label"] in LABELS, message["id"]
            assert label["span"].strip(), message["id"]
            assert label["span"] in message["text"], message["id"]


def test_texts_are_distinct() -> None:
    counted = Counter(words(message["text"]) or message["text"] for message in every_message())
    assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("file", FILES, ids=of_language)
def test_clean_messages_are_three_tenths_at_least(file: Path) -> None:
    clean = [not message["labels"] for message in messages(file)]
    assert sum(clean) / len(clean) >= 0.3


@pytest.mark.parametrize("file", FILES, ids=of_language)
def test_every_label_is_taught(file: Path) -> None:
    taught = {label["label"] for message in messages(file) for label in message["labels"]}
    assert LABELS - taught == set()
