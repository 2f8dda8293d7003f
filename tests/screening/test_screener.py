"""What is found on a card, and what raises nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.finding import Label, Lane
from mailroom.reading import TRANSCRIBED, Code, Content
from mailroom.scope import CaseNames, Scope
from tests.screening.cards import KIND, NADIA, OLEG, SCOPE, labels, reading
from worker.screening.screener import Screener
from worker.screening.words.look_alikes import look_alikes


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("eng", "We wish you a merry Christmas!", Label.FESTIVAL),
        ("fra", "Joyeux Noël et bonne année !", Label.FESTIVAL),
        ("rus", "С Рождеством Христовым!", Label.FESTIVAL),
        ("fas", "سال نو مبارک", Label.FESTIVAL),
        ("jpn", "明けましておめでとうございます", Label.FESTIVAL),
        ("deu", "Ich bete jeden Abend für dich.", Label.RELIGION),
        ("ara", "الله يحفظك", Label.RELIGION),
        ("pol", "Niech Bóg ma Pana w opiece.", Label.RELIGION),
        ("eng", "Our Amnesty group asked us to write.", Label.ORGANISATION),
        ("tur", "Uluslararası Af Örgütü'nden yazıyoruz.", Label.ORGANISATION),
        ("spa", "Querido Presidente: le pido la liberación inmediata.", Label.WRONG_ADDRESSEE),
        ("zho", "尊敬的部长先生：请立即释放他。", Label.WRONG_ADDRESSEE),
        ("ita", "Saluta tua madre e i tuoi fratelli.", Label.THIRD_PARTY),
        ("ukr", "Вас заарештували ні за що, вирок несправедливий.", Label.LEGAL_CASE),
        ("por", "Soube que te torturaram na cela.", Label.VIOLENCE),
        ("nld", "Ik heb een briefje van twintig euro bijgesloten.", Label.MONEY),
        ("eng", "I don't want to live any more.", Label.DISTRESS),
        ("eng", "I promise you will be free by summer.", Label.FALSE_HOPE),
        ("deu", "Nieder mit dem Regime!", Label.POLITICS),
        ("fra", "Va crever, sale traître.", Label.ABUSE),
        ("eng", "Write to me: jo@example.org or +44 20 7946 0958", Label.SENDER_DATA),
        ("eng", "My name is Lily Hardcastle, I am 8 years old.", Label.CHILD_DATA),
        ("eng", "I am 8 years old. The garden is green.\nLove from Lily Hardcastle", Label.CHILD_DATA),
        ("eng", "-.. . .- .-. / ..-. .-. .. . -. -..", Label.CIPHER),
        ("eng", "Dear K, tsv xlmrvh rh drgs blf, psb", Label.CIPHER),
        ("eng", "Tomato tomato 15 tomato 8 tomato 27.", Label.CIPHER),
        ("spa", "K7-R2-M9 / K7-R2-M0, pág. 118", Label.CIPHER),
    ],
)
def test_unsafe_words_are_found(screener: Screener, language: str, text: str, label: Label) -> None:
    assert label in labels(screener, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "Dear Amir, the court where we play tennis was full of ducks today."),
        ("eng", "Our library has an amnesty on late books this month."),
        ("eng", "Beat four eggs with the sugar, says my neighbour Christian."),
        ("fra", "Un avocat bien mûr dans la salade, et le soleil sur la table."),
        ("deu", "Unser Lieblingsgericht sind Kartoffelpuffer, die Katze schaut zu."),
        ("pol", "Cały sad brzęczy od pszczół, myślę o Panu."),
        ("spa", "Mi vecina Dolores y mi primo Jesús te mandan un abrazo."),
    ],
)
def test_innocent_words_raise_nothing(screener: Screener, language: str, text: str) -> None:
    assert labels(screener, text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("eng", "Why don't you kill yourself.", Label.ABUSE),
        ("kor", "자살하고 싶어요.", Label.DISTRESS),
        ("kor", "독재 정권을 타도하자!", Label.POLITICS),
        ("kor", "감옥에서 맞고 있다고 들었어요. 때렸다고요?", Label.VIOLENCE),
        ("zho", "随信寄上500元。", Label.MONEY),
        ("eng", "I enclose $20.", Label.MONEY),
        ("fra", "Je glisse 20 € dans cette carte.", Label.MONEY),
        ("deu", "Ich lege dir 20€ in den Umschlag.", Label.MONEY),
    ],
)
def test_the_packs_know_words_beside_others_short_words_and_numbers(
    packs_only: Screener, language: str, text: str, label: Label
) -> None:
    assert label in labels(packs_only, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kor", "새해를 맞으며 인사드려요."),
        ("kor", "어려움에서 벗어나시길 바라요."),
        ("kor", "천둥이 무섭지만 비는 좋아요."),
        ("kor", "커피 한 모금 마시고 책을 읽으며 하루를 보냈어요."),
        ("kor", "답장이 늦어 죄송하지만 시간이 없었어요."),
        ("kor", "멍멍이와 놀았어요."),
        ("spa", "Mañana te voy a escribir otra vez."),
        ("ita", "Oggi ho preso un caffè in piazza."),
        ("por", "A neve cobriu a rua."),
        ("nld", "Het gaat net goed met de tuin."),
        ("eng", "I know where the swallows nest."),
        ("rus", "Мороз не даёт цветам распуститься."),
        ("zho", "我在听NHK和BBC还有CNN的音乐，看了DVD。"),
        ("fas", "این آخرین شب پاییز است."),
        ("tur", "Gece yarısı alışveriş yaptık."),
    ],
)
def test_everyday_words_raise_nothing(packs_only: Screener, language: str, text: str) -> None:
    assert labels(packs_only, text, language) == set()


def test_evidence_is_literal_and_boxed_on_its_side(screener: Screener) -> None:
    front = reading("", content=Content.DRAWING)
    back = reading("Dear Nadia Karimi\nwe wish you a Merry Chrlstmas dear")
    screening = screener.screen([front, back], SCOPE)
    (finding,) = [each for each in screening.findings if each.label is Label.FESTIVAL]
    assert (finding.evidence, finding.side) == ("wish you a Merry Chrlstmas", 1)
    assert finding.box == (100, 100, 590, 180)


def test_what_a_case_allows_is_no_finding(screener: Screener) -> None:
    scope = Scope(allow=frozenset({Label.FESTIVAL}))
    assert labels(screener, "Merry Christmas to you!", "eng", scope) == set()


def test_words_and_organisation_of_the_campaign_are_found_though_misread(screener: Screener) -> None:
    scope = Scope(words=("freedom",), organisation=("Lantern Society",))
    found = labels(screener, "The Lanterm Society sings of freedorn.", "eng", scope)
    assert found == {Label.TRIGGER_WORD, Label.ORGANISATION}


@pytest.mark.parametrize("name", ["Amnesty's", "Amnesly"])
def test_a_name_of_the_campaign_counts_where_the_packs_take_it_for_innocent(
    screener: Screener, name: str
) -> None:
    text = KIND.replace(". Warm", f".\n{name}\nWarm")
    named = replace(SCOPE, organisation=("Amnesty",))
    assert screener.screen([reading(text)], SCOPE).findings == ()
    (finding,) = screener.screen([reading(text)], named).findings
    assert finding.rule == "organisation.campaign_name"


def test_a_word_of_the_campaign_in_two_parts_is_found(packs_only: Screener) -> None:
    scope = Scope(words=("freedom",))
    assert labels(packs_only, "We sing of free dom.", "eng", scope) == {Label.TRIGGER_WORD}


def test_a_country_has_its_own_words(screener: Screener) -> None:
    text = "We sing a song of freedom in the garden."
    assert Label.TRIGGER_WORD in labels(screener, text, "eng", Scope(country="BY"))
    assert Label.TRIGGER_WORD not in labels(screener, text, "eng", Scope(country="FR"))


def test_a_language_that_the_case_does_not_take(screener: Screener) -> None:
    text = "Das Wetter ist schön und die Vögel singen."
    assert labels(screener, text, "deu", Scope(languages=("eng", "fra"))) == {Label.LANGUAGE}


def test_the_language_is_found_out(screener: Screener) -> None:
    screening = screener.screen_text("Ich bete jeden Abend für dich und denke an dich.", Scope())
    assert Label.RELIGION in {finding.label for finding in screening.findings}


def test_what_a_person_wrote_down_is_found_though_another_language_was_chosen(screener: Screener) -> None:
    text = "Wir denken an dich! Wir beten zu Gott, dass der Diktator gestürzt wird."
    written = replace(reading(text, language="fra"), engine=TRANSCRIBED)
    found = screener.screen([written], SCOPE).findings
    assert {finding.label for finding in found} == {Label.RELIGION, Label.POLITICS}


def test_a_code_that_leads_to_the_sender(screener: Screener) -> None:
    code = Code("QRCode", "https://example.org/me", (10, 10, 90, 90))
    screening = screener.screen([reading(KIND, codes=(code,))], SCOPE)
    assert {finding.label for finding in screening.findings} == {Label.CODE, Label.SENDER_DATA}
    assert all(finding.box == code.box for finding in screening.findings)


def test_a_card_for_another_case(screener: Screener) -> None:
    screening = screener.screen_text("Dear Oleg Sidorov, the garden is green. Ruth", SCOPE, "eng")
    assert screening.addressee is not None
    assert screening.addressee.slug == "oleg-s"
    assert [finding.rule for finding in screening.findings] == ["wrong_addressee.other_case"]


@pytest.mark.parametrize(
    ("laid_under", "greeted", "known"),
    [
        (None, "Nadia Petrova", "nadia-p"),
        (None, "Nadia Karimi", "nadia-k"),
        (None, "Nadia", None),
        (None, "Oleg and Nadia", None),
        ("nadia-p", "Nadia", "nadia-p"),
        ("nadia-p", "Nadia Petrova", "nadia-p"),
        ("nadia-p", "Nadia Karimi", "nadia-k"),
        ("nadia-k", "Nadia Petrova", "nadia-p"),
        ("oleg-s", "Nadia", "nadia-k"),
    ],
)
def test_a_whole_name_counts_before_a_given_name_that_two_cases_share(
    packs_only: Screener, laid_under: str | None, greeted: str, known: str | None
) -> None:
    namesake = CaseNames("nadia-p", ("Nadia Petrova",))
    scope = Scope(slug=laid_under, cases=(NADIA, namesake, OLEG))
    screening = packs_only.screen_text(f"Dear {greeted}, the garden is green.", scope, "eng")
    assert (screening.addressee and screening.addressee.slug) == known
    other = [finding.rule for finding in screening.findings] == ["wrong_addressee.other_case"]
    assert other == (laid_under is not None and known != laid_under)


@pytest.mark.parametrize("name", ["نادیا کریمی", "Nadia Karim", "Nadla Karimi"])
def test_the_addressee_is_known_by_any_spelling(screener: Screener, name: str) -> None:
    scope = Scope(cases=(NADIA, OLEG))
    addressee = screener.screen_text(f"Dear {name}, we think of you.", scope, "eng").addressee
    assert addressee is not None
    assert addressee.slug == "nadia-k"


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("eng", "Христос воскрес", Label.RELIGION),
        ("eng", "Молюсь", Label.RELIGION),
        ("deu", "上帝", Label.RELIGION),
        ("fra", "الله", Label.RELIGION),
        ("rus", "Jesus", Label.RELIGION),
    ],
)
def test_a_single_word_in_another_script_counts(
    packs_only: Screener, language: str, text: str, label: Label
) -> None:
    kind = {"rus": "Яблоня в нашем саду цветёт.", "deu": "Der Apfelbaum im Garten blüht."}
    assert label in labels(packs_only, f"{kind.get(language, KIND)} {text}", language)


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("eng", "The apple tree in our garden is in flower. Pes dont tell. Warm wishes, Ruth", "Pes"),
        ("eng", "The apple tree in our garden is in flower. Ed wishes. Warmly, Ruth", "Ed"),
        ("ita", "Il melo fiorisce nel giardino. Scrni per i diritti. Un saluto, Ruth", "Scrni"),
        ("pol", "Jabłoń w ogrodzie kwitnie. To tylko lovestia tygodni. Pozdrawiam, Ruth", "lovestia"),
        ("zho", "我家院子里的苹果树开花了。今妹想你吗。露丝", "我家院子里的苹果树开花了。今妹想你吗。露丝"),
    ],
)
def test_of_a_phrase_one_word_in_doubt_may_be_read_badly(
    packs_only: Screener, language: str, text: str, word: str
) -> None:
    card = reading(f"Nadia Karimi, {text}", confidence=0.99, language=language)
    doubted = [
        replace(
            line,
            words=tuple(replace(own, confidence=0.9 if own.text == word else 0.99) for own in line.words),
        )
        for line in card.lines
    ]
    assert packs_only.screen([card], SCOPE).lane is Lane.CLEAR
    assert packs_only.screen([replace(card, lines=tuple(doubted))], SCOPE).lane is Lane.GLANCE


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("ita", "Ti leggo il vangeb ogni domenica.", Label.RELIGION),
        ("zho", "愿神的思典常在", Label.RELIGION),
        ("zho", "国际特郝的人来过这里", Label.ORGANISATION),
        ("jpn", "神様の析りを", Label.RELIGION),
    ],
)
def test_words_are_known_by_letters_that_look_alike(
    packs_only: Screener, language: str, text: str, label: Label
) -> None:
    assert label in labels(packs_only, text, language)


@given(st.sampled_from("恩思囚因未末律津のツシ析祈"))
def test_looking_alike_goes_both_ways(character: str) -> None:
    assert all(character in look_alikes(other) for other in look_alikes(character))
    assert character not in look_alikes(character)


def test_cards_screened_together_come_out_as_they_do_alone(screener: Screener) -> None:
    texts = (
        KIND,
        "",
        "They tortured you, Nadia Karimi. God bless you.",
        "Merry Christmas!\nGreet your wife.",
    )
    cards = [([reading(text), reading(other)], SCOPE, ()) for text in texts for other in texts]
    assert screener.screen_many(cards) == [screener.screen(*card) for card in cards]
    assert screener.screen_many([]) == []
