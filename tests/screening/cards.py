"""Cards as a reader gives them, the cases that they may be for, and what is found on them."""

from mailroom.finding import Label
from mailroom.reading import Code, Content, Line, Reading, Word
from mailroom.scope import CaseNames, Scope
from worker.screening.screener import Screener

NADIA = CaseNames("nadia-k", ("Nadia K.", "Nadia Karimi", "نادیا کریمی"))
OLEG = CaseNames("oleg-s", ("Oleg Sidorov", "Олег Сидоров"))
SCOPE = Scope(slug="nadia-k", cases=(NADIA, OLEG), clear_allowed=True)
KIND = "Dear Nadia Karimi, the apple tree in our garden is in flower and I think of you. Warm wishes, Ruth"


def reading(
    text: str,
    *,
    confidence: float = 0.97,
    language: str | None = "eng",
    content: Content = Content.TEXT,
    codes: tuple[Code, ...] = (),
) -> Reading:
    lines = []
    for row, written in enumerate(text.split("\n")):
        top = 100 * row
        words = tuple(
            Word(word, confidence, (100 * index, top, 100 * index + 90, top + 80))
            for index, word in enumerate(written.split())
        )
        lines.append(Line(written, confidence, (0, top, 1000, top + 80), words))
    kept = tuple(lines) if text else ()
    return Reading(text, confidence, language, "Latn", 0, True, content, "test", kept, codes)


def labels(screener: Screener, text: str, language: str, scope: Scope | None = None) -> set[Label]:
    return {finding.label for finding in screener.screen_text(text, scope or Scope(), language).findings}
