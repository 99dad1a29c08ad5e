"""A corpus small enough to read: each test writes the documents that its story needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chatbot.gate import Gate, Message, load_gate
from corpus.models import Document, Span, Statement
from corpus.parsing import build_document
from index.embedding import PACKAGED, load_encoder
from index.encoder import Encoder, Vectors

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "corpus"
FIRST_DOCUMENT = SHIPPED / "documents" / "what-we-stand-for.md"


def front_matter(identifier: str, **fields: Any) -> str:
    """Complete front matter; ``fields`` replace or add, and None leaves a field out."""
    usual = {
        "id": identifier,
        "title": identifier.replace("-", " ").capitalize(),
        "publisher": "Association of School and College Leaders",
        "kind": "policy paper",
        "url": f"https://example.org/{identifier}",
        "published": "2024-03",
        "retrieved": "2024-04-01",
        "status": "current",
    }
    kept = {name: value for name, value in {**usual, **fields}.items() if value is not None}
    return f"---\n{yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)}---\n"


def write_document(folder: Path, identifier: str, body: str, **fields: Any) -> Path:
    """Write ``documents/<identifier>.md`` into a corpus folder, as bytes, so that no platform changes a line end."""
    path = folder / "documents" / f"{identifier}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((front_matter(identifier, **fields) + body).encode("utf-8"))
    return path


def write_questions(folder: Path, identifier: str, questions: Mapping[str, Sequence[str]]) -> Path:
    """Write ``questions/<identifier>.yaml``: statement id -> its questions."""
    path = folder / "questions" / f"{identifier}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({name: list(asked) for name, asked in questions.items()}), encoding="utf-8")
    return path


def write_glossary(folder: Path, *entries: Mapping[str, Any]) -> Path:
    """Write ``glossary.yaml``."""
    path = folder / "glossary.yaml"
    path.write_text(yaml.safe_dump({"entries": [dict(entry) for entry in entries]}), encoding="utf-8")
    return path


def document_of(text: str, **fields: Any) -> Document:
    """A document of ASCL's with ``text`` as its canonical text."""
    return build_document({"id": "paper", "title": "Paper", **fields}, text)


def statement_with(document: Document, words: str) -> Statement:
    """The one statement that holds ``words``."""
    [statement] = [statement for statement in document.statements if words in statement.text]
    return statement


def outside(text: str, spans: Sequence[Span]) -> str:
    """What of ``text`` the spans leave out. They must be in order, none empty and none over another."""
    left, end = [], 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        left.append(text[end : span.start])
        end = span.end
    return "".join([*left, text[end:]])


@cache
def packaged_encoder() -> Encoder:
    """The real model, loaded once for the whole run."""
    return load_encoder(PACKAGED)


def message_of(text: str, encode: Callable[[Sequence[str]], Vectors] | None = None, gate: Gate | None = None) -> Message:
    """What a gate takes a message for; the shipped one with the real encoder unless others are given."""
    gate = gate or load_gate()
    glance = gate.glance(text)
    vectors = (encode or packaged_encoder().encode)(glance.undecided) if glance.undecided else ()
    return gate.verdict(glance, dict(zip(glance.undecided, vectors, strict=True))).message
