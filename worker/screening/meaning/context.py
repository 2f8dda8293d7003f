"""What stands around a sentence: clues of its neighbours and of the whole message.

What a sentence means often hangs on what the rest of the card speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence


def with_context(clues: Sequence[Sequence[str]], language: str | None) -> list[list[str]]:
    """Each sentence's own clues, its neighbours', the message's, its place and the language."""
    message = [f"message {clue}" for clue in sorted({clue for own in clues for clue in own})]
    return [
        [
            *own,
            *(f"before {clue}" for clue in (clues[index - 1] if index else ())),
            *(f"after {clue}" for clue in (clues[index + 1] if index + 1 < len(clues) else ())),
            *message,
            f"place {_place(index, len(clues))}",
            f"language {language}",
        ]
        for index, own in enumerate(clues)
    ]


def _place(index: int, sentences: int) -> str:
    if index == 0:
        return "first"
    return "last" if index + 1 == sentences else "middle"
