"""Threads that share runs of an encoder get what each would get alone."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import numpy as np
import pytest

from index.encoder import Encoded, Vectors
from index.together import MOST_TEXTS, Together
from tests.support import packaged_encoder

QUESTIONS = [f"Question {number} about {'school ' * (number % 7)}funding" for number in range(60)]


class Slow:
    """A real encoder that waits before its first run until it is let go, and counts runs."""

    def __init__(self, broken: str = "") -> None:
        self.go, self.entered = Event(), Event()
        self.runs: list[int] = []
        self._broken = broken
        self._one_at_a_time = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.array([one.vector for one in self.encode_fully(texts)])

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        assert self._one_at_a_time.acquire(blocking=False), "two runs at once"
        try:
            self.entered.set()
            self.go.wait()
            self.runs.append(len(texts))
            if self._broken in texts:
                raise ValueError("this text breaks the encoder")
            return packaged_encoder().encode_fully(texts)
        finally:
            self._one_at_a_time.release()


def test_each_thread_gets_the_vectors_of_its_own_texts() -> None:
    together = Together(packaged_encoder())
    asked = [QUESTIONS[start : start + 1 + start % 3] for start in range(50)]
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(together.encode, asked))
    for texts, vectors in zip(asked, got, strict=True):
        assert np.allclose(vectors, packaged_encoder().encode(texts), atol=1e-5)


def test_those_who_come_during_a_run_share_the_next() -> None:
    slow = Slow()
    together = Together(slow)
    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(together.encode, QUESTIONS[:1])
        slow.entered.wait()
        others = [threads.submit(together.encode, [question]) for question in QUESTIONS[1:9]]
        while len(together._waiting) < len(others):
            pass
        slow.go.set()
        assert len(first.result()) == 1 and all(len(one.result()) == 1 for one in others)
    assert slow.runs == [1, 8]


def test_a_thread_with_many_texts_is_served_in_one_run() -> None:
    slow = Slow()
    slow.go.set()
    assert len(Together(slow).encode(QUESTIONS)) == len(QUESTIONS) > MOST_TEXTS
    assert slow.runs == [len(QUESTIONS)]


def test_no_text_is_no_vector() -> None:
    assert Together(packaged_encoder()).encode([]).shape[0] == 0


def test_an_error_reaches_whoever_asked_and_the_next_are_served() -> None:
    slow = Slow(broken="break")
    slow.go.set()
    together = Together(slow)
    with pytest.raises(ValueError, match="breaks"):
        together.encode(["break"])
    assert len(together.encode(QUESTIONS[:2])) == 2
