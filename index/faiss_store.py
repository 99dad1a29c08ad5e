"""Vector search on one machine. The only importer of faiss."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

RowNumbers = NDArray[np.int64]

# Rows from which the graph is searched instead of every row. Measured on two cores: reading every row takes 0.5 ms of
# 10,000 rows, 1.6 ms of 30,000, 11 ms of 100,000, the graph 0.5, 0.8 and 1.2 ms; and what is not read leaves the
# encoder's weights in the processor's cache.
GRAPH_FROM = 10_000
_LINKS = 32  # of each row of the graph
_BUILD_BREADTH = 80  # rows weighed as neighbours of each that is added; a greater breadth found no more
_SEARCH_BREADTH = 256  # rows kept in sight during a search: of the best ten, 99 in 100 and more are found


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

    def vectors(self, rows: RowNumbers) -> Vectors:
        """The vectors of some rows, shape (len(rows), dimension)."""
        ...

    def save(self, path: Path) -> None:
        """Write the store to one file."""
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


@dataclass(frozen=True, slots=True)
class Approximate:
    """A vector beside rows that are found through a graph; the cosines of rows asked for are exact."""

    graph: faiss.IndexHNSWFlat
    vectors: Vectors
    vector: Vectors

    def nearest(self, count: int) -> RowNumbers:
        """See :class:`Scored`. A row in a hundred of the best may be missed."""
        found = self.graph.search(self.vector[None, :], min(count, self.graph.ntotal))[1][0]
        return np.asarray(found[found >= 0], dtype=np.int64)

    def of(self, rows: RowNumbers) -> Vectors:
        """See :class:`Scored`."""
        return np.asarray(np.vecdot(self.vectors[rows], self.vector), dtype=np.float32)


class ExactStore:
    """Search by inner product (``IndexFlatIP``), of which every row is scored for every question."""

    def __init__(self, index: faiss.IndexFlat) -> None:
        self._index = index
        self._vectors = _held(index)

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """A store over unit vectors of shape (rows, dimension); there may be no rows."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def scored(self, vector: Vectors) -> Exact:
        """See :class:`VectorStore`."""
        # Row by row on the thread that asks: the threads of BLAS would make two cores busy with waiting for one another.
        return Exact(np.asarray(np.vecdot(self._vectors, vector), dtype=np.float32))

    def vectors(self, rows: RowNumbers) -> Vectors:
        """See :class:`VectorStore`."""
        return self._vectors[rows]

    def save(self, path: Path) -> None:
        """See :class:`VectorStore`."""
        faiss.write_index(self._index, str(path))


class GraphStore:
    """Search through a graph of neighbours (Malkov and Yashunin 2016, HNSW), which looks at a few hundred rows of any number.

    The graph depends on the order in which threads add rows, so two builds over the same vectors may differ a little.
    """

    def __init__(self, index: faiss.IndexHNSWFlat) -> None:
        self._index = index
        index.hnsw.efSearch = _SEARCH_BREADTH
        storage = faiss.downcast_index(index.storage)
        if not isinstance(storage, faiss.IndexFlat):
            raise RuntimeError(f"The graph's vectors are held as {type(storage).__name__}")
        self._vectors = _held(storage)

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """A store over unit vectors of shape (rows, dimension)."""
        index = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = _BUILD_BREADTH
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def scored(self, vector: Vectors) -> Approximate:
        """See :class:`VectorStore`."""
        return Approximate(self._index, self._vectors, vector)

    def vectors(self, rows: RowNumbers) -> Vectors:
        """See :class:`VectorStore`."""
        return self._vectors[rows]

    def save(self, path: Path) -> None:
        """See :class:`VectorStore`."""
        faiss.write_index(self._index, str(path))


def build_store(vectors: Vectors) -> VectorStore:
    """The store that is faster for so many unit vectors, shape (rows, dimension); there may be no rows."""
    return (GraphStore if len(vectors) >= GRAPH_FROM else ExactStore).build(vectors)


def load_store(path: Path) -> VectorStore:
    """Read what :meth:`VectorStore.save` wrote.

    Raises:
        RuntimeError: if the file is not a FAISS index (from faiss itself) or one of another kind.
    """
    index = faiss.read_index(str(path))
    if isinstance(index, faiss.IndexHNSWFlat):
        return GraphStore(index)
    if isinstance(index, faiss.IndexFlat):
        return ExactStore(index)
    raise RuntimeError(f"{path.name} holds {type(index).__name__}")


def _held(index: faiss.IndexFlat) -> Vectors:
    """The vectors that an index holds, shape (rows, dimension): a view, not a copy."""
    held = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d) if index.ntotal else np.zeros(0, dtype=np.float32)
    return np.asarray(held.reshape(index.ntotal, index.d), dtype=np.float32)
