"""Rule packs: wrong ones are refused with file and line, and every phrase is found that stands in one."""

import random
from pathlib import Path

import pytest

from mailroom.finding import Label, Severity
from worker.screening.matching.lexicon import Lexicon
from worker.screening.matching.matcher import Matcher
from worker.screening.matching.search import Search
from worker.screening.phrases.pack import Packs, load_packs
from worker.screening.phrases.pack_file import PackError
from worker.screening.phrases.pattern import Choice, Gap, Item, Kind, Literal, all_literals
from worker.screening.words.text import message_of

WITHOUT_SPACES = frozenset({"zho", "jpn"})
STANDING_FOR = {
    Kind.ANY: ["qqq"],
    Kind.NUMBER: ["12"],
    Kind.NAME: ["Marlow"],
    Kind.OPENS: [],
    Kind.TOP: [],
}

GOOD = """label: festival
rules:
  - id: christmas
    severity: hint
    reason: "It gives wishes for Christmas."
    countries: [BY]
    phrases:
      eng: |
        merry christmas
        # a remark
        happy $feast
classes:
  eng: {feast: "xmas|yule"}
innocent:
  eng: |
    merry christmas island
"""


def test_a_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "festival.yaml").write_text(GOOD)
    packs = load_packs(tmp_path)
    (rule,) = packs.rules
    assert (rule.name, rule.label, rule.severity) == ("festival.christmas", Label.FESTIVAL, Severity.HINT)
    assert rule.countries == {"BY"}
    assert [phrase.innocent for phrase in packs.phrases] == [False, False, True]
    assert packs.languages == {"eng"}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (
            "merry christmas\n        #",
            "(merry christmas\n        #",
            "festival.yaml:9: '(merry christmas'",
        ),
        ("label: festival", "label: festivals", "festival.yaml:1: label"),
        ("    severity: hint", "    severity: loud", "festival.yaml:4: rules.0.severity"),
        ('reason: "It', 'reason: ["It', "festival.yaml:6"),
        ("countries: [BY]", "countries: [Belarus]", "festival.yaml:6: rules.0.countries.0"),
        ("eng: |\n        merry", "english: |\n        merry", "festival.yaml:"),
        ("$feast", "$party", "festival.yaml:11: 'happy $party'"),
        ("    severity: hint", "    sevirity: hint", "sevirity"),
        ("merry christmas island", "m*", "festival.yaml:16"),
    ],
)
def test_a_broken_pack_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    assert old in GOOD
    (tmp_path / "festival.yaml").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(PackError) as refused:
        load_packs(tmp_path)
    assert place in str(refused.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "festival.yaml").write_bytes(b"label: \xff\xfe")
    with pytest.raises(PackError, match="UTF-8"):
        load_packs(tmp_path)


def test_a_stray_control_character_is_refused(tmp_path: Path) -> None:
    (tmp_path / "festival.yaml").write_text(GOOD.replace("merry", "mer\x07ry"))
    with pytest.raises(PackError, match="festival"):
        load_packs(tmp_path)


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no rule pack"):
        load_packs(tmp_path)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


@pytest.fixture(scope="module")
def matcher(packs: Packs) -> Matcher:
    return Matcher(packs.phrases)


def written(item: Item, chance: random.Random) -> list[str]:
    """Words in which an item stands, one way of several."""
    if isinstance(item, Literal):
        return [item.exactly or item.bare]
    if isinstance(item, Choice):
        left_out = item.optional and chance.random() < 0.5
        return [] if left_out else all_written(chance.choice(item.options), chance)
    return [] if isinstance(item, Gap) else STANDING_FOR[item]


def all_written(items: tuple[Item, ...], chance: random.Random) -> list[str]:
    return [word for item in items for word in written(item, chance)]


@pytest.mark.parametrize("draw", range(2))
def test_every_phrase_of_the_packs_is_found_where_it_is_written(
    packs: Packs, matcher: Matcher, draw: int
) -> None:
    """In whatever way: a phrase that cannot be found lets through what it is there for."""
    chance = random.Random(draw)
    missed = []
    for phrase in packs.phrases:
        text = ("" if phrase.language in WITHOUT_SPACES else " ").join(all_written(phrase.items, chance))
        hits = matcher.hits(matcher.look(message_of(text)), frozenset({phrase.language}))
        if not any(hit.phrase is phrase for hit in hits):
            missed.append((phrase.language, text))
    assert missed == []


def test_every_word_of_the_packs_is_known(packs: Packs) -> None:
    lexicon = Lexicon(word for phrase in packs.phrases for word in all_literals(phrase.items))
    assert len(lexicon) > 10_000
    missed = [
        word
        for word, number in lexicon.number.items()
        if number not in Search(message_of(word.exactly or word.bare).tokens, lexicon).present
    ]
    assert missed == []
