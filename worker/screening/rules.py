"""Everything that finds by rule: the packs, and the finders that know one kind of thing each."""

from __future__ import annotations

from pathlib import Path

from mailroom.finding import Label
from worker.screening.finders.address import find_post_codes
from worker.screening.finders.child import find_child
from worker.screening.finders.cipher import find_cipher
from worker.screening.finders.codes import find_codes
from worker.screening.finders.contact import find_contact
from worker.screening.finders.legibility import find_language, find_unreadable
from worker.screening.finders.meaning import innocent_clues, sentence_clues
from worker.screening.finders.names import find_organisation, find_words_of_interest, near_names
from worker.screening.finders.phrases import PhraseFinder
from worker.screening.finders.substituted import find_substituted
from worker.screening.meaning.context import with_context
from worker.screening.phrases.pack import PACKS, load_packs
from worker.screening.subject import Finder, Match, Subject

FINDERS: tuple[Finder, ...] = (
    find_organisation,
    find_words_of_interest,
    find_contact,
    find_post_codes,
    find_child,
    find_cipher,
    find_substituted,
    find_codes,
    find_unreadable,
    find_language,
)


class Rules:
    """The rule packs of a folder, and the finders beside them.

    ``languages`` (ISO 639-3) are those that the packs cover.
    """

    def __init__(self, packs: Path = PACKS, ordinary: frozenset[str] = frozenset()) -> None:
        """Load the packs; ``ordinary`` words are never taken for misreadings.

        Raises PackError naming file, line and reason.
        """
        loaded = load_packs(packs)
        self.languages = loaded.languages
        self._phrases = PhraseFinder(loaded, ordinary)

    def matches(self, subject: Subject) -> tuple[list[Match], list[list[str]]]:
        """What is found, and for each sentence the clues that the classifier is told."""
        search = self._phrases.look(subject)
        matches, taken_back = self._phrases.find(subject, search)
        matches += [match for finder in FINDERS for match in finder(subject)]
        clues = [
            sentence_clues(subject, span, matches, search.standing, self._phrases.themes)
            + innocent_clues(subject, span, taken_back)
            for span in subject.message.sentences
        ]
        return matches, with_context(clues, subject.language)

    def near_misses(self, subject: Subject) -> frozenset[Label]:
        """The labels whose words something is close to, by a wide search."""
        return self._phrases.near_misses(subject).union(near_names(subject))
