"""Turns that lean on what was asked before, and turns that do not."""

from __future__ import annotations

import random
import time

import pytest

from chatbot.answer import AnswerStatus
from chatbot.assembly import Service

INSPECTION = "what does ASCL think about Ofsted?"


@pytest.mark.parametrize(
    ("turn", "earlier"),
    [
        ("Is it fairly funded?", "What does ASCL think about private tutoring?"),
        ("How should that be funded?", "Should every pupil learn to swim?"),
        ("Are they inspected?", "What do you say about private nurseries?"),
    ],
)
def test_what_points_back_is_never_asked_of_anything_else(service: Service, turn: str, earlier: str) -> None:
    answer = service.answer(turn, [earlier])
    assert answer.searched_for.endswith(f": {turn.rstrip('?')}")


@pytest.mark.parametrize("turn", ["What's your view on school uniform?", "Should phones be banned in schools?"])
def test_why_is_asked_of_the_last_whole_question(service: Service, turn: str) -> None:
    answer = service.answer("Why?", ["What does ASCL think about Ofsted?", turn])
    assert "Ofsted" not in answer.searched_for
    assert answer.status is AnswerStatus.NO_POSITION


@pytest.mark.parametrize("turn", ["do they support a College of Teaching?", "and their position on funding?"])
def test_they_are_the_other_body_that_was_asked_about(service: Service, turn: str) -> None:
    assert service.answer(turn, ["What does the NEU think about inspection?"]).status is AnswerStatus.DECLINED_OTHER_BODY


def test_after_another_body_ascl_may_be_asked(service: Service) -> None:
    answer = service.answer("And what does ASCL think about funding?", ["What does the NEU think about inspection?"])
    assert (answer.status, answer.searched_for) == (AnswerStatus.ANSWERED, "funding")


@pytest.mark.parametrize(
    ("turn", "earlier"),
    [
        ("why?", ["What does ASCL think about inspection?", "What about school uniform?"]),
        ("and why is that?", ["funding", "phones"]),
        ("who should pay for them?", ["Should there be a College of Teaching?", "What about tuition fees?"]),
        ("Who should set it?", ["School uniform?"]),
        ("how often should they be reviewed?", ["what's ASCL's view on A levels?"]),
    ],
)
def test_what_is_asked_of_a_subject_without_an_answer_has_none(service: Service, turn: str, earlier: list[str]) -> None:
    assert service.answer(turn, earlier).status is AnswerStatus.NO_POSITION


def test_a_correction_to_what_is_not_held_brings_nothing_of_the_last_subject(service: Service) -> None:
    answer = service.answer("sorry I meant school trips", ["What about inspection?"])
    assert (answer.status, answer.searched_for) == (AnswerStatus.NO_POSITION, "school trips")


def test_long_turns_of_words_that_nobody_knows_do_not_slow_it(service: Service) -> None:
    chance = random.Random(5)
    turns = [" ".join("".join(chance.choices("abcdefghij", k=9)) for _ in range(390)) for _ in range(10)]
    started = time.process_time()
    service.answer("why?", turns)
    assert time.process_time() - started < 8


def test_a_whole_question_that_points_to_nothing_is_meant_in_the_talk(service: Service) -> None:
    answer = service.answer("Should teachers be on a national model?", ["What does ASCL think about teacher shortages?"])
    assert "national supply model" in answer.quotes[0].text
    other = service.answer("Does ASCL have a position on the four-day week?", ["What does ASCL think about Ofsted?"])
    assert (other.status, other.searched_for) == (AnswerStatus.NO_POSITION, "the four-day week")


@pytest.mark.parametrize(
    ("history", "turn"),
    [
        (["Who should set the core curriculum?"], "how many people should sit on that panel?"),
        (["Does ASCL support a College of Teaching?"], "and school meals?"),
        (["What should the government's job be?"], "and childcare?"),
        (["Who should set the core curriculum?"], "and what colour should the blazers be?"),
    ],
)
def test_what_lies_near_the_last_answer_is_not_answered_for_that(service: Service, history: list[str], turn: str) -> None:
    assert not service.answer(turn, history).status.answered


def test_a_new_subject_brings_nothing_of_the_last_one(service: Service) -> None:
    answer = service.answer("and funding?", ["inspection"])
    assert answer.citations == service.answer("funding").citations
    assert "Inspection reform" not in {one.section for one in answer.citations}


def test_a_turn_after_a_change_of_subject_is_about_the_new_one(service: Service) -> None:
    answer = service.answer("how often should it be reviewed?", ["inspection", "what about curriculum?"])
    assert answer.searched_for == "curriculum: how often should it be reviewed"
    assert answer.quotes[0].text.startswith("A core curriculum framework")


@pytest.mark.parametrize("turn", ["no, I meant the curriculum", "Sorry, I was asking about the curriculum", "I meant curriculum"])
def test_a_correction_takes_the_place_of_the_last_subject(service: Service, turn: str) -> None:
    answer = service.answer(turn, [INSPECTION])
    assert answer.searched_for.removeprefix("the ") == "curriculum"
    assert "curriculum" in answer.quotes[0].text
