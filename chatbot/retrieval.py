"""Find the statements nearest to a question: vectors of four kinds and lexical scores, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import Vectors
from index.opening import OpenIndex
from index.rows import KINDS, UNANSWERED
from index.wording import Wording

ROWS_SEARCHED = 100  # rows of each kind; on one document that is nearly all, on large corpora the head
LEXICAL_FOUND = 30  # statements taken for their words alone
DENSE_SHARE = 0.8  # of the fused score; the best of a grid from 0.5 to 1 on the calibration cases
ADDED_SHARE = 0.25  # weight of the terms that the glossary adds; from the same grid
SHARPNESS = 25.0  # of the kernel around each curated question; flat between 20 and 40 on the calibration cases
SMOOTHED = 3  # curated questions that a statement's nearness to them is averaged over


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched: its unit vector, its wording, its own terms, and those the glossary adds."""

    vector: Vectors
    worded: Wording
    own_terms: Sequence[str]
    added_terms: Sequence[str] = ()


@dataclass(frozen=True)
class Candidates:
    """Statements found for a query, best fused score first. Arrays run parallel to ``statements``.

    ``statements`` are numbers in corpus order. ``passage``, ``sentence`` and ``question`` are the cosines of the best
    row of each kind; ``questions`` is the mean of the best three curated questions and ``unanswered`` the best cosine
    among the questions the statement's document is known not to answer, in ``unanswered_row``. A kind without rows gives 0.
    ``question_mass`` and ``unanswered_mass`` are logarithms of a Parzen estimate: how densely the curated questions of
    the statement, and the unanswered ones of its document, lie around the query; -inf where there are none.
    ``head`` and ``document_head`` are the log odds of the document's head, for the statement and for any of its
    statements, 0 where there is none.
    ``lexical`` are BM25 scores; ``fused`` lies in [0, 1].
    """

    statements: tuple[int, ...]
    passage: Vectors
    sentence: Vectors
    question: Vectors
    questions: Vectors
    unanswered: Vectors
    unanswered_row: tuple[int | None, ...]
    question_mass: Vectors
    unanswered_mass: Vectors
    head: Vectors
    document_head: Vectors
    lexical: Vectors
    fused: Vectors


def retrieve(index: OpenIndex, query: Query) -> Candidates:
    """Candidates for a query."""
    lexical = index.lexical.scores(query.own_terms) + ADDED_SHARE * index.lexical.scores(query.added_terms)
    found = _found(index, query.vector, lexical)
    near = {kind: _cosines(index, kind, query.vector, found) for kind in KINDS}
    best = {kind: np.array([max(row, default=0.0) for row in near[kind]], dtype=np.float32) for kind in KINDS}
    questions = np.array([_mean_of_best(row) for row in near["question"]], dtype=np.float32)
    words = lexical[found]
    # A statement's own similarity and its curated questions' are summed: measured better than the larger of the two.
    dense = best["passage"] + best["sentence"] + questions
    fused = DENSE_SHARE * _scaled(dense) + (1 - DENSE_SHARE) * _scaled(words)
    gaps = _cosines(index, UNANSWERED, query.vector, [index.documents[statement] for statement in found])
    gap_rows = index.rows[UNANSWERED].of_owner
    nearest = [
        gap_rows[index.documents[one]].start + int(row.argmax()) if len(row) else None
        for one, row in zip(found, gaps, strict=True)
    ]
    heads = {number: _head(index, number, query) for number in {index.documents[one] for one in found}}
    order = np.lexsort((np.asarray(found), -fused))
    return Candidates(
        statements=tuple(found[place] for place in order),
        passage=best["passage"][order],
        sentence=best["sentence"][order],
        question=best["question"][order],
        questions=questions[order],
        unanswered=np.array([max(row, default=0.0) for row in gaps], dtype=np.float32)[order],
        unanswered_row=tuple(nearest[place] for place in order),
        question_mass=np.array([_mass(row) for row in near["question"]], dtype=np.float32)[order],
        unanswered_mass=np.array([_mass(row) for row in gaps], dtype=np.float32)[order],
        head=np.array([heads[index.documents[one]][0].get(one, 0.0) for one in found], dtype=np.float32)[order],
        document_head=np.array([heads[index.documents[one]][1] for one in found], dtype=np.float32)[order],
        lexical=words[order],
        fused=fused[order],
    )


def _found(index: OpenIndex, vector: Vectors, lexical: Vectors) -> list[int]:
    near = {index.rows[kind].owners[row] for kind in KINDS for row, _ in index.stores[kind].search(vector, ROWS_SEARCHED)}
    by_words = np.argsort(-lexical, kind="stable")[:LEXICAL_FOUND]
    return sorted(near | {int(statement) for statement in by_words if lexical[statement] > 0})


def _cosines(index: OpenIndex, kind: str, vector: Vectors, owners: Sequence[int]) -> list[Vectors]:
    """For each owner, the cosines of its rows of one kind; an owner that stands twice is looked up once."""
    rows = index.rows[kind].of_owner
    unique = list(dict.fromkeys(owners))
    spans = [rows.get(owner, range(0)) for owner in unique]
    flat = index.stores[kind].similarities(vector, [row for span in spans for row in span])
    ends = np.cumsum([len(span) for span in spans]) if spans else np.zeros(0, dtype=int)
    held = dict(zip(unique, np.split(flat, ends[:-1]), strict=True)) if unique else {}
    return [held[owner] for owner in owners]


def _head(index: OpenIndex, document: int, query: Query) -> tuple[Mapping[int, float], float]:
    return index.heads[document].log_odds(query.vector, query.worded) if document in index.heads else ({}, 0.0)


def _mean_of_best(cosines: Vectors) -> float:
    return float(np.sort(cosines)[-SMOOTHED:].mean()) if len(cosines) else 0.0


def _mass(cosines: Vectors) -> float:
    """Logarithm of the summed von Mises-Fisher kernels around the query (Parzen 1962; Hall, Watson and Cabrera 1987)."""
    return float(np.logaddexp.reduce(SHARPNESS * cosines.astype(np.float64))) if len(cosines) else -np.inf


def _scaled(scores: Vectors) -> Vectors:
    """Min-max scaled to [0, 1]; where every score is the same, all 1 if there is any score and all 0 if not."""
    if not len(scores) or float(scores.max() - scores.min()) < 1e-9:
        return np.asarray(scores > 1e-9, dtype=np.float32)
    return np.asarray((scores - scores.min()) / (scores.max() - scores.min()), dtype=np.float32)
