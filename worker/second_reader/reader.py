"""A second reader: any instruct model behind an OpenAI-compatible address, asked for the same findings.

The promise: it can only add. What it says becomes a finding where the words that it quotes stand
literally in the text; everything else it says is dropped. No redirect is followed, no proxy is used,
and neither time nor size of an answer is beyond a limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mailroom.finding import SECOND_READER_RULE, Finding, Label, Severity
from mailroom.reading import Reading
from mailroom.second_reader_address import ReaderAddress
from worker.screening.words.locate import box_of
from worker.second_reader.plain_http import post_json
from worker.second_reader.prompt import DEFINITIONS, instructions, question

ANSWER_BYTES_MAX = 200_000
ANSWER_TOKENS_MAX = 800
FINDINGS_MAX = 20
WORDS_LENGTH_MAX = 300
WORDS_LENGTH_MIN = 2
OBJECTS_TRIED_MAX = 50


class NonsenseError(Exception):
    """The answer is not what was asked for; the message holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A label and the words that earn it, as the second reader quotes them."""

    label: Label
    words: str


class SecondReader:
    """Asks one model at one address."""

    def __init__(self, address: ReaderAddress, model: str, seconds: float) -> None:
        """``seconds`` bounds each question, from connecting to the last byte of the answer."""
        self._address = address
        self._model = model
        self._seconds = seconds

    def read(self, readings: Sequence[Reading], allow: frozenset[Label]) -> list[Finding]:
        """What the second reader finds on a card; a finding's side is the index of its reading.

        Raises HttpError, AddressRefusedError or OSError where there is no answer, NonsenseError where it
        makes no sense.
        """
        texts = [reading.text for reading in readings]
        if not any(text.strip() for text in texts):
            return []
        findings = []
        for remark in remarks_in(self._ask(texts)):
            finding = None if remark.label in allow else _placed(remark, readings)
            if finding is not None and finding not in findings:
                findings.append(finding)
        return findings

    def _ask(self, texts: Sequence[str]) -> str:
        request = {
            "model": self._model,
            "temperature": 0,
            "max_tokens": ANSWER_TOKENS_MAX,
            "stream": False,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": instructions()},
                {"role": "user", "content": question(texts)},
            ],
        }
        answer = post_json(self._address, "/chat/completions", request, self._seconds, ANSWER_BYTES_MAX)
        try:
            said = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            raise NonsenseError("no chat completion") from None
        if not isinstance(said, str):
            raise NonsenseError("a chat completion without text")
        return said


def remarks_in(said: str) -> list[Remark]:
    """The remarks of an answer, which may have prose around its JSON; raises NonsenseError without JSON.

    Entries that make no sense are dropped.
    """
    entries = _findings_in(said)
    return [remark for entry in entries[:FINDINGS_MAX] for remark in _remark(entry)]


def _findings_in(said: str) -> list[Any]:
    decoder = json.JSONDecoder()
    start = said.find("{")
    for _ in range(OBJECTS_TRIED_MAX):
        if start < 0:
            break
        try:
            data, _end = decoder.raw_decode(said, start)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict) and isinstance(data.get("findings"), list):
            return list(data["findings"])
        start = said.find("{", start + 1)
    raise NonsenseError("no JSON with findings")


def _remark(entry: Any) -> Iterator[Remark]:
    if not isinstance(entry, dict):
        return
    label, words = entry.get("label"), entry.get("words")
    if not isinstance(label, str) or label not in DEFINITIONS or not isinstance(words, str):
        return
    if WORDS_LENGTH_MIN <= len(words.strip()) <= WORDS_LENGTH_MAX:
        yield Remark(Label(label), words.strip())


def _placed(remark: Remark, readings: Sequence[Reading]) -> Finding | None:
    """The remark as a finding on the first side where its words stand; None where they stand nowhere."""
    about = remark.label.value.replace("_", " ")
    for side, reading in enumerate(readings):
        start = reading.text.find(remark.words)
        if start >= 0:
            box = box_of(reading, start, start + len(remark.words))
            reason = f"The second reader takes these words to concern: {about}."
            return Finding(remark.label, SECOND_READER_RULE, Severity.LOOK, remark.words, reason, box, side)
    return None
