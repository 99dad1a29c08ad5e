"""A linear classifier of questions, learnt at build time from a document's curated and unanswered questions.

It sees a question's vector and its wording: measured by cross-validation on the calibration cases, wording takes its
right leads from 90 to 95 of 100. Nearness to single questions and a plane between all of them fail on different
questions; the judge weighs both. The only importer of scikit-learn on the way to an index; serving reads plain arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.rows import UNANSWERED, Rows
from index.wording import BUCKETS, Wording, rarities, weighed, wording

STRENGTH = 20.0  # inverse regularisation; flat between 10 and 100 on the calibration cases
_ARRAYS = ("weights", "worded", "biases", "rarity")
FEWEST = 20  # unanswered questions; with fewer there is no telling what a document does not answer


@dataclass(frozen=True)
class Head:
    """Multinomial logistic regression of one document: one class per statement asked about, the last for "unanswered".

    ``statements`` are numbers in corpus order; with ``n = len(statements) + 1`` classes ``weights`` has shape
    (n, dimension), ``worded`` (buckets, n), ``biases`` (n,); ``rarity`` holds how telling each bucket is.
    """

    statements: tuple[int, ...]
    weights: Vectors
    worded: NDArray[np.float16]
    biases: Vectors
    rarity: Vectors

    def log_odds(self, vector: Vectors, worded: Wording) -> tuple[Mapping[int, float], float]:
        """Log odds against "unanswered" of each statement, and of all of them together."""
        buckets, weights = weighed(worded, self.rarity)
        scores = self.weights @ vector + weights @ self.worded[buckets].astype(np.float32) + self.biases
        against = scores[:-1] - scores[-1]
        return dict(zip(self.statements, against.tolist(), strict=True)), float(np.logaddexp.reduce(against))


def learn_heads(
    vectors: Mapping[str, Vectors], texts: Mapping[str, Sequence[str]], rows: Mapping[str, Rows], documents: Sequence[int]
) -> dict[int, Head]:
    """A head for every document (by number) that has curated questions and enough unanswered ones.

    ``documents`` gives each statement's document number. Learning is deterministic.
    """
    heads = {}
    owners = {kind: np.array(rows[kind].owners, dtype=int) for kind in ("question", "sentence", UNANSWERED)}
    by_document = np.array(documents, dtype=int)
    unknown = len(by_document)  # the class of the unanswered; sorts behind every statement
    for number in sorted(set(rows[UNANSWERED].owners)):
        asked = {int(owner) for owner in owners["question"] if by_document[owner] == number}
        if (owners[UNANSWERED] == number).sum() < FEWEST or not asked:
            continue
        chosen = [
            *(
                (kind, row, int(owner))
                for kind in ("question", "sentence")
                for row, owner in enumerate(owners[kind])
                if int(owner) in asked
            ),
            *((UNANSWERED, row, unknown) for row, owner in enumerate(owners[UNANSWERED]) if owner == number),
        ]
        heads[number] = _learn(
            np.array([vectors[kind][row] for kind, row, _ in chosen]),
            [wording(texts[kind][row]) for kind, row, _ in chosen],
            np.array([owner for *_, owner in chosen]),
        )
    return heads


def _learn(vectors: Vectors, worded: Sequence[Wording], classes: NDArray[np.int64]) -> Head:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    rarity = rarities(worded)
    struck = [weighed(one, rarity) for one in worded]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in struck)])
    columns = np.concatenate([buckets for buckets, _ in struck])
    values = np.concatenate([weights for _, weights in struck])
    used, narrowed = np.unique(columns, return_inverse=True)  # buckets that nothing strikes are learnt nothing of
    words = csr_matrix((values, narrowed, ends), shape=(len(worded), len(used)))
    learner = LogisticRegression(C=STRENGTH, max_iter=2000)
    learner.fit(hstack([csr_matrix(vectors), words]).tocsr(), classes)
    return _head(learner.classes_, learner.coef_, learner.intercept_, used, rarity)


def _head(
    classes: NDArray[np.int64],
    weights: NDArray[np.float64],
    biases: NDArray[np.float64],
    used: NDArray[np.int64],
    rarity: Vectors,
) -> Head:
    if len(biases) == 1:  # two classes are held as one plane; written out, the first class is its mirror
        halves = np.vstack([-weights, weights]) / 2, np.concatenate([-biases, biases]) / 2
        return _head(classes, *halves, used, rarity)
    dimension = weights.shape[1] - len(used)
    worded = np.zeros((BUCKETS, len(biases)), dtype=np.float16)
    worded[used] = weights[:, dimension:].T
    dense = np.ascontiguousarray(weights[:, :dimension], dtype=np.float32)
    return Head(tuple(int(one) for one in classes[:-1]), dense, worded, biases.astype(np.float32), rarity)


def save_heads(path: Path, heads: Mapping[int, Head]) -> None:
    """Write all heads to one file of plain arrays."""
    arrays: dict[str, NDArray[Any]] = {}
    for number, head in heads.items():
        arrays[f"{number}.statements"] = np.array(head.statements, dtype=np.int64)
        for name in _ARRAYS:
            arrays[f"{number}.{name}"] = getattr(head, name)
    np.savez(path, allow_pickle=False, **arrays)


def load_heads(path: Path) -> dict[int, Head]:
    """Read what :func:`save_heads` wrote."""
    with np.load(path, allow_pickle=False) as held:
        numbers = sorted({int(name.split(".")[0]) for name in held.files})
        return {
            number: Head(
                tuple(int(one) for one in held[f"{number}.statements"]),
                **{name: held[f"{number}.{name}"] for name in _ARRAYS},
            )
            for number in numbers
        }
