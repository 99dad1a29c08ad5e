"""Why an answer came out as it did, for staff and developers: what was accepted, what was rejected, and by how much."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chatbot.answer import Answer
from chatbot.gate import Message, Verdict
from chatbot.judged import Judged
from chatbot.judging import Judge, kind_of
from chatbot.selecting import near_enough
from chatbot.signals import NAMES
from chatbot.version import __version__

SHOWN = 8  # candidates per question, and those that are quoted
NOT_ANSWERED = "the question as a whole was judged to have no answer here"
OTHERWISE = "the message as a whole was not taken for a question that can be answered here"
CROWDED = "other quotes say nearly the same, or fill the number that is allowed, or come from a page that is current"
BROUGHT = "quoted because a statement beside it cannot be understood, or should not be read, without it"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer was decided by. ``verdict`` is the gate's, none where a rule decided; ``judged`` what was searched."""

    verdict: Verdict | None = None
    judged: tuple[Judged, ...] = ()

    @property
    def message(self) -> Message:
        """What the message was taken for."""
        return self.verdict.message if self.verdict else Message.QUESTION


def diagnostics(answer: Answer, grounds: Grounds, threshold: float, judge: Judge, seconds: float) -> dict[str, Any]:
    """Plain JSON values: what the message was taken for; per question the judged probability of an answer, accepted and
    rejected statements. ``accepted`` are those the answer cites.
    """
    cited = {citation.statement for citation in answer.citations}
    answered = [one if one.chance >= threshold else None for one in grounds.judged]
    near = [near_enough(judge, one, range(len(one.statements)), threshold) if one else [] for one in answered]
    rows = []
    for number, one in enumerate(grounds.judged):
        of_others = {statement.id for other, found in enumerate(near) if other != number for statement in found}
        own = {statement.id for statement in near[number]}
        # What another question of the message brought is none of this one's.
        quoted = cited & own | (cited - of_others if own else set())
        rows += _rows(answer, one, judge, threshold, own, quoted)
    return {
        "ended": answer.status.value,
        "read_as": _read_as(grounds.verdict),
        "searched_for": [one.understood.searched_for for one in grounds.judged],
        "asked_for": [[" ".join(unit.phrase) for unit in one.understood.units] for one in grounds.judged],
        "threshold": threshold,
        "measured": dict(judge.measured(threshold, _kind(grounds.judged))) if grounds.judged else {},
        "answered": [round(one.chance, 4) for one in grounds.judged],
        "accepted": [row for row in rows if row["why"] is None],
        "rejected": [row for row in rows if row["why"] is not None],
        "signals": list(NAMES),
        "timings": {"seconds": round(seconds, 4)},
        "version": __version__,
    }


def _read_as(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "message": verdict.message.value,
        "likely": round(verdict.chance, 4),
        "by_sentence": verdict.by_sentence,
        "asks": round(verdict.asks, 4),
        "asks_too": verdict.asks_too,
        "rather": verdict.rather.value if verdict.rather else None,
        "goes_on": verdict.goes_on,
    }


def _rows(
    answer: Answer, one: Judged, judge: Judge, threshold: float, near: Collection[str], cited: Collection[str]
) -> list[dict[str, Any]]:
    """A row for each of a question's best statements; ``near`` and ``cited`` are the ids of those that belong to it."""
    return [
        {
            "statement": statement.id,
            "section": statement.section.name,
            "text": statement.text,
            "fit": round(float(fit), 4),
            "reranked": None if one.reranked is None else round(float(one.reranked[place]), 4),
            "near_enough": statement.id in near,
            "why": None if statement.id in cited else _why(answer, one, judge, place, statement.id in near, threshold),
            "note": BROUGHT if statement.id in cited and statement.id not in near else None,
            "signals": {
                name: None if np.isnan(value) else round(float(value), 4) for name, value in zip(NAMES, row, strict=True)
            },
        }
        for place, (statement, fit, row) in enumerate(zip(one.statements, one.fits, one.rows, strict=True))
        if place < SHOWN or statement.id in cited
    ]


def _why(answer: Answer, one: Judged, judge: Judge, place: int, near: bool, threshold: float) -> str:
    """Why a statement was not quoted, for whoever reads it."""
    if one.chance < threshold:
        return NOT_ANSWERED
    if not answer.status.answered:
        return OTHERWISE
    if near:
        return CROWDED
    best = int(np.argmax(one.weighed))
    here = one.statements[place].section == one.statements[best].section
    share, needed = one.weighed[place] / one.weighed[best], judge.extra_here if here else judge.extra_elsewhere
    if share >= needed:
        return "the statements that are judged as it is, with curated questions or without, hold no answer of their own"
    where = "in the same section" if here else "from another section"
    return f"it fits {share:.0%} as well as the best one, and {needed:.0%} is needed {where}"


def _kind(judged: Sequence[Judged]) -> str:
    """The kind whose trade-off is shown; a message counts as what any question of it is."""

    def any_is(name: str) -> bool:
        return any(len(one.rows) and one.rows[0][NAMES.index(name)] > 0 for one in judged)

    return kind_of(any_is("curated"), any_is("leaning"))
