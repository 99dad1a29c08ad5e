"""A linear classifier over question vectors, learnt at build time from a document's curated and unanswered questions.

Nearness to single questions and a plane between all of them fail on different questions; the judge weighs both. The
only importer of scikit-learn on the way to an index; serving reads plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.rows import UNANSWERED, Rows

STRENGTH = 20.0  # inverse regularisation; flat between 10 and 100 on the calibration cases
FEWEST = 20  # unanswered questions; with fewer there is no telling what a document does not answer


@dataclass(frozen=True)
class Head:
    """Multinomial logistic regression of one document: one class per statement asked about, the last for "unanswered".

    ``statements`` are numbers in corpus order; ``weights`` has shape (len(statements) + 1, dimension).
    """

    statements: tuple[int, ...]
    weights: Vectors
    biases: Vectors

    def log_odds(self, vector: Vectors) -> tuple[Mapping[int, float], float]:
        """Log odds against "unanswered" of each statement, and of all of them together."""
        scores = self.weights @ vector + self.biases
        against = scores[:-1] - scores[-1]
        return dict(zip(self.statements, against.tolist(), strict=True)), float(np.logaddexp.reduce(against))


def learn_heads(vectors: Mapping[str, Vectors], rows: Mapping[str, Rows], documents: Sequence[int]) -> dict[int, Head]:
    """A head for every document (by number) that has curated questions and enough unanswered ones.

    ``documents`` gives each statement's document number. Learning is deterministic.
    """
    from sklearn.linear_model import LogisticRegression

    heads = {}
    owners = {kind: np.array(rows[kind].owners, dtype=int) for kind in ("question", "sentence", UNANSWERED)}
    by_document = np.array(documents, dtype=int)
    for number in sorted(set(rows[UNANSWERED].owners)):
        unanswered = vectors[UNANSWERED][owners[UNANSWERED] == number]
        asked = {int(owner) for owner in owners["question"] if by_document[owner] == number}
        if len(unanswered) < FEWEST or not asked:
            continue
        own = [(kind, np.array([int(owner) in asked for owner in owners[kind]], dtype=bool)) for kind in ("question", "sentence")]
        answered = np.vstack([vectors[kind][mask] for kind, mask in own])
        classes = np.concatenate([owners[kind][mask] for kind, mask in own])
        unknown = len(by_document)  # sorts behind every statement
        learner = LogisticRegression(C=STRENGTH, max_iter=2000)
        learner.fit(np.vstack([answered, unanswered]), np.concatenate([classes, np.full(len(unanswered), unknown)]))
        heads[number] = _head(learner.classes_, learner.coef_, learner.intercept_)
    return heads


def _head(classes: NDArray[np.int64], weights: NDArray[np.float64], biases: NDArray[np.float64]) -> Head:
    if len(biases) == 1:  # two classes are held as one plane; written out, the first class is its mirror
        return _head(classes, np.vstack([-weights, weights]) / 2, np.concatenate([-biases, biases]) / 2)
    return Head(tuple(int(one) for one in classes[:-1]), weights.astype(np.float32), biases.astype(np.float32))


def save_heads(path: Path, heads: Mapping[int, Head]) -> None:
    """Write all heads to one file of plain arrays."""
    arrays: dict[str, Vectors] = {}
    for number, head in heads.items():
        arrays[f"{number}.statements"] = np.array(head.statements, dtype=np.float32)
        arrays[f"{number}.weights"], arrays[f"{number}.biases"] = head.weights, head.biases
    np.savez(path, allow_pickle=False, **arrays)


def load_heads(path: Path) -> dict[int, Head]:
    """Read what :func:`save_heads` wrote."""
    with np.load(path, allow_pickle=False) as held:
        numbers = sorted({int(name.split(".")[0]) for name in held.files})
        return {
            number: Head(
                tuple(int(one) for one in held[f"{number}.statements"]), held[f"{number}.weights"], held[f"{number}.biases"]
            )
            for number in numbers
        }
