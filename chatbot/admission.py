"""How many questions are answered at once, and how many may wait: beyond that a visitor is told to come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

from chatbot.settings import Settings

RETRY_AFTER = 2  # seconds; a full queue of ordinary questions is answered in less
Answered = TypeVar("Answered")


class Busy(Exception):
    """Raised where no more questions may wait."""


class Admission:
    """A bounded queue before the worker threads; one for every address that answers questions."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = anyio.CapacityLimiter(settings.concurrency)
        self._most = settings.concurrency + settings.queue_limit
        self._inside = 0

    async def run(self, work: Callable[[], Answered]) -> Answered:
        """The result of ``work``, done in a thread when its turn comes.

        Raises:
            Busy: at once, where as many are waiting as may.
        """
        if self._inside >= self._most:
            raise Busy
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1
