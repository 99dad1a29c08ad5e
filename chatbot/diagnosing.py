"""Why an answer came out as it did, for staff and developers: what was accepted, what was rejected, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.judging import Judge
from chatbot.searching import Judged
from chatbot.selecting import near_enough
from chatbot.signals import NAMES
from chatbot.version import __version__

SHOWN = 8  # candidates per question


def diagnostics(judged: Sequence[Judged], threshold: float, judge: Judge, seconds: float) -> dict[str, Any]:
    """Plain JSON values: per question the judged probability of an answer, accepted and rejected statements."""
    shown = [(one, judge.answered(one.rows, one.fits)) for one in judged]
    return {
        "searched_for": [one.understood.searched_for for one in judged],
        "asked_for": [[" ".join(unit.phrase) for unit in one.understood.units] for one in judged],
        "threshold": threshold,
        "answered": [round(chance, 4) for _, chance in shown],
        "accepted": [row for one, chance in shown for row in _rows(one, judge) if row["near_enough"] and chance >= threshold],
        "rejected": [row for one, chance in shown for row in _rows(one, judge) if not row["near_enough"] or chance < threshold],
        "signals": list(NAMES),
        "timings": {"seconds": round(seconds, 4)},
        "version": __version__,
    }


def _rows(one: Judged, judge: Judge) -> list[dict[str, Any]]:
    near = set(near_enough(judge, one, range(len(one.statements))))
    return [
        {
            "statement": statement.id,
            "section": statement.section.name,
            "text": statement.text,
            "fit": round(float(fit), 4),
            "near_enough": statement in near,
            "signals": {name: round(float(value), 4) for name, value in zip(NAMES, row, strict=True)},
        }
        for statement, fit, row in list(zip(one.statements, one.fits, one.rows, strict=True))[:SHOWN]
    ]
