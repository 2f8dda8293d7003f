"""The sample tray: what the plan names, damaged and repeated files too, each page with its truth."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, UnidentifiedImageError

from mailroom.campaigns import read_campaign
from mailroom.finding import Label
from mailroom.reading import Content
from samples.card import Design, render_side
from samples.tray import TRAY, CardPlan, Damage, TrayEntry, TrayPlan, read_plan, read_trays, render_tray
from samples.truth import FileTruth, read_truth, write_truth

MEGABYTES_MAX = 10
CARDS_MIN = 44


@pytest.fixture(scope="module")
def truths() -> list[FileTruth]:
    return read_truth(TRAY / "truth.jsonl")


def pages(path: Path) -> list[tuple[int, int]]:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return [(1, 1)] * len(document)
    with Image.open(path) as picture:
        sizes = []
        for page in range(getattr(picture, "n_frames", 1)):
            picture.seek(page)
            picture.load()
            sizes.append(picture.size)
        return sizes


def test_the_tray_has_the_files_that_the_plan_names() -> None:
    planned = {f"{tray.entry.folder}/{card.file}" for tray in read_plan() for card in tray.cards}
    there = {str(path.relative_to(TRAY)) for path in TRAY.glob("*/*")}
    assert there == planned
    assert read_trays() == [tray.entry for tray in read_plan()]


def test_the_tray_is_large_enough_to_show_and_small_enough_to_keep() -> None:
    files = [path for path in TRAY.rglob("*") if path.is_file()]
    assert len(files) >= CARDS_MIN
    assert sum(path.stat().st_size for path in files) <= MEGABYTES_MAX * 2**20


def test_every_readable_page_has_its_truth_and_boxes_within_it(truths: list[FileTruth]) -> None:
    by_page = {(truth.file, truth.page): truth.truth for truth in truths}
    for tray in read_plan():
        for card in tray.cards:
            name = f"{tray.entry.folder}/{card.file}"
            if card.damage:
                assert (name, 0) not in by_page
                continue
            for page, (width, height) in enumerate(pages(TRAY / name)):
                truth = by_page.pop((name, page))
                for line in truth.lines if not name.endswith(".pdf") else ():
                    assert -30 <= line.box[0] < line.box[2] <= width + 30, (name, line)
                    assert -30 <= line.box[1] < line.box[3] <= height + 30, (name, line)
    assert by_page == {}


def test_damaged_files_cannot_be_opened_whole() -> None:
    damaged = [
        TRAY / tray.entry.folder / card.file for tray in read_plan() for card in tray.cards if card.damage
    ]
    assert len(damaged) == len(Damage)
    for path in damaged:
        with pytest.raises((UnidentifiedImageError, OSError)):
            pages(path)


def test_a_repeated_file_has_the_same_bytes_and_the_same_truth(truths: list[FileTruth]) -> None:
    copies = [(tray.entry.folder, card) for tray in read_plan() for card in tray.cards if card.copy_of]
    assert copies
    for folder, card in copies:
        original, copy = f"{folder}/{card.copy_of}", f"{folder}/{card.file}"
        assert (TRAY / copy).read_bytes() == (TRAY / original).read_bytes()
        known = {side.file: side.truth for side in truths}
        assert known[copy] == known[original]


def test_every_label_points_at_words_of_the_card(truths: list[FileTruth]) -> None:
    for side in truths:
        for label in side.truth.labels:
            assert label.span in side.truth.text, (side.file, label)


def test_the_tray_shows_what_a_mail_room_meets(truths: list[FileTruth]) -> None:
    sides = [side.truth for side in truths]
    labels = {label.label for side in sides for label in side.labels}
    assert {Label.ORGANISATION, Label.RELIGION, Label.FESTIVAL, Label.SENDER_DATA, Label.MONEY} <= labels
    assert {Label.TRIGGER_WORD, Label.WRONG_ADDRESSEE, Label.LANGUAGE} <= labels
    assert {Content.TEXT, Content.BLANK, Content.DRAWING, Content.PHOTOGRAPH} <= {
        side.content for side in sides
    }
    assert {side.rotation for side in sides} == {0, 90, 180, 270}
    assert len({side.language for side in sides if side.language}) >= 10
    assert {side.script for side in sides} >= {"Latn", "Arab", "Cyrl", "Hans", "Jpan"}


def test_every_side_is_for_a_case_of_the_sample_campaign(truths: list[FileTruth]) -> None:
    campaign = read_campaign(TRAY.parent / "campaign.yaml")
    assert {side.truth.case for side in truths} == {case.slug for case in campaign.cases}
    assert {tray.case for tray in read_trays()} <= {case.slug for case in campaign.cases}


@pytest.mark.usefixtures("system_fonts")
def test_a_tray_is_rendered_with_its_truth_and_damage(tmp_path: Path) -> None:
    design = Design("Hello Nadia", "eng", "noto-sans", "print", dpi=100, case="a-case")
    cards = (
        CardPlan("1.jpg", (design,)),
        CardPlan("2.tif", (design, Design(dpi=100, case="a-case"))),
        CardPlan("3.jpg", (design,), Damage.TRUNCATED),
    )
    render_tray(tmp_path, [TrayPlan(TrayEntry(folder="box", case="a-case", duplex=True), cards)])
    truths = read_truth(tmp_path / "truth.jsonl")
    assert [(side.file, side.page) for side in truths] == [
        ("box/1.jpg", 0),
        ("box/2.tif", 0),
        ("box/2.tif", 1),
    ]
    assert read_trays(tmp_path) == [TrayEntry(folder="box", case="a-case", duplex=True)]
    assert len(pages(tmp_path / "box/2.tif")) == 2
    with pytest.raises(OSError, match="truncated"):
        pages(tmp_path / "box/3.jpg")


@pytest.mark.usefixtures("system_fonts")
def test_truth_comes_back_as_it_was_written(tmp_path: Path) -> None:
    design = Design(
        "Two words\nand more", "eng", "noto-sans", "print", dpi=100, labels=(("money", "words"),)
    )
    side = FileTruth("a/b.jpg", 0, render_side(design, 1).truth)
    write_truth(tmp_path / "truth.jsonl", [side])
    assert read_truth(tmp_path / "truth.jsonl") == [side]
