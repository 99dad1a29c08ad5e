"""Load a whole corpus from its folder, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.errors import CorpusError, Fault
from corpus.glossary import Glossary, load_glossary
from corpus.models import Document, Statement
from corpus.parsing import invented_fault, parse_document
from corpus.questions import load_questions, load_unanswered


@dataclass(frozen=True)
class Corpus:
    """What ASCL said: documents, the questions people ask of them, and the glossary.

    ``digest`` changes with anything an index depends on: a document's words or fields, or a question, answered or not.
    """

    documents: tuple[Document, ...]
    questions: Mapping[str, tuple[str, ...]]
    glossary: Glossary
    unanswered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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


def document_paths(folder: Path) -> list[Path]:
    """The Markdown files that are documents, in order of name; the folder's README is not one."""
    return sorted(path for path in (folder / "documents").glob("*.md") if path.name != "README.md")


def load_corpus(folder: Path) -> Corpus:
    """Load documents, curated questions and glossary.

    Curated questions whose statement is no longer held are left out; ``corpus check`` names them.

    Raises:
        CorpusError: naming every fault of every file that cannot be used.
    """
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in document_paths(folder):
        try:
            documents.append(parse_document(path))
            if (fault := invented_fault(path)) is not None:
                faults.append(fault)
        except CorpusError as error:
            faults.extend(error.faults)
    if not documents and not faults:
        faults.append(
            Fault(
                folder / "documents",
                1,
                "error",
                "There is no document.",
                "Set ASCL_CHAT_CORPUS_FOLDER to a corpus folder.",
            )
        )
    if faults:
        raise CorpusError(tuple(faults))
    held = {statement.id for document in documents for statement in document.statements}
    questions = {name: asked for name, asked in load_questions(folder / "questions").items() if name in held}
    unanswered = load_unanswered(folder / "questions")
    return Corpus(tuple(documents), questions, load_glossary(folder / "glossary.yaml"), unanswered)
