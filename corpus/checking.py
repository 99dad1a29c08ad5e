"""``corpus check``: every fault of every file, with line and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from corpus.errors import CorpusError, Fault
from corpus.glossary import load_glossary
from corpus.loading import document_paths
from corpus.models import Document, Role
from corpus.parsing import file_faults, invented_fault, parse_document
from corpus.questions import load_questions, load_unanswered, question_faults

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    r"\U000e0000-\U000e007f]"
)
_MARKUP = re.compile(r"\*\*|__\w|\]\(\S+\)|</?[a-z]+\d?[ >/]|&[a-z]{2,6};|^\s*\|.*\|\s*$", re.MULTILINE)
_HEADING_LIKE = re.compile(r"([A-Z][\w'’ ,-]{1,40}(?<![.,;:!?]))\n(?![-*•\d(])")
_LONGEST_HEADING = 6  # words


def check_corpus(folder: Path) -> tuple[Fault, ...]:
    """All faults, in order of file and line; empty where there is nothing to mend."""
    faults: list[Fault] = []
    documents: dict[Path, Document] = {}
    for path in document_paths(folder):
        found = file_faults(path)
        faults.extend(found)
        if not any(fault.severity == "error" for fault in found):
            try:
                documents[path] = parse_document(path)
            except CorpusError as error:
                faults.extend(error.faults)
                continue
            if (fault := invented_fault(path)) is not None:
                faults.append(fault)
            faults.extend(_document_faults(path, documents[path]))
    if not document_paths(folder):
        faults.append(Fault(folder / "documents", 1, "error", "There is no document.", "Put one Markdown file per page there."))
    statements = {statement.id: statement for document in documents.values() for statement in document.statements}
    faults.extend(_data_faults(folder, statements, {document.id for document in documents.values()}))
    return tuple(sorted(faults, key=lambda fault: (str(fault.path), fault.line)))


def _data_faults(folder: Path, statements: Mapping[str, object], documents: Collection[str]) -> list[Fault]:
    faults: list[Fault] = []
    try:
        load_questions(folder / "questions")
        load_unanswered(folder / "questions")
        faults.extend(question_faults(folder / "questions", statements, documents))
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
    if (hidden := _HIDDEN.search(document.text)) is not None:
        faults.append(fault(hidden.start(), "The text holds a hidden character.", "Remove it, then build the index."))
    for statement in document.statements:
        start = statement.span.start
        if statement.role is Role.CONTEXT:
            message = f"{statement.id} reads as somebody else's view, or as no statement, and is not quoted."
            faults.append(fault(start, message, "If it is ASCL's own, say so under 'roles' in the front matter."))
            continue
        if not all(statement.own_voice):
            message = f"{statement.id} reads as somebody else's view in part; that part is not quoted."
            faults.append(fault(start, message, "If it is all ASCL's own, say so under 'roles' in the front matter."))
        if (marks := _MARKUP.search(statement.text)) is not None:
            message = f"The text holds marks of a web page or of Markdown ({marks[0].strip()!r}), which are quoted as they stand."
            faults.append(fault(start + marks.start(), message, "Write the words as a reader sees them, without the marks."))
        line = _HEADING_LIKE.match(statement.text)
        if line is not None and len(line[1].split()) <= _LONGEST_HEADING:
            message = f"The line {line[1]!r} may be a heading; it is quoted with what stands below it."
            faults.append(fault(start, message, "Write '## ' before it if it is one, or join it to the next line."))
    return faults
