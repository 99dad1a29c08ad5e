"""Vector search on one machine. The only importer of faiss."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

RowNumbers = NDArray[np.int64]


class Scored(Protocol):
    """A vector beside the rows of a store. Stores give back row numbers and scores, never text."""

    def nearest(self, count: int) -> RowNumbers:
        """The ``count`` rows of highest cosine, or all where there are fewer, best first."""
        ...

    def of(self, rows: RowNumbers) -> Vectors:
        """The cosine to each of ``rows``, shape (len(rows),)."""
        ...


class VectorStore(Protocol):
    """Rows of unit vectors."""

    def scored(self, vector: Vectors) -> Scored:
        """The rows beside ``vector``, of shape (dimension,)."""
        ...


@dataclass(frozen=True, slots=True)
class Exact:
    """The cosine to every row, shape (rows,)."""

    cosines: Vectors

    def nearest(self, count: int) -> RowNumbers:
        """See :class:`Scored`. Of equal rows the earlier comes first."""
        if count >= len(self.cosines):
            return np.argsort(-self.cosines, kind="stable")
        best = np.sort(np.argpartition(-self.cosines, count)[:count])
        return np.asarray(best[np.argsort(-self.cosines[best], kind="stable")], dtype=np.int64)

    def of(self, rows: RowNumbers) -> Vectors:
        """See :class:`Scored`."""
        return self.cosines[rows]


class FaissStore:
    """Exact search by inner product (``IndexFlatIP``), of which every row is scored for every question."""

    def __init__(self, index: faiss.IndexFlat) -> None:
        self._index = index
        held = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d) if index.ntotal else np.zeros(0, dtype=np.float32)
        self._vectors: Vectors = held.reshape(index.ntotal, index.d)  # a view: the index holds them

    @classmethod
    def build(cls, vectors: Vectors) -> FaissStore:
        """A store over vectors of shape (rows, dimension); there may be no rows."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def scored(self, vector: Vectors) -> Exact:
        """See :class:`VectorStore`."""
        # Row by row on the thread that asks: the threads of BLAS would make two cores busy with waiting for one another.
        return Exact(np.asarray(np.vecdot(self._vectors, vector), dtype=np.float32))

    def save(self, path: Path) -> None:
        """Write the store to one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> FaissStore:
        """Read what :meth:`save` wrote.

        Raises:
            RuntimeError: if the file is not a FAISS index (from faiss itself) or one of another kind.
        """
        index = faiss.read_index(str(path))
        if not isinstance(index, faiss.IndexFlat):
            raise RuntimeError(f"{path.name} holds {type(index).__name__}")
        return cls(index)
