"""The vectors of what things are called: of the names in the glossary that statements say, encoded when an index is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Vectors
from index.lexicon import Lexicon


@dataclass(frozen=True)
class StatedNames:
    """Unit vectors of shape (names, dimension), and the row of each name."""

    places: Mapping[str, int]
    vectors: Vectors

    @classmethod
    def of(cls, lexicon: Lexicon, encoder: Encoder) -> StatedNames:
        """Every name in the glossary whose stems statements hold: only such a name can ever stand in for another."""
        stated = frozenset(chain.from_iterable(lexicon.own))
        texts = dict.fromkeys(text for links in lexicon.links for phrase, text, _ in links.named() if stated.issuperset(phrase))
        # An index without names still knows its dimension.
        return cls({text: place for place, text in enumerate(texts)}, encoder.encode([*texts] or [""])[: len(texts)])

    def of_all(self, names: Sequence[str]) -> Vectors:
        """One unit vector for some names together, at least one, shape (dimension,)."""
        mean = self.vectors[[self.places[name] for name in names]].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write one file of plain arrays."""
        np.savez(path, allow_pickle=False, texts=np.array(list(self.places), dtype=np.str_), vectors=self.vectors)

    @classmethod
    def load(cls, path: Path) -> StatedNames:
        """Read what :meth:`save` wrote.

        Raises:
            OSError, ValueError, KeyError: if it was not written by it.
        """
        with np.load(path, allow_pickle=False) as held:
            return cls({text: place for place, text in enumerate(held["texts"].tolist())}, held["vectors"])
