"""Late interaction: each token of a question looks for the token of a statement that is most like it.

One vector for a whole text blurs what stands in it side by side. So beside them an index holds a vector for each token of a
statement, and a question is as near to it as its tokens are, on average, to the likest of the statement's (Khattab and
Zaharia 2020, ColBERT). The vectors are the embedding model's own, seen through a projection that is learnt over invented
papers, none of them in the corpus; how much each token of a question counts is learnt with it. Learnt by
``scripts/calibrate.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Vectors
from index.errors import IndexRefused
from index.rows import Plan

MODEL_FILE = Path(__file__).with_name("late_interaction.npz")
SCALE = 127  # of a unit vector's numbers held as whole ones; rounding moves a cosine by .005, seldom by .01
AT_ONCE = 512  # texts whose tokens are held in full while they are projected
VECTORS, ENDS = "tokens.npy", "ends.npy"


@dataclass(frozen=True, slots=True)
class Focus:
    """The tokens of a question: unit vectors, shape (tokens, width), and how much each counts, shape (tokens,), 1 in all."""

    vectors: Vectors
    shares: Vectors


@dataclass(frozen=True, eq=False)
class Projection:
    """What is learnt: a matrix of shape (dimension, width), what makes a token count, shape (dimension,), and the embedding
    model's digest, with whose tokens alone it may be used. ``digest`` is that of the file it was read from.
    """

    matrix: Vectors
    salience: Vectors
    model: str
    digest: str = ""

    def of(self, tokens: Vectors) -> Vectors:
        """Unit vectors of shape (tokens, width) for tokens of shape (tokens, dimension)."""
        projected = tokens @ self.matrix
        return np.asarray(projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def focus(self, tokens: Vectors) -> Focus:
        """A question's tokens, of shape (tokens, dimension), ready to look for others."""
        counts = tokens @ self.salience
        shares = np.exp(counts - counts.max())
        return Focus(self.of(tokens), np.asarray(shares / shares.sum(), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Meeting:
    """The tokens of a question beside those of some statements.

    ``tokens`` are those of the statements, unit vectors, shape (statements, most tokens, width); ``held`` marks the places that
    are filled, shape (statements, most tokens). ``cosines`` has shape (statements, most tokens, tokens of the question), -1 where
    nothing is held; ``likest`` is the highest for each token of the question, shape (statements, tokens of the question), and
    ``likeness`` their mean by what each counts, shape (statements,).
    """

    focus: Focus
    tokens: Vectors
    held: NDArray[np.bool_]
    cosines: Vectors
    likest: Vectors
    likeness: Vectors

    @classmethod
    def of(cls, focus: Focus, tokens: Vectors, held: NDArray[np.bool_]) -> Meeting:
        """Of a question and the tokens of statements."""
        cosines = np.where(held[:, :, None], tokens @ focus.vectors.T, np.float32(-1))
        likest = cosines.max(axis=1)
        return cls(focus, tokens, held, cosines, likest, likest @ focus.shares)


@dataclass(frozen=True)
class TokenStore:
    """The tokens of all statements, shape (tokens, width), as whole numbers; those of statement n end where ``ends[n]`` says."""

    vectors: NDArray[np.int8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, projected: Iterable[Vectors], owners: Sequence[int], statements: int) -> TokenStore:
        """From the projected tokens of passages, of whose statements the numbers are ``owners``, in ascending order."""
        held = [np.rint(SCALE * one).astype(np.int8) for one in projected]
        lengths = np.bincount(owners, weights=[len(one) for one in held], minlength=statements)
        return cls(np.concatenate(held) if held else np.zeros((0, 1), dtype=np.int8), np.cumsum(lengths).astype(np.int64))

    def meeting(self, focus: Focus, statements: Sequence[int]) -> Meeting:
        """The tokens of a question beside those of some statements, at least one, in their order."""
        numbers = np.asarray(statements, dtype=np.int64)
        first = np.where(numbers > 0, self.ends[numbers - 1], 0)
        steps = np.arange((self.ends[numbers] - first).max())
        rows = first[:, None] + steps
        held = rows < self.ends[numbers][:, None]
        whole = self.vectors[np.where(held, rows, 0)]
        return Meeting.of(focus, np.multiply(whole, np.float32(1 / SCALE), dtype=np.float32), held)

    def save(self, folder: Path) -> None:
        """Write a new folder of plain arrays, to be mapped: only the tokens of what is found are ever read."""
        folder.mkdir()
        np.save(folder / VECTORS, self.vectors, allow_pickle=False)
        np.save(folder / ENDS, self.ends, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> TokenStore:
        """Map what :meth:`save` wrote.

        Raises:
            OSError, ValueError: if it was not written by it.
        """
        return cls(np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False), np.load(folder / ENDS, allow_pickle=False))


def encoded_passages(encoder: Encoder, planned: Plan, projection: Projection) -> tuple[Vectors, TokenStore]:
    """The unit vectors of the passages, shape (passages, dimension), and the tokens of the statements that they make up."""
    passages = planned.texts["passage"]
    vectors: list[Vectors] = []

    def projected() -> Iterator[Vectors]:
        for start in range(0, len(passages), AT_ONCE):
            for one in encoder.encode_fully(passages[start : start + AT_ONCE]):
                vectors.append(one.vector)
                yield projection.of(one.tokens)

    # Whole numbers are made as the tokens come: in full those of 100,000 statements would take gigabytes.
    tokens = TokenStore.of(projected(), planned.rows["passage"].owners, len(planned.documents))
    return np.array(vectors).reshape(len(vectors), -1), tokens


def projection_for(model_digest: str) -> Projection | None:
    """The projection that ships with the code; none for tokens of another embedding model than it was learnt with."""
    projection = load_projection()
    return projection if projection.model == model_digest else None


def projection_digest(model_digest: str) -> str:
    """The digest of that projection; empty where there is none."""
    projection = projection_for(model_digest)
    return projection.digest if projection is not None else ""


@cache
def load_projection(path: Path = MODEL_FILE) -> Projection:
    """A projection from its file, by default the one that ships with the code.

    Raises:
        IndexRefused: if it is missing or damaged.
    """
    try:
        content = path.read_bytes()
        with np.load(BytesIO(content), allow_pickle=False) as held:
            matrix, salience = held["matrix"].astype(np.float32), held["salience"].astype(np.float32)
            return Projection(matrix, salience, str(held["model"]), hashlib.sha256(content).hexdigest())
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise IndexRefused(f"The file {path} of this software is missing or damaged. Mend it by installing it again.") from error
