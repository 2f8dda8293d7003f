"""The likeliest readings of a few columns: CTC prefix beam search.

The method is that of Graves et al. (ICML 2006) as put by Hannun et al. (First-Pass Large Vocabulary
Continuous Speech Recognition, 2014). A prefix is a text with two chances: that the last column is a blank
(there p_b, here ``ended``), and that it is the text's last character (p_nb, ``open_``). Only after a blank
does the same character once more make a double letter. Words are weighed afterwards, in ``spelling``.
"""

from __future__ import annotations

import math

from worker.reading.lines import Emissions

# A wider beam reads little better for much more time: docs/decisions/0105.
BEAM = 48
# Less likely letters of a column are not followed. With 0.001 a beam of 24 takes as long.
LEAST_MARK = 0.01
LEAST_BLANK = 1e-6
# A reading so much less likely than the likeliest is let go of: being a word makes up for 1e-6 at most.
LEAST_SHARE = 1e-7


def likeliest(columns: Emissions) -> list[tuple[str, float]]:
    """Up to ``BEAM`` texts that the columns may say, likeliest first, each with the log of its chance.

    Chances are relative to each other: they add up to 1 over what is returned.
    """
    beam = {"": (1.0, 0.0)}
    for column in columns:
        if column[0][0] or len(column) > 1:
            beam = _pruned(_extended(beam, column))
        else:
            beam = {text: (ended + open_, 0.0) for text, (ended, open_) in beam.items()}
    return [(text, math.log(ended + open_ + 1e-30)) for text, (ended, open_) in beam.items()]


def _extended(
    beam: dict[str, tuple[float, float]], column: tuple[tuple[str, float], ...]
) -> dict[str, list[float]]:
    """Each text with one column more; of each the chance that it ended in a blank, and that it did not."""
    blank = max(dict(column).get("", 0.0), LEAST_BLANK)
    marks = [(mark, chance) for mark, chance in column if mark and chance >= LEAST_MARK]
    found: dict[str, list[float]] = {}
    for text, (ended, open_) in beam.items():
        own = found.setdefault(text, [0.0, 0.0])
        own[0] += (ended + open_) * blank
        for mark, chance in marks:
            before = ended + open_
            if text and text[-1] == mark:
                own[1] += open_ * chance
                before = ended
            if before:
                found.setdefault(text + mark, [0.0, 0.0])[1] += before * chance
    return found


def _pruned(found: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    chances = {text: ended + open_ for text, (ended, open_) in found.items()}
    least = LEAST_SHARE * max(chances.values())
    likely = [text for text, chance in chances.items() if chance >= least]
    kept = sorted(likely, key=chances.__getitem__, reverse=True)[:BEAM]
    total = sum(map(chances.__getitem__, kept)) or 1.0
    return {text: (found[text][0] / total, found[text][1] / total) for text in kept}
