"""Lexical search by BM25. The only importer of bm25s."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.encoder import Vectors


@contextmanager
def _absent(name: str) -> Iterator[None]:
    """Let nothing that is imported meanwhile find a package of that name, unless it is loaded already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how Python itself notes that there is none
    try:
        yield
    finally:
        del sys.modules[name]


# bm25s takes scipy and a progress bar where it finds them, though it needs neither: its own arrays are the same, and built
# no slower. Both together took a quarter of a second of every start.
with _absent("scipy"), _absent("tqdm"):
    import bm25s


class LexicalIndex:
    """BM25 scores of every statement for a list of terms (Lucene's variant, k1 = 1.5, b = 0.75)."""

    def __init__(self, model: bm25s.BM25, count: int) -> None:
        self._model = model
        self._count = count

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> LexicalIndex:
        """An index over texts given as their terms. An empty text is never found."""
        model = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        # bm25s cannot hold an empty vocabulary: a term that no question can contain stands in.
        model.index([list(text) or ["\0"] for text in texts], show_progress=False)
        return cls(model, len(texts))

    def scores(self, query: Sequence[str]) -> Vectors:
        """The BM25 score of each text, shape (number of texts,); 0 where no term is shared."""
        # bm25s holds the empty word in its vocabulary but not in its scores.
        known = [term for term in dict.fromkeys(query) if term in self._model.vocab_dict and term not in ("", "\0")]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._model.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, count: int) -> LexicalIndex:
        """Read what :meth:`save` wrote, over ``count`` texts."""
        return cls(bm25s.BM25.load(str(folder), load_corpus=False), count)
