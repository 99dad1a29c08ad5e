"""How a question relates to a statement: whether it asks what the statement says, or something else about the same thing.

"How much are inspectors paid?" lies as near to a statement on inspectors as a question that it answers. What tells them apart
is what the question says that the statement does not, and in which directions the two agree. So a logistic regression sees
the question's vector less its projection onto the plane of the statement's passage and best sentence, and the products of
the vectors element by element, as classifiers of pairs of sentences do (Conneau et al. 2017, InferSent). It is learnt over many
documents, so that it holds for one that nothing was learnt from. Learnt by ``scripts/calibrate.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from index.encoder import Vectors

MODEL_FILE = Path(__file__).with_name("relation.npz")
SCALE = 10.0  # of the products, which are small beside the remainder
_PARALLEL = 1e-3  # least squared sine between passage and sentence; of one sentence they are nearly the same


@dataclass(frozen=True)
class Relation:
    """Weights of the remainder and of the two products, each of shape (dimension,), a bias, and the embedding model's digest."""

    remainder: Vectors
    passage: Vectors
    sentence: Vectors
    bias: float
    model: str

    def log_odds(self, question: Vectors, passages: Vectors, sentences: Vectors) -> Vectors:
        """Log odds that a statement answers a question, by their vectors alone, shape (statements,).

        ``question`` (dimension,), ``passages`` and ``sentences`` (statements, dimension) hold unit vectors of that model.
        """
        if self is SILENT:
            return np.zeros(len(passages), dtype=np.float32)
        along_passage, along_sentence = _along(question, passages, sentences)
        outside = (
            question @ self.remainder
            - along_passage * (passages @ self.remainder)
            - along_sentence * (sentences @ self.remainder)
        )
        shared = passages @ (SCALE * question * self.passage) + sentences @ (SCALE * question * self.sentence)
        return np.asarray(outside + shared + self.bias, dtype=np.float32)


_NOTHING = np.zeros(0, dtype=np.float32)
SILENT = Relation(_NOTHING, _NOTHING, _NOTHING, 0.0, "")  # for vectors of another model than was learnt with


def pair_of(question: Vectors, passage: Vectors, sentence: Vectors) -> Vectors:
    """What the regression sees of one question and one statement, shape (3 * dimension,)."""
    along_passage, along_sentence = _along(question, passage[None, :], sentence[None, :])
    outside = question - along_passage[0] * passage - along_sentence[0] * sentence
    return np.concatenate([outside, SCALE * question * passage, SCALE * question * sentence])


def _along(question: Vectors, passages: Vectors, sentences: Vectors) -> tuple[Vectors, Vectors]:
    """The coordinates of the question's projection onto each plane of passage and sentence, each of shape (statements,)."""
    alike = np.vecdot(passages, sentences)
    to_passage, to_sentence = passages @ question, sentences @ question
    sine = np.maximum(1.0 - alike * alike, _PARALLEL)
    return (to_passage - alike * to_sentence) / sine, (to_sentence - alike * to_passage) / sine


@cache
def load_relation(path: Path = MODEL_FILE) -> Relation:
    """The relation that ships with the code."""
    with np.load(path, allow_pickle=False) as held:
        remainder, passage, sentence = held["weights"].astype(np.float32)
        return Relation(remainder, passage, sentence, float(held["bias"]), str(held["model"]))
