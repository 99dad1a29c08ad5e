"""The held-out cases stay what they were, and stay apart from the curated questions.

Both are laws with a test. Nothing here gives a held-out question away: a collision names the case by its id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.evaluation.cases import HELD_OUT, Case
from corpus.models import Corpus
from index.encoder import Encoder
from index.framing import without_frame
from index.opening import OpenIndex
from index.rows import UNANSWERED
from index.terms import terms

FROZEN = HELD_OUT.with_suffix(".sha256")
NEAR_COSINE = 0.9  # of the two questions without their frames
NEAR_OVERLAP = 0.85  # of their content terms (Jaccard)
FEWEST_TERMS = 3  # below, two questions share their terms by chance


@dataclass(frozen=True)
class Collision:
    """A held-out case and a question of the corpus that stand too near to each other."""

    case: str
    asked: str
    cosine: float
    overlap: float


def digest_of(path: Path) -> str:
    """SHA-256 of a file's text, the same whatever line ends a checkout gave it."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def frozen_digest(path: Path = FROZEN) -> str:
    """The digest that the held-out cases were frozen with."""
    return path.read_text(encoding="ascii").split()[0]


def overlaps(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """Share of content terms that two questions have in common, shape (first, second); 0 where one has under three."""
    places = {term: place for place, term in enumerate(sorted(frozenset[str]().union(*first, *second)))}
    one, other = _incidence(first, places), _incidence(second, places)
    shared, sizes, other_sizes = one @ other.T, one.sum(1)[:, None], other.sum(1)[None, :]
    told = np.minimum(sizes, other_sizes) >= FEWEST_TERMS
    return np.asarray(np.where(told, shared / np.maximum(sizes + other_sizes - shared, 1), 0), dtype=np.float32)


def content_terms(question: str) -> frozenset[str]:
    """What a question asks for, as stems: its frame and function words left out."""
    return frozenset(terms(without_frame(question)))


def collisions(cases: Iterable[Case], corpus: Corpus, index: OpenIndex, encoder: Encoder) -> tuple[Collision, ...]:
    """Every pair of a case and a curated or unanswered question that is too near; there must be none.

    ``index`` must have been built from ``corpus``: its vectors are those of the corpus's questions, in order.
    """
    asked = [case for case in cases if without_frame(case.question).strip()]
    vectors = encoder.encode([without_frame(case.question) for case in asked])
    case_terms = [content_terms(case.question) for case in asked]
    found = []
    for kind, questions in (("question", _curated(corpus)), (UNANSWERED, _unanswered(corpus))):
        cosines = np.array([index.stores[kind].scored(vector).of(np.arange(len(questions))) for vector in vectors])
        shared = overlaps(case_terms, [content_terms(question) for question in questions])
        for place, row in np.argwhere((cosines >= NEAR_COSINE) | (shared >= NEAR_OVERLAP)).tolist():
            near, alike = float(cosines[place, row]), float(shared[place, row])
            found.append(Collision(asked[place].id, questions[row], round(near, 3), round(alike, 3)))
    return tuple(found)


def _incidence(held: Sequence[frozenset[str]], places: Mapping[str, int]) -> NDArray[np.float32]:
    matrix = np.zeros((len(held), len(places)), dtype=np.float32)
    for row, terms_held in enumerate(held):
        matrix[row, [places[term] for term in terms_held]] = 1
    return matrix


def _curated(corpus: Corpus) -> Sequence[str]:
    return [question for statement in corpus.statements for question in corpus.questions.get(statement, ())]


def _unanswered(corpus: Corpus) -> Sequence[str]:
    return [question for document in corpus.documents for question in corpus.unanswered.get(document.id, ())]
