"""Machine-readable codes on the side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailroom.finding import Label, Severity
from worker.screening.subject import Match, Subject

_LEADS_SOMEWHERE = re.compile(
    r"(?i)^(?:https?:|www\.|mailto:|tel:|smsto?:|begin:vcard|mecard:|matmsg:|geo:)|@"
)


def find_codes(subject: Subject) -> Iterable[Match]:
    """QR codes and barcodes; one that leads to the sender counts as the sender's data as well."""
    for code in subject.reading.codes if subject.reading else ():
        yield Match(
            Label.CODE,
            "code.printed",
            Severity.LOOK,
            f"A {code.format} code is on the card; nobody can read it without a machine.",
            box=code.box,
            evidence=code.text,
        )
        if _LEADS_SOMEWHERE.search(code.text):
            reason = "The code on the card leads to a link or to a way to reach the sender."
            yield Match(
                Label.SENDER_DATA,
                "sender_data.code",
                Severity.LOOK,
                reason,
                box=code.box,
                evidence=code.text,
            )
