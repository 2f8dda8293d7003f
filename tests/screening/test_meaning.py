"""The classifier: what it is told, how it is fitted, where its thresholds stand, and what it says."""

from __future__ import annotations

from functools import cache
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mailroom.finding import Finding, Label
from mailroom.scope import Scope
from worker.screening.finders.meaning import SEEMS
from worker.screening.learning.training_set import LABELS, read_messages
from worker.screening.meaning.context import with_context
from worker.screening.meaning.features import SIZE, Sentence, feature_ids, sentences_of, vectors_of
from worker.screening.meaning.model import FILE, ClassifierError, load
from worker.screening.meaning.thresholds import choose_thresholds
from worker.screening.meaning.training import Example, Fit, fit
from worker.screening.screener import Screener
from worker.screening.words.text import message_of
from worker.second_reader.prompt import DEFINITIONS


@cache
def texts() -> tuple[str, ...]:
    return tuple(message.text for message in read_messages()[::40])


A_TEXT = st.deferred(lambda: st.sampled_from(texts()))


def sentence(text: str) -> Sentence:
    message = message_of(text)
    return sentences_of(message, [()], vectors_of([message])[0])[0]


def example(text: str, *targets: float) -> Example:
    return Example(sentence(text), np.array(targets, dtype=np.float32))


def small_set() -> list[Example]:
    return [
        *(
            example(f"my {size} parcel with soap for you", 1, 0)
            for size in ("first", "small", "blue", "last")
        ),
        *(example(f"they beat the {kind} man at night", 0, 1) for kind in ("young", "old", "tall", "poor")),
        *(example(f"the {kind} snow fell on our garden", 0, 0) for kind in ("first", "wet", "blue", "old")),
    ]


def odds(model: Fit, text: str) -> NDArray[np.float32]:
    return model.scores(sentence(text))


def test_a_fit_tells_labels_apart_in_new_sentences() -> None:
    model = fit(small_set(), 2)
    parcel, beaten, snow = (
        odds(model, text)
        for text in ("a parcel of soap for you all", "they beat a man", "our garden under snow")
    )
    assert parcel[0] > max(beaten[0], snow[0]) + 1
    assert beaten[1] > max(parcel[1], snow[1]) + 1


def test_the_same_examples_give_the_same_weights() -> None:
    first, second = fit(small_set(), 2), fit(small_set(), 2)
    assert (first.weights == second.weights).all()
    assert (first.bias == second.bias).all()


def test_of_what_nobody_knows_nothing_is_learnt() -> None:
    unknown = [example(f"my {word} parcel of soap", np.nan, 0) for word in ("red", "green", "white")]
    snow = [example(f"the {word} snow in our garden", np.nan, 1) for word in ("red", "green", "white")]
    model = fit(unknown + snow, 2)
    assert not model.weights[:, 0].any()
    assert model.weights[:, 1].any()
    assert np.isfinite(model.bias).all()


def test_features_that_no_example_has_weigh_nothing() -> None:
    examples = small_set()
    had = np.unique(np.concatenate([each.sentence.ids for each in examples]))
    weights = fit(examples, 2).weights
    assert weights.shape == (SIZE, 2)
    assert not np.delete(weights, had, axis=0).any()
    assert not fit([], 2).weights.any()


def test_inflected_words_share_features() -> None:
    one, other = (set(feature_ids(message_of(word).tokens)) for word in ("verhaftet", "verhaftung"))
    assert len(one & other) >= 10
    assert not one & set(feature_ids(message_of("snow").tokens))


def test_a_sentence_is_told_what_stands_around_it() -> None:
    first, second, third = with_context([["a"], [], ["b"]], "eng")
    assert first == ["a", "message a", "message b", "place first", "language eng"]
    assert second == ["before a", "after b", "message a", "message b", "place middle", "language eng"]
    assert third[0] == "b"
    assert "place last" in third
    assert with_context([], None) == []


def alarms(scores: NDArray[np.float32], clean: NDArray[np.bool_], thresholds: NDArray[np.float32]) -> float:
    return float((scores[clean] > thresholds).any(axis=1).mean())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 0.3))
def test_no_more_clean_messages_are_raised_than_allowed(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(200, 3)).astype(np.float32)
    clean = random.random(200) < 0.6
    missed = (random.random((200, 3)) < 0.2) & ~clean[:, None]
    thresholds = choose_thresholds(scores, missed, clean, share)
    assert alarms(scores, clean, thresholds) <= share


def test_alarms_are_spent_where_they_find_most() -> None:
    random = np.random.default_rng(1)
    clean = np.arange(1000) < 500
    missed = np.repeat(~clean[:, None], 2, axis=1)
    scores = random.normal(size=(1000, 2)).astype(np.float32)
    scores[~clean, 0] += 3
    chosen = choose_thresholds(scores, missed, clean, 0.06)
    found = ((scores > chosen) & missed).sum(axis=0)
    equal = np.quantile(scores[clean], 0.97, axis=0)
    assert found.sum() > ((scores > equal) & missed).sum()
    assert chosen[0] < chosen[1]


def by_meaning(screener: Screener, text: str) -> list[Finding]:
    """What the classifier raises, its evidence and reason in order."""
    screening = screener.screen_text(text, Scope())
    findings = [finding for finding in screening.findings if finding.rule.endswith(".meaning")]
    for finding in findings:
        assert finding.evidence
        assert finding.evidence in text
        assert finding.reason.startswith("It seems to ")
    return findings


def test_evidence_stands_in_the_text(screener: Screener) -> None:
    raised = (text for text in texts() if by_meaning(screener, text))
    assert len(list(islice(raised, 20))) == 20


@settings(max_examples=60, deadline=None)
@given(st.one_of(A_TEXT, st.text(max_size=200)), A_TEXT)
def test_evidence_stands_in_the_text_whatever_stands_before_it(
    screener: Screener, first: str, second: str
) -> None:
    by_meaning(screener, f"{first}\n\n{second}")


def test_the_built_in_model_knows_every_label_and_finds_what_no_pack_does(
    screener: Screener, packs_only: Screener
) -> None:
    assert load(FILE).labels == LABELS
    more = (
        text
        for text in texts()[::5]
        if {finding.label for finding in screener.screen_text(text, Scope()).findings}
        - {finding.label for finding in packs_only.screen_text(text, Scope()).findings}
    )
    assert len(list(islice(more, 5))) == 5


def test_each_label_of_the_classifier_has_its_reason_and_can_be_asked_of_the_second_reader() -> None:
    assert set(SEEMS) == set(LABELS) == set(DEFINITIONS)


def test_a_hunch_begins_below_a_finding() -> None:
    limits = load(FILE).limits
    assert (limits.hunches <= limits.thresholds).all()
    # Of a label of which a lower threshold would find no more, there is no hunch.
    assert (limits.hunches < limits.thresholds).sum() >= len(LABELS) - 1


def test_a_label_that_a_case_allows_is_not_raised(screener: Screener) -> None:
    allowed = Scope(allow=frozenset(Label))
    assert any(by_meaning(screener, text) for text in texts()[:40])
    assert all(not screener.screen_text(text, allowed).findings for text in texts()[:40])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not an archive"])
def test_a_file_that_is_no_model_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("models") / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ClassifierError, match=r"model\.npz is no classifier"):
        load(path)


def test_a_model_of_other_features_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("models") / "model.npz"
    with np.load(FILE) as data:
        entries = dict(data)
    entries["weights"] = entries["weights"][: SIZE // 2]
    np.savez_compressed(path, **entries)
    with pytest.raises(ClassifierError, match="made for other features"):
        load(path)
