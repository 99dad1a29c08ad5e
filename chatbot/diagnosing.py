"""Why an answer came out as it did, for staff and developers: what was accepted, what was rejected, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from chatbot.judging import Judge
from chatbot.searching import Judged
from chatbot.selecting import near_enough
from chatbot.signals import NAMES
from chatbot.version import __version__

SHOWN = 8  # candidates per question
NOT_ANSWERED = "the question as a whole was judged to have no answer here"


def diagnostics(judged: Sequence[Judged], threshold: float, judge: Judge, seconds: float) -> dict[str, Any]:
    """Plain JSON values: per question the judged probability of an answer, accepted and rejected statements."""
    rows = [row for one in judged for row in _rows(one, judge, threshold)]
    return {
        "searched_for": [one.understood.searched_for for one in judged],
        "asked_for": [[" ".join(unit.phrase) for unit in one.understood.units] for one in judged],
        "threshold": threshold,
        "measured": dict(judge.measured(threshold, any(_curated(one) for one in judged))),
        "answered": [round(one.chance, 4) for one in judged],
        "accepted": [row for row in rows if row["why"] is None],
        "rejected": [row for row in rows if row["why"] is not None],
        "signals": list(NAMES),
        "timings": {"seconds": round(seconds, 4)},
        "version": __version__,
    }


def _rows(one: Judged, judge: Judge, threshold: float) -> list[dict[str, Any]]:
    near = set(near_enough(judge, one, range(len(one.statements)), threshold))
    return [
        {
            "statement": statement.id,
            "section": statement.section.name,
            "text": statement.text,
            "fit": round(float(fit), 4),
            "reranked": None if one.reranked is None else round(float(one.reranked[place]), 4),
            "near_enough": statement in near,
            "why": _why(one, judge, place, statement in near, threshold),
            "signals": {name: round(float(value), 4) for name, value in zip(NAMES, row, strict=True)},
        }
        for place, (statement, fit, row) in enumerate(list(zip(one.statements, one.fits, one.rows, strict=True))[:SHOWN])
    ]


def _why(one: Judged, judge: Judge, place: int, near: bool, threshold: float) -> str | None:
    """Why a statement was not quoted, for whoever reads it; none for one that was."""
    if one.chance < threshold:
        return NOT_ANSWERED
    if near:
        return None
    best = int(np.argmax(one.weighed))
    here = one.statements[place].section == one.statements[best].section
    share, needed = one.weighed[place] / one.weighed[best], judge.extra_here if here else judge.extra_elsewhere
    if share >= needed:
        return "the statements that are judged as it is, with curated questions or without, hold no answer of their own"
    where = "in the same section" if here else "from another section"
    return f"it fits {share:.0%} as well as the best one, and {needed:.0%} is needed {where}"


def _curated(one: Judged) -> bool:
    return bool(len(one.rows)) and bool(one.rows[0][NAMES.index("curated")] > 0)
