"""The documents name what there is, and nothing else: make targets, and files that they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "samples" / "README.md"]
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_told_of(target: str) -> None:
    texts = (document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert any(re.search(rf"\bmake {target}(?![\w-])", text) for text in texts)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_leads_to_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    led_to = [place for place in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in place]
    for place in led_to:
        path, _, part = place.partition("#")
        wanted = document.parent / path if path else document
        assert wanted.exists(), place
        assert not part or part in _parts(wanted), place


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_targets_that_a_document_names_exist(document: Path) -> None:
    named = re.findall(
        r"(?:`|^    )make ([a-z][a-z-]*)", document.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(named) <= set(TARGETS)


def _parts(document: Path) -> set[str]:
    """What headings are called in addresses."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
