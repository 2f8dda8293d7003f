"""Lines of a side, or parts of them, in another script than the rest."""

from __future__ import annotations

from collections.abc import Callable

from worker.reading.geometry import Quad, height, part, width
from worker.reading.layout.directions import LineReader
from worker.reading.lines import ReadLine, is_long, plausibility, text_of_lines
from worker.reading.looks.cyrillic_look import may_as_well_be_cyrillic
from worker.reading.other_scripts.foreign import ForeignLines
from worker.reading.recognition.unread import read_stretches, unread_stretches
from worker.reading.scripts import UNKNOWN, script_of

STRANGE_LINE = 0.5
# The engine's mean sureness of a character: less shows that it knows nothing of what stands there.
DOUBTFUL = 0.75
LEAST_STRANGE = 6.0
SURE = 0.9


def with_strange_lines(
    lines: list[ReadLine],
    scraps: list[Quad],
    read: LineReader,
    foreign_lines: Callable[[list[Quad]], ForeignLines],
) -> list[ReadLine]:
    """The lines that PP-OCR read, what is in another script than the rest read as what it is.

    ``scraps`` are short lines that are nothing to that engine: a drawn star, or a word in that script.
    ``read`` is the engine on a line, ``foreign_lines`` makes ready lines for the second one.
    """
    script = script_of(text_of_lines(lines))
    parts = [piece for line in lines for piece in _parted(line, read)]
    strange = [index for index, line in enumerate(parts) if not line.glyphs or _is_strange(line, script)]
    if sum(width(parts[index].quad) / height(parts[index].quad) for index in strange) < LEAST_STRANGE:
        return lines
    attempt = foreign_lines([parts[index].quad for index in strange]).upright()
    if attempt is None:
        return lines
    again = zip(strange, attempt.lines, strict=True)
    anew = {index: line for index, line in again if line.letters or not parts[index].letters}
    others = [line for index, line in enumerate(parts) if index not in anew]
    asked = [*(line.quad for line in others if _may_be_in(attempt.script, line)), *scraps]
    words = foreign_lines(asked).surely_in(attempt.script) if asked else []
    known = {line.quad.tobytes() for line in words}
    kept = [anew.get(index, line) for index, line in enumerate(parts)]
    return [*(line for line in kept if line.quad.tobytes() not in known), *words]


def _parted(line: ReadLine, read: LineReader) -> list[ReadLine]:
    """The line; or what was read of it by itself, and without letters what was not.

    A doubtful one stays whole: what came of it stands for nothing either.
    """
    unread = [] if not line.letters or _is_doubtful(line) else unread_stretches(line)
    if not unread:
        return [line]
    known = [read(part(line.quad, *stretch)) for stretch in read_stretches(unread)]
    return [*known, *(ReadLine(part(line.quad, *stretch), ()) for stretch in unread)]


def _is_strange(line: ReadLine, script: str) -> bool:
    """True for a long line that gave few letters, or doubtful ones of another script than the rest.

    Digits are of no script.
    """
    if not is_long(line):
        return False
    few = plausibility([line]) < STRANGE_LINE * max(line.sureness, STRANGE_LINE)
    other = script_of(line.text) not in {script, UNKNOWN} and line.sureness < SURE
    return few or other


def _may_be_in(script: str, line: ReadLine) -> bool:
    """True for what may be in a script that another line is in: Cyrillic comes as Latin letters, surely."""
    return _is_doubtful(line) or (script == "Cyrl" and may_as_well_be_cyrillic(line.text))


def _is_doubtful(line: ReadLine) -> bool:
    return is_long(line) and line.sureness < DOUBTFUL
