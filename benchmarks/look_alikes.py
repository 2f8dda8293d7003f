"""Find the Chinese and Japanese characters that the recogniser takes for each other: ``make look-alikes``.

Writes worker/screening/words/look_alikes.txt: a line for each common character, followed by those that look
like it, likest first. Likeness is the cosine between the weights of two characters in the last layer.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from worker.reading.networks.runtime import bundled_model, characters_of
from worker.reading.recognition.heads import cut_head
from worker.reading.recognition.recogniser import MODEL
from worker.screening.words.letters import bare_of
from worker.screening.words.look_alikes import FILE
from worker.vocabulary import frequencies

LEAST_ALIKE = 0.6
MOST_ALIKE = 5
COMMON = 1e-6
_NAMES = ("CJK UNIFIED", "HIRAGANA", "KATAKANA")


def main() -> None:
    """Measure, and write the file."""
    model = bundled_model(MODEL)
    alphabet = ("", *characters_of(model), " ")
    weights = cut_head(model)[1].weights.T
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    places = {character: place for place, character in enumerate(alphabet) if _is_east_asian(character)}
    every = np.array(list(places.values()))
    lines = {}
    for character in sorted(_common() & places.keys()):
        alike = weights[every] @ weights[places[character]]
        near = [alphabet[every[at]] for at in np.argsort(-alike) if alike[at] >= LEAST_ALIKE]
        spelt = dict.fromkeys(bare_of(other) for other in near)
        spelt.pop(character, None)
        if spelt:
            lines[character] = "".join([character, *spelt][: MOST_ALIKE + 1])
    FILE.write_text("\n".join(lines.values()) + "\n", encoding="utf-8")
    print(f"{len(lines):,} characters with those that look like them, kept in {FILE.name}")


def _common() -> set[str]:
    """Bare characters of the common words of both languages."""
    words = {**frequencies("zho"), **frequencies("jpn")}
    return {character for word, share in words.items() if share >= COMMON for character in bare_of(word)}


def _is_east_asian(character: str) -> bool:
    return len(character) == 1 and unicodedata.name(character, "").startswith(_NAMES)


if __name__ == "__main__":
    main()
