"""Keep where the parts of a corpus lie, so that a start need not parse it: no statement's words, which come from the documents.

Parsing takes a good part of a start, and its result changes only with the files or with the rules. What is kept is good
for exactly the files and rules it was made from; whoever finds it is not loads the corpus as ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.models import (
    Corpus,
    Document,
    Entry,
    Glossary,
    Heading,
    Kind,
    Pointer,
    Role,
    Section,
    Span,
    Statement,
    Status,
)
from corpus.text import read_canonical

_FIELDS = ("id", "title", "publisher", "kind", "url", "published", "retrieved", "status", "source_digest")
_RULES = Path(__file__).parent


def write_kept(path: Path, corpus: Corpus) -> None:
    """Write where the parts of ``corpus`` lie, as JSON. Of a corpus that was not read from files, nothing can be kept."""
    held = {
        "sources": corpus.sources,
        "documents": [_taken_apart(document) for document in corpus.documents],
        "questions": dict(corpus.questions),
        "unanswered": dict(corpus.unanswered),
        "entries": [asdict(entry) for entry in corpus.glossary.entries],
        "never_expand": sorted(corpus.glossary.never_expand),
    }
    path.write_text(json.dumps(held), encoding="utf-8")


def read_kept(path: Path, folder: Path) -> Corpus | None:
    """The corpus in ``folder`` by what :func:`write_kept` wrote; None where its files, or the rules, are others than then.

    Raises:
        OSError, ValueError, KeyError, TypeError: for a file that :func:`write_kept` did not write.
        CorpusError: if a document cannot be read.
    """
    held = json.loads(path.read_text(encoding="utf-8"))
    if not held["sources"] or held["sources"] != sources(folder):
        return None
    return Corpus(
        documents=tuple(_put_together(folder, one) for one in held["documents"]),
        questions=_tuples(held["questions"]),
        glossary=Glossary(tuple(_entry(one) for one in held["entries"]), frozenset(held["never_expand"])),
        unanswered=_tuples(held["unanswered"]),
        sources=held["sources"],
    )


def kept_sources(path: Path) -> str:
    """What :func:`sources` gave when ``path`` was written.

    Raises:
        OSError, ValueError, LookupError, TypeError: for a file that :func:`write_kept` did not write.
    """
    return str(json.loads(path.read_text(encoding="utf-8"))["sources"])


def sources(folder: Path) -> str:
    """SHA-256, in hexadecimal, over every file that a corpus is read from and over the rules that it is read by.

    Empty where one of them cannot be read: whoever loads the corpus says more.
    """
    documents = [path for path in folder.glob("documents/*.md") if path.name != "README.md"]
    files = [*documents, *folder.glob("questions/*.yaml"), *folder.glob("glossary.yaml")]
    if any(path.is_fifo() or path.is_socket() for path in files):  # reading one would wait for somebody to write
        return ""
    # Not what an editor leaves beside them.
    rules = [path for path in (*_RULES.glob("*.py"), *_RULES.glob("voice_*.json")) if not path.name.startswith(".")]
    found = hashlib.sha256()
    try:
        for root, paths in ((folder, files), (_RULES, rules)):
            for path in sorted(paths):
                found.update(f"{path.relative_to(root).as_posix()}\0".encode("utf-8", "surrogateescape"))
                # As in a document itself, a checkout with other line ends is no change.
                found.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    except OSError:
        return ""
    return found.hexdigest()


def _taken_apart(document: Document) -> dict[str, Any]:
    sections = {section: place for place, section in enumerate(document.sections)}
    return {
        "fields": {name: getattr(document, name) for name in _FIELDS},
        "length": len(document.text),
        "sections": [asdict(section) for section in sections],
        "headings": [(_ends(one.span), one.level, one.title) for one in document.headings],
        "statements": [
            (one.id, sections[one.section], _ends(one.span), one.role, [_ends(span) for span in one.sentences], one.own_voice)
            for one in document.statements
        ],
        "pointers": [(_ends(one.span), one.paper, sections[one.section]) for one in document.pointers],
    }


def _put_together(folder: Path, held: Mapping[str, Any]) -> Document:
    """A document: its words as they stand in its file, the rest as it was kept."""
    fields = held["fields"]
    # The canonical text is the end of the file: what is in front of it is front matter.
    file = read_canonical(folder / "documents" / f"{fields['id']}.md")
    text = file[len(file) - held["length"] :]
    sections = [Section(**{**one, "path": tuple(one["path"])}) for one in held["sections"]]
    return Document(
        **{**fields, "kind": Kind(fields["kind"]), "status": Status(fields["status"])},
        text=text,
        headings=tuple(Heading(Span(*ends), level, title) for ends, level, title in held["headings"]),
        statements=tuple(
            Statement(
                id=name,
                document=fields["id"],
                section=sections[section],
                span=Span(*ends),
                text=Span(*ends).of(text),
                role=Role(role),
                sentences=tuple(Span(*one) for one in sentences),
                own_voice=tuple(voices),
            )
            for name, section, ends, role, sentences, voices in held["statements"]
        ),
        pointers=tuple(
            Pointer(Span(*ends), Span(*ends).of(text), paper, sections[section]) for ends, paper, section in held["pointers"]
        ),
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _entry(held: Mapping[str, Any]) -> Entry:
    links = {name: tuple(held[name]) for name in ("same", "narrower", "related")}
    return Entry(term=held["term"], kind=held["kind"], full=held["full"], **links)


def _tuples(held: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in held.items()}
