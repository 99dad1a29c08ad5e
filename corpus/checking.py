"""``corpus check``: every fault of every file, with line and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.errors import CorpusError, Fault
from corpus.glossary import load_glossary
from corpus.loading import document_paths
from corpus.models import Document, Role
from corpus.parsing import file_faults, invented_fault, parse_document
from corpus.questions import load_questions, load_unanswered, question_faults


def check_corpus(folder: Path) -> tuple[Fault, ...]:
    """All faults, in order of file and line; empty where there is nothing to mend."""
    faults: list[Fault] = []
    documents: dict[Path, Document] = {}
    for path in document_paths(folder):
        found = file_faults(path)
        faults.extend(found)
        if not any(fault.severity == "error" for fault in found):
            documents[path] = parse_document(path)
            if (fault := invented_fault(path)) is not None:
                faults.append(fault)
            faults.extend(_document_faults(path, documents[path]))
    if not document_paths(folder):
        faults.append(Fault(folder / "documents", 1, "error", "There is no document.", "Put one Markdown file per page there."))
    statements = {statement.id: statement for document in documents.values() for statement in document.statements}
    faults.extend(_data_faults(folder, statements))
    return tuple(sorted(faults, key=lambda fault: (str(fault.path), fault.line)))


def _data_faults(folder: Path, statements: Mapping[str, object]) -> list[Fault]:
    faults: list[Fault] = []
    try:
        load_questions(folder / "questions")
        load_unanswered(folder / "questions")
        faults.extend(question_faults(folder / "questions", statements))
    except CorpusError as error:
        faults.extend(error.faults)
    try:
        load_glossary(folder / "glossary.yaml")
    except CorpusError as error:
        faults.extend(error.faults)
    return faults


def _document_faults(path: Path, document: Document) -> list[Fault]:
    """What a document that can be used would still be better without."""
    first_line = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").count("\n") - document.text.count("\n") + 1

    def fault(offset: int, message: str, remedy: str) -> Fault:
        return Fault(path, first_line + document.text.count("\n", 0, offset), "warning", message, remedy)

    faults = []
    if not document.statements:
        faults.append(fault(0, "The document holds no statement.", "Add its text below the front matter."))
    if hidden := next(
        (
            place
            for place, character in enumerate(document.text)
            if character in "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\x00"
        ),
        None,
    ):
        faults.append(fault(hidden, "The text holds a hidden character.", "Remove it from the document, then build the index."))
    for statement in document.statements:
        if statement.role is Role.CONTEXT:
            message = f"{statement.id} reads as somebody else's view and is not quoted."
            faults.append(fault(statement.span.start, message, "If it is ASCL's own, say so under 'roles' in the front matter."))
    return faults
