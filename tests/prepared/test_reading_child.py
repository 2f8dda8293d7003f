"""A child that starts with what was prepared reads and screens as one that makes all anew."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import pytest

from mailroom.pictures import PictureLimits
from mailroom.scope import Scope
from tests.reading.pictures import card
from worker.child import ReadingChild
from worker.prepared import store
from worker.prepared.store import prepare
from worker.screening.meaning.encoder import shared_encoder

LINES = ("Dear Nadia, the first snow fell", "Greetings from Leeds, Tom", "Please call me on 07700 900123")


def fresh_child() -> ReadingChild:
    """One that shares nothing with other tests of this process."""
    shared_encoder.cache_clear()
    return ReadingChild()


def answer(child: ReadingChild, scan: Path) -> Any:
    request = {
        "do": "read",
        "limits": asdict(PictureLimits()),
        "scope": Scope().as_data(),
        "views": False,
        "sides": [{"path": str(scan), "page": 0}],
    }
    return child.answer(request)


def test_it_answers_as_one_that_made_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cv2.imwrite(str(tmp_path / "card.png"), card(LINES))
    monkeypatch.setattr(store, "FOLDER", tmp_path / "kept")
    answers = []
    prepare(lambda: answers.append(answer(fresh_child(), tmp_path / "card.png")))
    for making in ("openvino.Core.compile_model", "worker.screening.rules.load_packs"):
        monkeypatch.setattr(making, None)
    answers.append(answer(fresh_child(), tmp_path / "card.png"))
    assert answers[0] == answers[1]
    assert answers[0]["screening"]["findings"]
