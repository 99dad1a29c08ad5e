"""Encode what several threads ask for at once in one run: the weights, most of the work for a short text, are read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from index.encoder import Encoded, Encoder, Vectors

MOST_TEXTS = 16  # of one run, if more than one thread is waiting; measured: more at once are no faster and all wait longer


@dataclass(slots=True)
class _Asked:
    """What one thread waits for; ended when it has been encoded or there is an error."""

    texts: Sequence[str]
    encoded: Sequence[Encoded] | None = None
    error: Exception | None = None

    @property
    def ended(self) -> bool:
        return self.encoded is not None or self.error is not None


class Together:
    """An encoder for many threads. Alone, a thread waits for nobody; while a run is under way, those who come share the next."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._running = Lock()
        self._waiting: list[_Asked] = []
        self._list = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row per text, shape (len(texts), dimension); raises what the encoder raises."""
        return np.array([one.vector for one in self.encode_fully(texts)], dtype=np.float32)

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        """See :class:`index.encoder.Encoder`; raises what the encoder raises."""
        own = _Asked(texts)
        with self._list:
            self._waiting.append(own)
        while not own.ended:
            with self._running:
                # Whoever ran before may have taken this thread's texts along.
                if not own.ended:
                    self._run(self._taken())
        if own.error is not None:
            raise own.error
        assert own.encoded is not None
        return list(own.encoded)

    def _taken(self) -> list[_Asked]:
        """The first of those who wait, as many as fit in one run; at least one."""
        with self._list:
            taken = [self._waiting.pop(0)]
            count = len(taken[0].texts)
            while self._waiting and count + len(self._waiting[0].texts) <= MOST_TEXTS:
                taken.append(self._waiting.pop(0))
                count += len(taken[-1].texts)
        return taken

    def _run(self, taken: Sequence[_Asked]) -> None:
        try:
            encoded = self._encoder.encode_fully([text for one in taken for text in one.texts])
        except Exception as error:  # whatever it is, nobody may wait for ever
            for one in taken:
                one.error = error
            return
        start = 0
        for one in taken:
            one.encoded = encoded[start : start + len(one.texts)]
            start += len(one.texts)
