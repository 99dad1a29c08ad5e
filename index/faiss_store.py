"""Vector search on one machine. The only importer of faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np

from index.encoder import Vectors


class VectorStore(Protocol):
    """Rows of unit vectors. Stores give back row numbers and scores, never text."""

    def search(self, vector: Vectors, count: int) -> tuple[tuple[int, float], ...]:
        """The ``count`` nearest rows to ``vector`` (shape (dimension,)) as (row, cosine), best first."""
        ...

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> Vectors:
        """The cosine of ``vector`` to each of ``rows``, shape (len(rows),)."""
        ...


class FaissStore:
    """Exact inner-product search (``IndexFlatIP``)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> FaissStore:
        """A store over vectors of shape (rows, dimension); there may be no rows."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def search(self, vector: Vectors, count: int) -> tuple[tuple[int, float], ...]:
        """See :class:`VectorStore`."""
        count = min(count, self._index.ntotal)
        if count == 0:
            return ()
        scores, rows = self._index.search(vector[None, :], count)
        return tuple((int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True))

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> Vectors:
        """See :class:`VectorStore`."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        held = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return np.asarray(held @ vector, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the store to one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> FaissStore:
        """Read what :meth:`save` wrote.

        Raises:
            RuntimeError: if the file is not a FAISS index (from faiss itself).
        """
        return cls(faiss.read_index(str(path)))
