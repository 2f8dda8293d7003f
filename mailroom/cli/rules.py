"""Noting the rules of the packs in use, when a mail room starts."""

from __future__ import annotations

import hashlib
import logging

from mailroom import rule_catalogue
from mailroom.database import Database
from mailroom.rule_catalogue import KnownRule
from worker.screening.phrases.pack import PACKS, load_packs
from worker.screening.phrases.pack_file import PackError

log = logging.getLogger(__name__)


def packs_version() -> str:
    """The first half of the SHA-256 over the names and contents of the packs."""
    digest = hashlib.sha256()
    for path in sorted(PACKS.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def note_rules(database: Database) -> bool:
    """Keep what rules there are, if the packs are not those noted last; return whether they changed."""
    present = packs_version()
    with database.reading() as session:
        if rule_catalogue.version(session) == present:
            return False
    try:
        packs = load_packs()
    except PackError as error:
        log.warning("The rules cannot be noted: %s", error)
        return False
    rules = [KnownRule(rule.name, rule.label, rule.reason) for rule in packs.rules]
    with database.transaction() as session:
        rule_catalogue.note(session, present, rules)
    log.info("The rule packs are new: %d rules.", len(rules))
    return True
