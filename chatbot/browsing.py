"""What is held: statements by document, section and words, for those who browse and those who call the REST API."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.loading import Corpus
from corpus.models import Section, Statement
from index.terms import terms

_ID = re.compile(r"(?P<document>[a-z0-9-]+)/(?P<section>[a-z0-9-]+)/[0-9a-f]{8}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Topic:
    """A section as a topic: its statements stand together in a document."""

    section: Section
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Shelf:
    """Everything a corpus holds, arranged once."""

    corpus: Corpus

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every section with statements, in corpus order."""
        return tuple(
            Topic(section, document.title, held)
            for document in self.corpus.documents
            for section in document.sections
            if (held := tuple(one for one in document.statements if one.section == section))
        )

    def found(self, words: str = "", document: str = "", topic: str = "") -> list[Statement]:
        """Statements in corpus order whose text or section holds every one of ``words``, by stem.

        ``document`` is an id and ``topic`` a section's slug; left empty they let everything through.
        """
        wanted = frozenset(terms(words))
        if words.strip() and not wanted:
            return []
        return [
            statement
            for statement in self.corpus.statements.values()
            if (not document or statement.document == document)
            and (not topic or statement.section.slug == topic)
            and wanted <= self._terms[statement.id]
        ]

    @cached_property
    def _terms(self) -> dict[str, frozenset[str]]:
        return {
            statement.id: frozenset(terms(f"{statement.section.name}. {statement.text}"))
            for statement in self.corpus.statements.values()
        }

    def beside(self, statement: Statement) -> tuple[Statement | None, Statement | None]:
        """The statements before and after one in its document."""
        held = self.corpus.document(statement.document).statements
        place = held.index(statement)
        return held[place - 1] if place else None, held[place + 1] if place + 1 < len(held) else None

    def once_held(self, name: str) -> Section | None:
        """The section that a statement which is no longer held stood in; None where nothing says it was ever held.

        An id names its document and section: a changed wording has a new one, so the old id has the right form.
        """
        form = _ID.fullmatch(name)
        if form is None:
            return None
        documents = {document.id: document for document in self.corpus.documents}
        document = documents.get(form["document"])
        sections: Sequence[Section] = document.sections if document else ()
        return next((section for section in sections if section.slug == form["section"]), sections[0] if sections else None)
