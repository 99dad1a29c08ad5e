"""What each vector stands for. Rows carry numbers and spans, never text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Corpus
from corpus.splitting import cut_passages
from index.framing import without_association, without_frame
from index.terms import terms

KINDS = ("passage", "sentence", "question")  # their rows belong to statements
UNANSWERED = "unanswered"  # its rows belong to documents
ALL_KINDS = (*KINDS, UNANSWERED)


@dataclass(frozen=True)
class Rows:
    """For one kind of vector: the number of the statement (or document) that each row belongs to, in row order.

    Both are numbered in corpus order; the rows of one owner lie together.
    """

    owners: tuple[int, ...]

    @cached_property
    def of_row(self) -> NDArray[np.int64]:
        """The owner of each row, as an array."""
        return np.array(self.owners, dtype=np.int64)

    @cached_property
    def owned(self) -> frozenset[int]:
        """The owners that have any row."""
        return frozenset(self.owners)

    def of_owners(self, owners: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Each owner's rows, shape (len(owners), most rows of any), and which of these places an owner fills."""
        first = np.searchsorted(self.of_row, owners)
        lengths = np.searchsorted(self.of_row, owners, side="right") - first
        steps = np.arange(lengths.max(initial=0))
        return first[:, None] + steps, steps < lengths[:, None]


@dataclass(frozen=True)
class Plan:
    """Everything to be encoded for a corpus: texts by kind with their rows, and each statement's terms and document."""

    texts: dict[str, list[str]]
    rows: dict[str, Rows]
    terms: list[list[str]]
    documents: list[int]


def document_numbers(corpus: Corpus) -> list[int]:
    """The number of each statement's document, in corpus order."""
    return [number for number, document in enumerate(corpus.documents) for _ in document.statements]


def section_numbers(corpus: Corpus) -> list[int]:
    """A number for the section of each statement, in corpus order."""
    numbers: dict[tuple[str, str], int] = {}
    return [numbers.setdefault((one.document, one.section.slug), len(numbers)) for one in corpus.statements.values()]


def plan(corpus: Corpus) -> Plan:
    """What to encode. A short section name goes in front of a passage; chains of headings would blur it."""
    texts: dict[str, list[str]] = {kind: [] for kind in ALL_KINDS}
    owners: dict[str, list[int]] = {kind: [] for kind in ALL_KINDS}
    lexical = []
    for number, statement in enumerate(corpus.statements.values()):
        document = corpus.document(statement.document)
        heading = statement.section.path[-1]
        asked = [without_frame(question) for question in corpus.questions.get(statement.id, ())]
        here = {
            "passage": [f"{heading}. {without_association(span.of(document.text))}" for span in cut_passages(statement)],
            "sentence": [without_association(span.of(document.text)) for span in statement.sentences],
            "question": asked,
        }
        for kind, added in here.items():
            texts[kind] += added
            owners[kind] += [number] * len(added)
        lexical.append(terms(f"{heading} {statement.text} {' '.join(asked)}"))
    for number, document in enumerate(corpus.documents):
        unanswered = [without_frame(question) for question in corpus.unanswered.get(document.id, ())]
        texts[UNANSWERED] += unanswered
        owners[UNANSWERED] += [number] * len(unanswered)
    return Plan(texts, {kind: Rows(tuple(owners[kind])) for kind in ALL_KINDS}, lexical, document_numbers(corpus))


def write_rows(path: Path, rows: dict[str, Rows]) -> None:
    """Write the owners of every kind as JSON."""
    path.write_text(json.dumps({kind: list(rows[kind].owners) for kind in ALL_KINDS}), encoding="utf-8")


def read_rows(path: Path) -> dict[str, Rows]:
    """Read what :func:`write_rows` wrote."""
    held: dict[str, Sequence[int]] = json.loads(path.read_text(encoding="utf-8"))
    return {kind: Rows(tuple(held[kind])) for kind in ALL_KINDS}
