"""Which reading of a turn is meant: what is learnt from conversations, and that it is learnt from their costs."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.evaluation.cases import Case
from chatbot.evaluation.turning import LEFT_ALONE, Turn, learn_leaning, measured_turns
from chatbot.judging import MODEL_FILE, load_judge
from chatbot.leaning import NAMES, Found, leans_on, seen
from chatbot.understanding import FORM_OF_TURN

POINTS = FORM_OF_TURN.index("points")
chances = st.floats(0, 1)


def turn(number: int, pointing: bool, leaning: Found, alone: Found, answered: bool = True) -> Turn:
    form = [0.0] * len(FORM_OF_TURN)
    form[POINTS] = float(pointing)
    right = frozenset({"right"}) if answered else frozenset[str]()
    return Turn(Case(f"case-{number}", "paper", "follow_up", "and then?", expected_any=right), tuple(form), leaning, alone)


def conversations() -> list[Turn]:
    """Turns that point back and are answered rightly with what came before; others that are so by themselves."""
    right, wrong = Found("right", 0.9), Found("wrong", 0.9)
    return [turn(n, n % 2 == 0, *((right, wrong) if n % 2 == 0 else (wrong, right))) for n in range(40)]


@given(form=st.lists(st.floats(0, 20), min_size=len(FORM_OF_TURN), max_size=len(FORM_OF_TURN)), one=chances, other=chances)
def test_any_turn_gives_a_finite_number_for_every_name(form: list[float], one: float, other: float) -> None:
    row = seen(form, Found("a", one, 0.3), Found("b", other))
    assert len(row) == len(NAMES) and np.isfinite(row).all()


def test_a_turn_that_points_back_is_learnt_to_lean() -> None:
    model = learn_leaning(conversations())
    one, other = conversations()[:2]
    assert leans_on(model, one.form, one.leaning, one.alone)
    assert not leans_on(model, other.form, other.leaning, other.alone)


def test_turns_that_end_alike_in_either_reading_teach_nothing() -> None:
    alike = [turn(100 + n, n % 2 == 1, Found("right", 0.9), Found("right", 0.8)) for n in range(40)]
    learnt, again = learn_leaning(conversations()), learn_leaning([*conversations(), *alike])
    first = conversations()[0]
    assert leans_on(learnt, first.form, first.leaning, first.alone)
    assert leans_on(again, first.form, first.leaning, first.alone)


@pytest.mark.parametrize(
    ("found", "answered", "worth"),
    [
        (Found("right", 0.9), True, 1.0),
        (Found("right", 0.4), True, 0.3),
        (Found("wrong", 0.9), True, 0.0),
        (Found("right", 0.9), False, 0.0),
        (Found("right", 0.4), False, 0.5),
    ],
)
def test_a_right_answer_is_worth_most_and_leaving_alone_what_has_none_half_of_it(
    found: Found, answered: bool, worth: float
) -> None:
    assert turn(1, True, found, found, answered).worth(found) == worth


def test_the_choice_is_measured_on_conversations_that_it_was_not_learnt_from() -> None:
    nothing = [turn(50 + n, True, Found("wrong", 0.4), Found("wrong", 0.4), answered=False) for n in range(10)]
    told = measured_turns([*conversations(), *nothing])
    assert told["learnt"]["right_answers_per_100_answerable"] == 100
    assert told["always_alone"]["right_answers_per_100_answerable"] == 50


def test_what_ships_is_worth_more_than_reading_all_turns_alike() -> None:
    told = json.loads(MODEL_FILE.read_text(encoding="utf-8"))["measured"]["leaning"]
    worth = {
        name: one["right_answers_per_100_answerable"] - LEFT_ALONE * one["false_answers_per_100_unanswerable"]
        for name, one in told.items()
    }
    assert max(worth, key=lambda name: worth[name]) == "learnt"


def test_a_change_of_subject_by_name_speaks_against_leaning() -> None:
    judge = load_judge()
    form = [0.0] * len(FORM_OF_TURN)
    row = np.array([seen(form, Found("a", 0.6, 0.3), Found("b", 0.6))])
    named = row.copy()
    named[0, FORM_OF_TURN.index("names_a_subject")] = 1.0
    assert judge.leaning.probabilities(named)[0] < judge.leaning.probabilities(row)[0]
