"""What is held: statements by document, section and words, for those who browse and those who call the REST API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.models import Corpus, Document, Section, Statement
from index.terms import terms

_ID = re.compile(r"(?P<document>[a-z0-9-]+)/(?P<section>[a-z0-9-]+)/[0-9a-f]{8}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Topic:
    """A section as a topic: its statements stand together in a document."""

    section: Section
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """Where a statement stood; ``section`` is None where it, too, has gone or been renamed."""

    document: Document
    section: Section | None


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

    def once_held(self, name: str) -> Former | None:
        """Where a statement that is no longer held stood; None where nothing says that it was ever held.

        An id names its document and section: a changed wording has a new one, so the old id has the right form.
        """
        form = _ID.fullmatch(name)
        document = next((one for one in self.corpus.documents if form and one.id == form["document"]), None)
        if form is None or document is None:
            return None
        return Former(document, next((one for one in document.sections if one.slug == form["section"]), None))
