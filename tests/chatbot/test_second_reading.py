"""The held-out marks are no one reader's whim: a second one, who did not see them, agrees."""

from __future__ import annotations

import json

from chatbot.evaluation.cases import FOLDER, HELD_OUT, read_cases


def test_a_second_reader_leads_as_the_first_one_would_and_leaves_the_same_alone() -> None:
    lines = (FOLDER / "held-out.second-reading.jsonl").read_text(encoding="utf-8").splitlines()
    second = {held["id"]: held for held in map(json.loads, lines)}
    cases = [case for case in read_cases(HELD_OUT) if case.id in second]
    leads = [second[case.id]["expected_any"][:1] for case in cases]
    answerable = [bool(set(lead) & case.expected_any) for case, lead in zip(cases, leads, strict=True) if case.answerable]
    others = [bool(lead) for case, lead in zip(cases, leads, strict=True) if not case.answerable]
    assert len(answerable) == 303 and len(others) == 129
    assert sum(answerable) >= 302 and not any(others)
