"""The corpus as plain text for the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from corpus.models import Corpus, Document, Statement


def list_documents(corpus: Corpus) -> Iterator[str]:
    """One line for each document, and a line that counts them."""
    for document in corpus.documents:
        yield f"{document.id}  {document.title}  ({document.kind}, {document.status}, {document.published or 'undated'})"
        yield f"    {_count(document.statements, 'statement')}, {_count(document.pointers, 'pointer')}, " + _count(
            document.sections, "section"
        )
    questions = sum(len(asked) for asked in corpus.questions.values())
    yield f"{_count(corpus.documents, 'document')}, {_count(corpus.statements, 'statement')}, " + (
        f"{questions} curated question{'' if questions == 1 else 's'}"
    )


def show(corpus: Corpus, identifier: str) -> Iterator[str]:
    """A document with all of its statements, or one statement.

    Raises:
        KeyError: for an id that the corpus does not hold; its argument is a sentence that names near ones.
    """
    if identifier in corpus.statements:
        return _show_statement(corpus, corpus.statements[identifier])
    for document in corpus.documents:
        if document.id == identifier:
            return _show_document(corpus, document)
    known = [*(document.id for document in corpus.documents), *corpus.statements]
    near = get_close_matches(identifier, known, n=3)
    hint = f"Near it: {', '.join(near)}." if near else "`ascl-chat corpus list` names the documents."
    raise KeyError(f"The corpus holds no document or statement {identifier!r}. {hint}")


def _show_document(corpus: Corpus, document: Document) -> Iterator[str]:
    yield f"{document.id}: {document.title}"
    yield f"publisher: {document.publisher}"
    yield f"kind: {document.kind}"
    yield f"status: {document.status}"
    yield f"address: {document.url or 'not known'}"
    yield f"published: {document.published or 'undated'}"
    yield f"copy taken: {document.retrieved or 'date of copy not known'}"
    for statement in document.statements:
        yield ""
        yield from _show_statement(corpus, statement)
    for pointer in document.pointers:
        yield ""
        yield f"see also: {pointer.paper} [{pointer.span.start}, {pointer.span.end})"


def _show_statement(corpus: Corpus, statement: Statement) -> Iterator[str]:
    yield statement.id
    yield f"  section: {statement.section.name}" + (" (inferred)" if statement.section.inferred else "")
    yield f"  role: {statement.role}"
    yield f"  span: [{statement.span.start}, {statement.span.end})"
    for question in corpus.questions.get(statement.id, ()):
        yield f"  asked as: {question}"
    yield ""
    yield from (f"    {line}" for line in statement.text.split("\n"))


def _count(items: Collection[object], word: str) -> str:
    number = len(items)
    return f"{number} {word}{'' if number == 1 else 's'}"
