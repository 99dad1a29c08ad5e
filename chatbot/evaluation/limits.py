"""Thresholds: set one case under what was measured, and held from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chatbot.evaluation.measuring import ALARMING, KINDS
from chatbot.evaluation.reporting import Report

THRESHOLDS = Path(__file__).with_name("thresholds")  # a file for each file of cases that is held to any
AT_LEAST = (
    "overall.top_1",
    "overall.top_3",
    "overall.quote_f1",
    *(f"kinds.{kind}.right" for kind in (*KINDS, *ALARMING)),
    "ablations.no_curated_questions.kinds.everyday.top_3",
    "ablations.no_curated_questions.kinds.everyday.found_3",
)
AT_MOST = (
    "overall.false_refusals",
    "overall.false_answers",
    "overall.false_answers_near_miss",
    "ablations.no_curated_questions.overall.false_answers",
)
NEVER = tuple(
    f"{whole}.{fault}"
    for whole in ("overall", "ablations.no_curated_questions.overall")
    for fault in ("verbatim_violations", "section_faults")
)

Limits = Mapping[str, Mapping[str, float]]


def thresholds_of(cases: str) -> Path:
    """Where the thresholds of a file of cases are, by its name without an ending."""
    return THRESHOLDS / f"{cases}.json"


def shortfalls(report: Report, thresholds: Limits) -> tuple[str, ...]:
    """A sentence for each figure beyond its threshold. Ablations and public sets are passed over where not measured."""
    found = []
    for bound in ("at_least", "at_most"):
        for name, limit in thresholds.get(bound, {}).items():
            if name.split(".")[0] in ("ablations", "public") and name.split(".")[0] not in report:
                continue
            value = figure(report, name)
            if value is None:
                found.append(f"{name} was not measured, but has a threshold.")
            elif (value < limit) if bound == "at_least" else (value > limit):
                found.append(f"{name} is {value:.3f}; it must be {bound.replace('_', ' ')} {limit:.3f}.")
    return tuple(found)


def figure(report: Report, name: str) -> float | None:
    """The value of a figure by its path, as ``kinds.everyday.top_1``; None where the report does not hold it."""
    held = _held(report, name)
    return None if held is None else float(held["value"])


def limits_under(report: Report) -> dict[str, dict[str, float]]:
    """Thresholds that let one case less through than was measured: another machine may round one case otherwise.

    Altered quotes and wrong sections have no such room, nor have policy questions that a rule declined.
    """
    least, most = _measured(report, AT_LEAST), _measured(report, AT_MOST)
    at_least = {name: max(0.0, round(one["value"] - 1 / one["count"] - 0.0005, 3)) for name, one in least.items()}
    at_most = {name: min(1.0, round(one["value"] + 1 / one["count"] + 0.0005, 3)) for name, one in most.items()}
    at_most |= {name: one["value"] for name, one in _measured(report, ("overall.over_blocked",)).items()}
    return {"at_least": at_least, "at_most": at_most | {name: 0.0 for name in _measured(report, NEVER)}}


def _measured(report: Report, names: Sequence[str]) -> dict[str, Mapping[str, float]]:
    found = {name: _held(report, name) for name in names}
    return {name: held for name, held in found.items() if held is not None}


def _held(report: Report, name: str) -> Mapping[str, float] | None:
    held: Any = report
    for part in name.split("."):
        held = held.get(part) if isinstance(held, dict) else None
    return held if isinstance(held, dict) and "value" in held else None
