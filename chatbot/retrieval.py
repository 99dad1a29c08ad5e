"""Find the statements nearest to a question: vectors of four kinds and lexical scores, fused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.faiss_store import Scored
from index.late_interaction import Meeting
from index.opening import OpenIndex
from index.rows import ALL_KINDS, KINDS, UNANSWERED, Rows
from index.wording import Wording

STATED = ("passage", "sentence")  # the kinds whose rows are words of the documents
ROWS_SEARCHED = 100  # rows of each kind; on one document that is nearly all, on large corpora the head
LEXICAL_FOUND = 30  # statements taken for their words alone
MOST_CANDIDATES = 60  # kept of those found, best fused score first: about as many as the judge learnt from
DENSE_SHARE = 0.8  # of the fused score; the best of a grid from 0.5 to 1 on the calibration cases
ADDED_SHARE = 0.25  # weight of the terms that the glossary adds; from the same grid
# Of the nearness of a section to the earlier subject, beside a statement's to the question: what answers a follow-up stands
# where the answer before it stood, seldom in the same statement. Flat from 1 to 2 on follow-ups about papers left out.
EARLIER_SHARE = 1.0
SHARPNESS = 25.0  # of the kernel around each curated question; flat between 20 and 40 on the calibration cases
SMOOTHED = 3  # curated questions that a statement's nearness to them is averaged over


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched: its unit vector, its wording, its own terms, and those the glossary adds.

    ``in_our_words`` is the vector that is held against statements, which may call things otherwise than the asker does;
    ``context`` is that of the earlier subject which the question leans on, ``turn`` that of its own words where it leans on one.
    ``tokens`` are those of all that is asked, shape (tokens, dimension).
    """

    vector: Vectors
    in_our_words: Vectors
    worded: Wording
    own_terms: Sequence[str]
    added_terms: Sequence[str] = ()
    context: Vectors | None = None
    turn: Vectors | None = None
    tokens: Vectors | None = None

    def of(self, kind: str) -> Vectors:
        """The vector that is held against rows of one kind."""
        return self.in_our_words if kind in STATED else self.vector


@dataclass(frozen=True)
class Candidates:
    """Statements found for a query, best fused score first. Arrays run parallel to ``statements``.

    ``statements`` are numbers in corpus order. ``passage``, ``sentence`` and ``question`` are the cosines of the best
    row of each kind; ``questions`` is the mean of the best three curated questions and ``unanswered`` the best cosine
    among the questions the statement's document is known not to answer, in ``unanswered_row``. A kind without rows gives 0.
    ``question_mass`` and ``unanswered_mass`` are logarithms of a Parzen estimate: how densely the curated questions of
    the statement, and the unanswered ones of its document, lie around the query; -inf where there are none.
    ``head`` and ``document_head`` are the log odds of the document's head, for the statement and for any of its
    statements, 0 where there is none. ``lexical`` are BM25 scores; ``fused`` lies in [0, 1].
    ``asked`` is the query's vector, shape (dimension,); ``passages`` and ``sentences`` are those of the best row of either
    kind, shape (candidates, dimension).
    ``turn`` holds for a follow-up what its own words find without the earlier subject: by kind the best cosine of each
    statement or, for unanswered questions, of its document; it is empty for a question that stands alone. ``to_context`` is
    the cosine of those words to the earlier subject, 0 where there is none. ``before`` and ``before_section`` say how near each
    statement, and the nearest of its section, lies to the earlier subject, as sums of cosines less that of the nearest of all
    that were found: 0 for that one, negative for the others; all 0 for a question that stands alone.
    ``meeting`` has the tokens of the question beside those of each statement; none where no tokens are held, and none of
    statements that have curated questions.
    """

    statements: tuple[int, ...]
    asked: Vectors
    passages: Vectors
    sentences: Vectors
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
    turn: Mapping[str, Vectors]
    to_context: float
    before: Vectors
    before_section: Vectors
    meeting: Meeting | None


