"""Cases: questions with the answer that a careful press officer would expect. The README beside the data tells the fields."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("cases")
CALIBRATION, HELD_OUT = FOLDER / "calibration.jsonl", FOLDER / "held-out.jsonl"


@dataclass(frozen=True)
class Case:
    """One question. ``expected_any`` are the right leading statements, ``expected_all`` those of a full answer.

    Where there is none, ``accepted_statuses`` are the endings that would be right.
    """

    id: str
    document: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    expected_any: frozenset[str] = frozenset()
    expected_all: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    accepted_statuses: frozenset[str] = frozenset()
    near_miss: bool = False

    @property
    def answerable(self) -> bool:
        """Whether a statement answers it."""
        return bool(self.expected_any)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON Lines file, in order.

    Raises:
        ValueError: naming the line of a case that cannot be read.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            cases.append(_case(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: this case cannot be read ({error}).") from error
    return tuple(cases)


def _case(held: dict[str, Any]) -> Case:
    text, times = held.get("question_repeat", [held.get("question", ""), 1])
    statuses = {str(status) for status in held.get("accepted_statuses", [])} | {str(held.get("expected_status", ""))}
    return Case(
        id=str(held["id"]),
        document=str(held["document"]),
        kind=str(held["kind"]),
        question=str(text) * int(times),
        history=tuple(held.get("history", ())),
        expected_any=frozenset(held.get("expected_any", ())),
        expected_all=frozenset(held.get("expected_all", ())),
        forbidden=frozenset(held.get("forbidden", ())),
        accepted_statuses=frozenset(statuses - {""}),
        near_miss=bool(held.get("near_miss", False)),
    )
