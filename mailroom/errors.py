"""What the mail room refuses to do."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - a refusal is the domain's own word, and not a fault
    """What was asked cannot be done; the message tells a person why and what to do instead.

    ``faults`` holds what is wrong with single things that were entered, each under its name.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.faults: dict[str, str] = {field: message} if field else {}
