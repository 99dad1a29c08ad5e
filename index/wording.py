"""How a question is worded, as numbers: its stems, their pairs, and its runs of letters, hashed into buckets.

Vectors blur what is asked for; the words keep it. Runs of letters also hold for slips and endings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.text import plain
from index.encoder import Vectors
from index.terms import terms

BUCKETS = 2**16
RUNS = (3, 4, 5)  # letters of a run, a space at either end of a word counted

Counts = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Wording:
    """How often each bucket is struck: by stems and their pairs, or other phrases, and by runs of letters."""

    stems: Counts
    runs: Counts

    def with_context(self, earlier: Wording, share: float) -> Wording:
        """This wording with a share of an earlier one added."""
        return Wording(_added(self.stems, earlier.stems, share), _added(self.runs, earlier.runs, share))


def wording(text: str) -> Wording:
    """The wording of a question or sentence."""
    stems = list(terms(text))
    pairs = [f"{first} {second}" for first, second in pairwise(stems)]
    runs = (run % BUCKETS for word in plain(text).lower().split() for run in letter_runs(word))
    return Wording(Counter(crc32(f"s {thing}".encode()) % BUCKETS for thing in (*stems, *pairs)), Counter(runs))


def rarities(wordings: Sequence[Wording]) -> Vectors:
    """The inverse document frequency of every bucket, smoothed, shape (BUCKETS,) (Spärck Jones 1972)."""
    struck = np.zeros(BUCKETS)
    for one in wordings:
        struck[list({*one.stems, *one.runs})] += 1
    return np.asarray(np.log((1 + len(wordings)) / (1 + struck)) + 1, dtype=np.float32)


def weighed(one: Wording, rarity: Vectors) -> tuple[NDArray[np.int64], Vectors]:
    """Buckets and their weights; stems and runs are each brought to length 1, so that neither drowns the other."""
    buckets, weights = [], []
    for counts in (one.stems, one.runs):
        own = np.fromiter(counts, dtype=np.int64, count=len(counts))
        # A word said twice is not twice as telling: logarithm of the count, 0 for none.
        times = np.log1p(np.fromiter(counts.values(), dtype=np.float32, count=len(counts))) * rarity[own]
        buckets.append(own)
        weights.append(times / max(float(np.linalg.norm(times)), 1e-9))
    return np.concatenate(buckets), np.concatenate(weights).astype(np.float32)


@lru_cache(maxsize=16384)  # the words of questions are mostly the same
def letter_runs(word: str) -> tuple[int, ...]:
    """A number for each run of letters of a word; to be brought into buckets by the remainder."""
    padded = f" {word} "
    return tuple(
        crc32(f"r {padded[start : start + length]}".encode())
        for length in RUNS
        for start in range(max(1, len(padded) - length + 1))
    )


def _added(own: Counts, earlier: Counts, share: float) -> Counts:
    return {bucket: own.get(bucket, 0.0) + share * earlier.get(bucket, 0.0) for bucket in {**own, **earlier}}