def retrieve(index: OpenIndex, query: Query) -> tuple[Candidates, ...]:
    """Candidates for a query: of the statements that have curated questions, and of those that have none; neither empty.

    They are scored apart. A statement without questions lacks a part of every sum, and beside one that has them it would
    always come off worse: "Should BTECs go?" found the paper with questions, not the one about BTECs.
    """
    lexical = index.lexical.scores(query.own_terms) + ADDED_SHARE * index.lexical.scores(query.added_terms)
    scored = {kind: index.stores[kind].scored(query.of(kind)) for kind in ALL_KINDS}
    before = {kind: index.stores[kind].scored(query.context) for kind in KINDS} if query.context is not None else {}
    alone = {kind: index.stores[kind].scored(query.turn) for kind in ALL_KINDS} if query.turn is not None else {}
    found = _found(index, [*scored.items(), *before.items()], lexical)
    to_earlier = _dense(index, before, found)
    earlier = dict(zip(found, zip(to_earlier.tolist(), _of_sections(index, found, to_earlier), strict=True), strict=True))
    asked_about = index.rows["question"].owned
    parts = [one for one in found if one in asked_about], [one for one in found if one not in asked_about]
    return tuple(_candidates(index, query, scored, alone, earlier, lexical, part) for part in parts if part)


def _candidates(
    index: OpenIndex,
    query: Query,
    scored: Mapping[str, Scored],
    alone: Mapping[str, Scored],
    earlier: Mapping[int, tuple[float, float]],
    lexical: Vectors,
    found: Sequence[int],
) -> Candidates:
    near = {kind: _near(index.rows[kind], scored[kind], found) for kind in KINDS}
    best = {kind: _best(near[kind]) for kind in KINDS}
    questions = _mean_of_best(near["question"])
    words = lexical[list(found)]
    # A statement's own similarity and its curated questions' are summed: measured better than the larger of the two.
    dense = sum((best[kind] for kind in STATED), start=questions)
    to_earlier, section_to_earlier = np.array([earlier[one] for one in found], dtype=np.float32).T
    fused = DENSE_SHARE * _scaled(dense + EARLIER_SHARE * section_to_earlier) + (1 - DENSE_SHARE) * _scaled(words)
    documents = sorted({index.documents[one] for one in found})
    of_document = np.searchsorted(documents, [index.documents[one] for one in found])
    gaps = _near(index.rows[UNANSWERED], scored[UNANSWERED], documents)
    gap_rows = _best_rows(index.rows[UNANSWERED], documents, gaps)
    heads = {number: _head(index, number, query) for number in documents}
    order = np.lexsort((np.asarray(found), -fused))[:MOST_CANDIDATES]
    kept = tuple(found[place] for place in order)
    return Candidates(
        statements=kept,
        asked=query.vector,
        passages=_best_vectors(index, "passage", found, near, order),
        sentences=_best_vectors(index, "sentence", found, near, order),
        passage=best["passage"][order],
        sentence=best["sentence"][order],
        question=best["question"][order],
        questions=questions[order],
        unanswered=_best(gaps)[of_document][order],
        unanswered_row=tuple(gap_rows[of_document[place]] for place in order),
        question_mass=_mass(near["question"])[order],
        unanswered_mass=_mass(gaps)[of_document][order],
        head=np.array([heads[index.documents[one]][0].get(one, 0.0) for one in found], dtype=np.float32)[order],
        document_head=np.array([heads[index.documents[one]][1] for one in found], dtype=np.float32)[order],
        lexical=words[order],
        fused=fused[order],
        turn={
            kind: _best(_near(index.rows[kind], one, documents))[of_document][order]
            if kind == UNANSWERED
            else _best(_near(index.rows[kind], one, found))[order]
            for kind, one in alone.items()
        },
        to_context=float(query.turn @ query.context) if query.turn is not None and query.context is not None else 0.0,
        before=to_earlier[order] - to_earlier.max(),
        before_section=section_to_earlier[order] - section_to_earlier.max(),
        meeting=_meeting(index, query, kept),
    )


def _meeting(index: OpenIndex, query: Query, found: Sequence[int]) -> Meeting | None:
    # What has curated questions is judged by them: tokens tell nothing more there, and would take a fifth of an answer's time.
    if index.tokens is None or index.projection is None or query.tokens is None or found[0] in index.rows["question"].owned:
        return None
    return index.tokens.meeting(index.projection.focus(query.tokens), found)


def _dense(index: OpenIndex, scored: Mapping[str, Scored], found: Sequence[int]) -> Vectors:
    """The summed cosines of a vector to each statement: best passage, best sentence, best curated questions; 0 for no vector."""
    if not scored:
        return np.zeros(len(found), dtype=np.float32)
    near = {kind: _near(index.rows[kind], scored[kind], found) for kind in KINDS}
    return sum((_best(near[kind]) for kind in STATED), start=_mean_of_best(near["question"]))


