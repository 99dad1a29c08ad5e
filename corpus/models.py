"""The words of the corpus: documents, sections, statements and the spans that tie them to the text.

Everything here is a frozen value. Nothing knows of vectors or of questions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Role(StrEnum):
    """What a block of a document does. Only ``position`` and ``reason`` are ASCL's own voice and may be quoted."""

    POSITION = "position"
    REASON = "reason"
    CONTEXT = "context"
    POINTER = "pointer"


class Kind(StrEnum):
    """The kinds of source a document can be."""

    POSITION_PAGE = "position page"
    POLICY_PAPER = "policy paper"
    BLUEPRINT = "blueprint"
    PRESS_STATEMENT = "press statement"
    CONSULTATION_RESPONSE = "consultation response"


class Status(StrEnum):
    """Whether the publisher still stands by a document, as far as is known."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of a document's canonical text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading path within a document.

    ``path`` holds the headings from the outermost in; for text before the first heading it is the document's
    title. ``inferred`` says that no heading is printed above the text and the name was taken from the paper
    named below it.
    """

    document: str
    slug: str
    path: tuple[str, ...]
    inferred: bool = False

    @property
    def name(self) -> str:
        """The heading path as a reader sees it."""
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading: its whole line, and the section it opens."""

    span: Span
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One block of a section in which ASCL says something; the unit of retrieval and of citation.

    ``id`` is document / section slug / first eight hexadecimal digits of the SHA-256 of its text, with ``-2``,
    ``-3`` ... for a repeat in the same section, so inserting text elsewhere never changes it.
    ``sentences`` partition the span but for the white space between them; ``own_voice`` runs parallel to
    ``sentences`` and is false where a sentence reports what somebody other than ASCL says or does.
    """

    id: str
    document: str
    section: Section
    span: Span
    text: str
    role: Role
    sentences: tuple[Span, ...]
    own_voice: tuple[bool, ...]

    @property
    def quotable(self) -> bool:
        """Whether any of it may be shown as ASCL's own view."""
        return self.role in (Role.POSITION, Role.REASON)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A line that only names another paper. Shown as "see also", never quoted as a position."""

    span: Span
    text: str
    paper: str
    section: Section


@dataclass(frozen=True, slots=True)
class Document:
    """One source page or paper.

    ``text`` is the canonical text: the file's body after the front matter. ``published`` and ``retrieved`` are
    ISO dates of any precision (``2024``, ``2024-03``, ``2024-03-18``) or None where unknown. ``headings``,
    ``statements`` and ``pointers`` are in document order and, with white space, partition ``text``.
    """

    id: str
    title: str
    publisher: str
    kind: Kind
    url: str | None
    published: str | None
    retrieved: str | None
    status: Status
    source_digest: str | None
    text: str
    headings: tuple[Heading, ...]
    statements: tuple[Statement, ...]
    pointers: tuple[Pointer, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that hold a statement or a pointer, in order of first appearance."""
        placed = [(one.span, one.section) for one in self.statements] + [(one.span, one.section) for one in self.pointers]
        return tuple(dict.fromkeys(section for _, section in sorted(placed, key=lambda place: place[0])))


@dataclass(frozen=True, slots=True)
class Entry:
    """One term.

    ``same`` means the same; a statement on a ``narrower`` link speaks of the term; ``related`` only helps to find.
    """

    term: str
    kind: str
    full: str | None
    same: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """All entries, and the words that are never expanded or repaired."""

    entries: tuple[Entry, ...] = ()
    never_expand: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Corpus:
    """What ASCL said: documents, the questions people ask of them, and the glossary.

    ``digest`` changes with anything an index depends on: a document's words or fields, or a question, answered or not.
    ``sources`` is the digest of the files it was read from and of the rules (:mod:`corpus.kept`); empty for one that was not.
    """

    documents: tuple[Document, ...]
    questions: Mapping[str, tuple[str, ...]]
    glossary: Glossary
    unanswered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: str = field(default="", compare=False, repr=False)

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Statement id -> statement, in corpus order."""
        return {statement.id: statement for document in self.documents for statement in document.statements}

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over documents, questions and glossary, in hexadecimal."""
        asked = (sorted(self.questions.items()), sorted(self.unanswered.items()))
        content = repr((self.documents, asked, self.glossary.entries, sorted(self.glossary.never_expand)))
        return hashlib.sha256(content.encode("utf-8")).hexdigest()

    def document(self, identifier: str) -> Document:
        """The document of that id.

        Raises:
            KeyError: if the corpus holds none.
        """
        return self._by_id[identifier]
