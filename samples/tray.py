"""Render the sample tray of ``plan.yaml``: pictures, damaged files, tray.yaml and truth.jsonl."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from pydantic import BaseModel, ConfigDict, TypeAdapter

from samples.card import Design, render_side
from samples.truth import FileTruth, Sample, write_truth

HERE = Path(__file__).resolve().parent
PLAN, TRAY = HERE / "plan.yaml", HERE / "tray"
JPEG_QUALITY = 72
SUFFIXES = {".jpg", ".png", ".tif", ".pdf", ".webp"}


class Damage(StrEnum):
    """How a sample file is spoilt, so that quarantine can be seen."""

    TRUNCATED = "truncated"
    EMPTY = "empty"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CardPlan:
    """A file of the tray: its pages in order, and how it is damaged, if it is.

    ``copy_of`` names an earlier file of the same folder whose bytes this file repeats.
    """

    file: str
    pages: tuple[Design, ...]
    damage: Damage | None = None
    copy_of: str | None = None


class TrayEntry(BaseModel):
    """A sub-folder of the sample tray, as tray.yaml states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str
    case: str
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class TrayPlan:
    """A sub-folder with its cards."""

    entry: TrayEntry
    cards: tuple[CardPlan, ...]


def read_plan(path: Path = PLAN) -> list[TrayPlan]:
    """Read and check the plan; raises pydantic's ValidationError or ValueError on a fault."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_tray(dict(tray)) for tray in data["trays"]]


def read_trays(folder: Path = TRAY) -> list[TrayEntry]:
    """The sub-folders that ``tray.yaml`` in ``folder`` lists."""
    data = yaml.safe_load((folder / "tray.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(list[TrayEntry]).validate_python(data["trays"])


def render_tray(target: Path = TRAY, plan: list[TrayPlan] | None = None) -> list[FileTruth]:
    """Render the plan into ``target``, one sub-folder a tray; returns the truth of every readable side."""
    plan = read_plan() if plan is None else plan
    truths: list[FileTruth] = []
    for tray in plan:
        (target / tray.entry.folder).mkdir(parents=True, exist_ok=True)
        for card in (card for card in tray.cards if card.copy_of is None):
            truths += _render_card(target, f"{tray.entry.folder}/{card.file}", card)
        truths += _copy_all(target, tray, truths)
    write_truth(target / "truth.jsonl", truths)
    entries = {"trays": [tray.entry.model_dump() for tray in plan]}
    (target / "tray.yaml").write_text(yaml.safe_dump(entries, sort_keys=False), encoding="utf-8")
    return truths


def _tray(data: dict[str, Any]) -> TrayPlan:
    cards = data.pop("cards")
    entry = TrayEntry.model_validate(data)
    return TrayPlan(entry, tuple(_card(dict(card), entry.case) for card in cards))


def _card(data: dict[str, Any], case: str) -> CardPlan:
    file, damage, copy_of = data.pop("file"), data.pop("damage", None), data.pop("copy_of", None)
    if Path(file).suffix not in SUFFIXES:
        raise ValueError(f"{file}: a sample is one of {', '.join(sorted(SUFFIXES))}")
    pages = data.pop("pages", None) or [data]
    designs = TypeAdapter(tuple[Design, ...]).validate_python(
        [dict(page) for page in pages], extra="forbid"
    )
    designs = tuple(replace(design, case=case) for design in designs)
    return CardPlan(file, designs, damage and Damage(damage), copy_of)


def _render_card(target: Path, name: str, card: CardPlan) -> Iterator[FileTruth]:
    path = target / name
    if card.damage in {Damage.EMPTY, Damage.TEXT}:
        path.write_bytes(b"" if card.damage is Damage.EMPTY else b"This is a note, not a scan.\n")
        return
    sides = [render_side(design, _seed(name, page)) for page, design in enumerate(card.pages)]
    _save(path, sides)
    if card.damage is Damage.TRUNCATED:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        return
    for page, side in enumerate(sides):
        yield FileTruth(name, page, side.truth)


def _copy_all(target: Path, tray: TrayPlan, truths: list[FileTruth]) -> list[FileTruth]:
    """Repeat files byte for byte; returns the truths of the copies."""
    folder, copied = tray.entry.folder, list[FileTruth]()
    for card in tray.cards:
        if card.copy_of:
            shutil.copyfile(target / folder / card.copy_of, target / folder / card.file)
            original = f"{folder}/{card.copy_of}"
            copied += [
                replace(side, file=f"{folder}/{card.file}") for side in truths if side.file == original
            ]
    return copied


def _seed(name: str, page: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{name}#{page}".encode()).digest()[:4], "big")


def _save(path: Path, sides: list[Sample]) -> None:
    dpi = sides[0].truth.dpi
    first, *rest = [Image.fromarray(side.picture) for side in sides]
    match path.suffix:
        case ".jpg":
            first.save(path, quality=JPEG_QUALITY, dpi=(dpi, dpi))
        case ".png":
            first.quantize(64).save(path, optimize=True, dpi=(dpi, dpi))
        case ".webp":
            first.save(path, quality=JPEG_QUALITY)
        case ".tif":
            first.save(
                path,
                save_all=True,
                append_images=rest,
                compression="jpeg",
                quality=JPEG_QUALITY,
                dpi=(dpi, dpi),
            )
        case ".pdf":
            # A fixed date keeps the file the same from run to run.
            first.save(
                path,
                save_all=True,
                append_images=rest,
                resolution=dpi,
                quality=JPEG_QUALITY,
                creationDate=None,
                modDate=None,
            )
