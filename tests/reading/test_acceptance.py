"""Which readings by Tesseract are taken for the script that they were tried as."""

from __future__ import annotations

import pytest

from tests.reading.test_kindred import PERSIAN
from tests.reading.test_lines import line
from worker.reading.other_scripts.acceptance import accepted_from, is_accepted


@pytest.mark.parametrize(
    ("text", "script", "accepted"),
    [
        (PERSIAN, "Arab", True),
        ("Вчера выпал первый снег, и мы с детьми слепили снеговика во дворе.", "Cyrl", True),
        ("عات خب باش وإن كانتب تتبعد اقادما ميددام شصتان فبردد كوبهاش", "Arab", False),
        ("Фажам Вам шивудоо дашогиу саду спфоють Кядки кождый дйре свеювика", "Cyrl", False),
        ("Вчера выпал", "Cyrl", False),
    ],
)
def test_what_scores_a_little_too_low_is_taken_where_its_words_are_listed(
    text: str, script: str, accepted: bool
) -> None:
    lines = [line(part) for part in text.splitlines()]
    enough = accepted_from(script)
    assert is_accepted(lines, enough - 0.05, script) == accepted
    assert not is_accepted(lines, enough - 0.15, script)
    assert is_accepted(lines, enough, script)
