from pathlib import Path

import pytest

from mailroom.finding import Label, Severity
from worker.screening.pack import PackError, load_packs

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