def _of_sections(index: OpenIndex, found: Sequence[int], scores: Vectors) -> list[float]:
    """For each statement the highest score of any that was found of its section: how near that is to the earlier subject."""
    highest: dict[int, float] = {}
    for one, score in zip(found, scores.tolist(), strict=True):
        highest[index.sections[one]] = max(score, highest.get(index.sections[one], score))
    return [highest[index.sections[one]] for one in found]


def _found(index: OpenIndex, scored: Iterable[tuple[str, Scored]], lexical: Vectors) -> list[int]:
    near = [index.rows[kind].of_row[one.nearest(ROWS_SEARCHED)] for kind, one in scored if kind in KINDS]
    by_words = np.flatnonzero(lexical)
    if len(by_words) > LEXICAL_FOUND:
        by_words = by_words[np.argpartition(-lexical[by_words], LEXICAL_FOUND)[:LEXICAL_FOUND]]
    return sorted(set(np.concatenate([*near, by_words]).tolist()))  # np.unique imports masked arrays first


def _near(rows: Rows, scored: Scored, owners: Sequence[int]) -> Vectors:
    """The cosines of each owner's rows of one kind, shape (len(owners), most rows of any); -inf where an owner has fewer."""
    numbers, held = rows.of_owners(owners)
    near = np.full(held.shape, -np.inf, dtype=np.float32)
    near[held] = scored.of(numbers[held])
    return near


def _best(near: Vectors) -> Vectors:
    """The highest cosine of each owner; 0 for one without rows."""
    best = near.max(axis=1, initial=-np.inf)
    return np.where(np.isfinite(best), best, np.float32(0))


def _best_rows(rows: Rows, owners: Sequence[int], near: Vectors) -> list[int | None]:
    """The row of each owner's highest cosine; none for one without rows."""
    numbers, held = rows.of_owners(owners)
    return [int(own[one.argmax()]) if any_held.any() else None for own, one, any_held in zip(numbers, near, held, strict=True)]


def _best_vectors(
    index: OpenIndex, kind: str, found: Sequence[int], near: Mapping[str, Vectors], order: NDArray[np.intp]
) -> Vectors:
    """The vector of the highest cosine of each statement in ``order``; every statement has rows of this kind."""
    numbers, _ = index.rows[kind].of_owners(found)
    return index.stores[kind].vectors(numbers[order, near[kind][order].argmax(axis=1)])


def _head(index: OpenIndex, document: int, query: Query) -> tuple[Mapping[int, float], float]:
    return index.heads[document].log_odds(query.vector, query.worded) if document in index.heads else ({}, 0.0)


def _mean_of_best(near: Vectors) -> Vectors:
    """The mean of each owner's best cosines, or of as many as it has; 0 for one without rows."""
    best = np.partition(near, -SMOOTHED, axis=1)[:, -SMOOTHED:] if near.shape[1] > SMOOTHED else near
    held = np.isfinite(best)
    return np.asarray(np.where(held, best, 0).sum(axis=1) / np.maximum(held.sum(axis=1), 1), dtype=np.float32)


def _mass(near: Vectors) -> Vectors:
    """Logarithm of the summed von Mises-Fisher kernels around the query (Parzen 1962; Hall, Watson and Cabrera 1987)."""
    exponents = SHARPNESS * near.astype(np.float64)
    highest = exponents.max(axis=1, initial=-np.inf)
    held = np.isfinite(highest)
    masses = np.full(len(near), -np.inf, dtype=np.float32)
    # The highest is taken out first: sums of the rest can then neither overflow nor vanish.
    masses[held] = highest[held] + np.log(np.exp(exponents[held] - highest[held, None]).sum(axis=1))
    return masses


def _scaled(scores: Vectors) -> Vectors:
    """Min-max scaled to [0, 1]; where every score is the same, all 1 if there is any score and all 0 if not."""
    if not len(scores) or float(scores.max() - scores.min()) < 1e-9:
        return np.asarray(scores > 1e-9, dtype=np.float32)
    return np.asarray((scores - scores.min()) / (scores.max() - scores.min()), dtype=np.float32)
