"""What a question asks for in so many words, and whether a statement holds it."""

from __future__ import annotations

import pytest

from chatbot.details import missing_details

STATEMENT = "A five-year budget freeze has had a negative impact. Post-16 funding fell by £300 per pupil. Most schools are good."


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("In which financial year did the freeze start?", 1),
        ("On what date should it begin?", 1),
        ("How long has the budget freeze lasted?", 0),
        ("By how much did post-16 funding fall?", 0),
        ("Whose research shows that schools are good?", 2),  # a source, and a person
        ("How many inspectors are there?", 1),
        ("Which year groups should be tested?", 0),
        ("What long term plan does ASCL want?", 0),
        ("What report card does ASCL want?", 0),
        ("What data should schools publish?", 0),
        ("Could cuts cost pupils their futures?", 0),
        ("What would a new formula cost the taxpayer?", 0),
        ("Is the budget frozen?", 0),
    ],
)
def test_what_is_asked_for_and_missing(question: str, missing: int) -> None:
    assert missing_details(question, STATEMENT) == missing


def test_a_sum_that_no_statement_names_is_missing() -> None:
    assert missing_details("What would a new formula cost the taxpayer?", "A new formula is needed.") == 1
