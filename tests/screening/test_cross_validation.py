"""Which messages a model may not have seen when it is asked about one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worker.screening.learning.cross_validation import FOLDS, WRITTEN_TOGETHER, fold_of

languages = st.sampled_from(["eng", "fra", "zho"])


@given(languages, st.integers(0, 300), st.integers(1, WRITTEN_TOGETHER), st.integers(1, WRITTEN_TOGETHER))
def test_messages_of_one_hand_stay_together(language: str, block: int, first: int, second: int) -> None:
    before = block * WRITTEN_TOGETHER
    assert fold_of(f"{language}-{before + first:04}") == fold_of(f"{language}-{before + second:04}")


def test_every_fold_gets_its_share() -> None:
    folds = [fold_of(f"eng-{number:04}") for number in range(1, 40 * WRITTEN_TOGETHER, WRITTEN_TOGETHER)]
    assert all(5 <= folds.count(fold) <= 15 for fold in range(FOLDS))


@given(st.text())
def test_whatever_a_message_is_called_it_has_a_fold(key: str) -> None:
    assert fold_of(key) in range(FOLDS)
