"""A question, and what was found for it and judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from chatbot.leaning import Found
from chatbot.retrieval import Candidates
from chatbot.signals import NAMES, Matrix
from chatbot.understanding import Understood
from corpus.models import Statement

SHOWN_SHARE = 0.2  # of its fit, that a statement keeps when somebody asks for the rest


@dataclass(frozen=True)
class Judged:
    """A question's candidates that may be quoted at all, best first. ``rows`` holds their signals.

    ``fits`` are their probabilities to answer (:meth:`chatbot.judging.Judge.weighed`). ``reranked`` are the same with a
    reranker's opinion, if there is one, or what was shown already set back; an answer is let through by ``fits`` alone.
    """

    understood: Understood
    statements: tuple[Statement, ...]
    fits: Matrix
    rows: Matrix
    found: tuple[Candidates, ...]
    reranked: Matrix | None = None

    @property
    def chance(self) -> float:
        """The probability that the question has an answer here."""
        return float(self.fits.max(initial=0.0))

    @property
    def odds(self) -> float:
        """The odds of the same."""
        return self.chance / max(1.0 - self.chance, 1e-9)

    @property
    def found_as(self) -> Found:
        """What :func:`chatbot.leaning.leans_on` is told of it."""
        return Found(self.lead.id if self.statements else "", self.chance, self.to_context)

    @property
    def to_context(self) -> float:
        """The cosine of a turn's own words to the subjects before it; 0 where it is read alone."""
        return float(self.rows[0, NAMES.index("turn_context")]) if len(self.rows) else 0.0

    def leads_as(self, other: Judged) -> bool:
        """Whether both put the same statement first."""
        return bool(self.statements) and bool(other.statements) and self.lead == other.lead

    @property
    def lead(self) -> Statement:
        """The statement that is put first."""
        return self.statements[int(np.argmax(self.weighed))]

    def without_shown(self, shown: Collection[str]) -> Judged:
        """The same for somebody who asks for what was not shown yet: the statements ``shown``, by id, are set far back."""
        share = np.array([SHOWN_SHARE if statement.id in shown else 1.0 for statement in self.statements])
        return replace(self, reranked=self.weighed * share)

    def rest_of(self, shown: Collection[str]) -> Judged | None:
        """What was not shown of the sections that the statements ``shown``, by id, stand in; None where nothing is left."""
        sections = {statement.section for statement in self.statements if statement.id in shown}
        left = [one.section in sections and one.id not in shown for one in self.statements]
        return replace(self, reranked=self.weighed * np.array(left)) if any(left) else None

    @property
    def weighed(self) -> Matrix:
        """What the statements are ordered by, shape (candidates,)."""
        return self.fits if self.reranked is None else self.reranked


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be searched, with the asker's earlier ones, oldest first.

    ``told`` are the sentences said in front of it.
    """

    question: str
    history: Sequence[str] = ()
    told: Sequence[str] = ()
