"""Load a whole corpus from its folder, once."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import CorpusError, Fault
from corpus.glossary import load_glossary
from corpus.kept import sources
from corpus.models import Corpus, Document
from corpus.parsing import invented_fault, parse_document
from corpus.questions import load_questions, load_unanswered


def document_paths(folder: Path) -> list[Path]:
    """The Markdown files that are documents, in order of name; the folder's README is not one."""
    return sorted(path for path in (folder / "documents").glob("*.md") if path.name != "README.md" and not _waits(path))


def _waits(path: Path) -> bool:
    """Whether reading what bears the name would wait for somebody to write: a pipe or socket, put there by mistake."""
    return path.is_fifo() or path.is_socket()


def load_corpus(folder: Path) -> Corpus:
    """Load documents, curated questions and glossary.

    Curated questions whose statement is no longer held are left out; ``corpus check`` names them.

    Raises:
        CorpusError: naming every fault of every file that cannot be used.
    """
    made_from = sources(folder)
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
    glossary = load_glossary(folder / "glossary.yaml")
    # Files that were edited while they were read are no source that anything can be kept of.
    made_from = made_from if made_from == sources(folder) else ""
    return Corpus(tuple(documents), questions, glossary, unanswered, made_from)
