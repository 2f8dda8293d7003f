"""Which lane a card takes: unseen only where nothing speaks against it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from mailroom.finding import Label, Lane, Severity
from mailroom.reading import Content, Reading
from mailroom.scope import Scope
from tests.screening.cards import KIND, NADIA, OLEG, SCOPE, reading
from worker.screening.meaning.model import FILE, load
from worker.screening.screener import Screener


@pytest.mark.parametrize("words", ["LanternSociety sings.", "We sing offreedom.", "See thefight."])
def test_what_nearly_is_a_word_of_the_campaign_is_glanced_at(packs_only: Screener, words: str) -> None:
    scope = replace(SCOPE, words=("freedom", "fight"), organisation=("Lantern Society",))
    card = reading(f"{KIND} {words}")
    assert packs_only.screen([card], SCOPE).lane is Lane.CLEAR
    assert packs_only.screen([card], scope).lane is Lane.GLANCE


def test_lanes(screener: Screener) -> None:
    kind = reading(KIND)
    closed = Scope(slug="nadia-k", cases=(NADIA, OLEG))
    assert screener.screen([kind], SCOPE).lane is Lane.CLEAR
    assert screener.screen([kind], closed).lane is Lane.GLANCE
    assert screener.screen([reading(KIND, content=Content.DRAWING)], SCOPE).lane is Lane.GLANCE
    assert screener.screen([reading("Dear Nadia, hello")], SCOPE).lane is Lane.GLANCE
    assert screener.screen([reading("Merry Christmas dear Nadia Karimi!")], SCOPE).lane is Lane.DESK
    assert screener.screen([reading("They tortured you, Nadia Karimi.")], SCOPE).lane is Lane.SECOND_LOOK


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "The apple tree in our garden is in flower. Ruth, Zeyada Apt12. Warm wishes"),
        ("eng", "The apple tree in our garden is in flower. I prayfor you. Warm wishes, Ruth"),
        ("eng", "The apple tree in our garden is in flower. Gott nyttar. Warm wishes, Ruth"),
        ("spa", "El manzano de nuestro patio florece. Un saludo de Ruth. Lafe."),
        ("ita", "Ti pensiamo nel nostro giardino. C'è una candela, fil. spinato. Con affetto, Ruth"),
        ("deu", "Der Apfelbaum im Garten blüht. Scrivi peridiritti. Herzliche Grüße, Ruth"),
        ("ita", "Il melo fiorisce nel giardino. Suepcelencia le scrivo. Un saluto, Ruth"),
        ("eng", "The apple tree in our garden is in flower. We li win the appeal. Warm wishes, Ruth"),
        ("zho", "我家院子里的苹果树开花了。愿你有思典。露丝"),
        ("tur", "Elma ağacı bahçede çiçek açtı. llacsizReçeten sabah bir mektup. Ruth"),
        ("ara", "شجرة التفاح مزهرة في حديقتنا اليوم. دار زده‌اند او را. روث"),
        ("nld", "De appelboom in onze tuin staat in bloei. Myn adres. Warme groeten, Ruth"),
        ("tur", "Elma ağacı bahçede çiçek açtı. Kaza dur. Sevgiyle, Ruth"),
        ("eng", "The apple tree in our garden is in flower. Je-sus loves you. Ruth"),
        ("eng", "The apple tree in our garden is in flower. Je\nsus loves you. Ruth"),
        ("eng", "The apple tree in our garden is in flower. From Am nes ty. Ruth"),
    ],
)
def test_words_that_hide_behind_a_misreading_keep_a_card_from_the_clear_lane(
    packs_only: Screener, language: str, text: str
) -> None:
    card = reading(f"Nadia Karimi, {text}", language=language)
    screened = packs_only.screen([card], SCOPE)
    assert screened.lane is Lane.GLANCE
    assert not screened.findings
    # Nor does it count among those that would be clear if the dial were on.
    assert not packs_only.screen([card], replace(SCOPE, clear_allowed=False)).meets_clear


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "Ninakuombea kila siku kwa Mungu."),
        ("eng", "Siunčiu tau pinigų ir savo adresą."),
        ("rus", "Ndikuthandazela yonke imihla kuThixo ngoku."),
        ("eng", "Свобода!"),
        ("eng", "自由"),
        ("ara", "ישו"),
    ],
)
def test_words_that_the_rules_of_the_language_know_nothing_of_are_glanced_at(
    packs_only: Screener, language: str, text: str
) -> None:
    kind = {"rus": "яблоня в нашем саду цветёт.", "ara": "شجرة التفاح مزهرة في حديقتنا اليوم."}
    card = reading(f"Nadia Karimi, {kind.get(language, KIND)} {text}", language=language)
    screened = packs_only.screen([card], SCOPE)
    assert screened.lane is Lane.GLANCE
    assert not screened.findings


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "kor",
            "로사 님께. 칠십 평생 처음 편지를 씁니다. 마당에 감나무가 있는데 세 개 남겨 두었습니다.",
        ),
        ("deu", "Apfelbaumblüten, Gartenzwergsammlung, Vogelhäuschen und Regentonnen grüßen dich."),
    ],
)
def test_words_that_no_list_need_hold_are_not_strange(
    packs_only: Screener, language: str, text: str
) -> None:
    reasons = packs_only.screen([reading(f"Nadia Karimi, {text}", language=language)], SCOPE).reasons
    assert not any("in a row" in reason for reason in reasons)


@pytest.mark.parametrize("language", ["eng", "deu"])
def test_the_addressee_in_her_own_script_is_no_strange_word(packs_only: Screener, language: str) -> None:
    text = {"eng": KIND, "deu": "Der Apfelbaum im Garten blüht. Herzliche Grüße, Ruth"}[language]
    assert packs_only.screen([reading(f"نادیا کریمی, {text}", language=language)], SCOPE).lane is Lane.CLEAR


@pytest.fixture
def hunting(screener: Screener) -> Iterator[Screener]:
    """A screener that has a hunch of everything."""
    model = load(FILE)
    limits = replace(model.limits, hunches=np.full(len(model.labels), -99.0))
    screener.use(replace(model, limits=limits))
    yield screener
    screener.use(model)


def test_a_hunch_keeps_a_card_from_the_clear_lane(hunting: Screener) -> None:
    # Without one this card is clear, as `test_lanes` holds.
    kind = reading(KIND)
    screened = hunting.screen([kind], SCOPE)
    assert screened.lane is Lane.GLANCE
    assert screened.findings == ()
    allowed = replace(SCOPE, allow=frozenset(Label))
    assert hunting.screen([kind], allowed).lane is Lane.CLEAR


@pytest.mark.parametrize(
    "doubtful",
    [
        reading(KIND, confidence=0.8),
        reading(KIND, language=None),
        reading(KIND, language="xho"),
        reading("", content=Content.UNREADABLE),
        reading("", content=Content.DRAWING),
        reading("", content=Content.BLANK),
        reading("", content=Content.TEXT),
    ],
)
def test_a_doubt_always_means_a_person(screener: Screener, doubtful: Reading) -> None:
    screening = screener.screen([doubtful], SCOPE)
    assert screening.lane is Lane.DESK
    assert screening.reasons


def test_a_child_may_give_its_age_on_one_side_and_its_surname_on_the_other(packs_only: Screener) -> None:
    sides = [reading(f"{KIND} I am 8 years old."), reading("Love from Lily Hardcastle")]
    for front, back in (sides, reversed(sides)):
        screening = packs_only.screen([front, back], SCOPE)
        assert screening.lane is Lane.SECOND_LOOK
        assert [finding.evidence for finding in screening.findings] == ["Lily Hardcastle"]


def test_a_half_read_card_means_a_person(screener: Screener) -> None:
    sides = [reading(KIND), reading("", content=Content.UNREADABLE)]
    assert screener.screen(sides, SCOPE).lane is Lane.DESK


def test_one_blank_side_is_no_doubt(screener: Screener) -> None:
    sides = [reading(KIND), reading("", content=Content.BLANK, language=None)]
    assert screener.screen(sides, SCOPE).lane is Lane.CLEAR


@pytest.mark.parametrize("label", [Label.VIOLENCE, Label.ABUSE, Label.DISTRESS, Label.CHILD_DATA])
def test_what_two_people_should_see(packs_only: Screener, label: Label) -> None:
    text = (
        "They tortured you. You deserve to rot there, you piece of shit. I want to die. "
        "My name is Lily Hardcastle, I am 8 years old."
    )
    severities = {
        finding.severity
        for finding in packs_only.screen_text(text, Scope(), "eng").findings
        if finding.label is label
    }
    assert severities == {Severity.TWO_PEOPLE}
