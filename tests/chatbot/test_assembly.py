"""Answers kept for the next asker are the answers that would be given."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from chatbot.assembly import KEPT_LENGTH, Service, assemble
from chatbot.settings import load_settings

QUESTIONS = ("What does ASCL think about Ofsted?", "what about primary schools?", "who said that?", "hello", "")
HISTORIES: tuple[list[str], ...] = ([], ["Is funding fair?"], ["What does ASCL think about Ofsted?"], ["a", "Is funding fair?"])


@pytest.fixture(scope="module")
def forgetful(built_index: Path) -> Service:
    return assemble(load_settings(index_folder=built_index, answer_cache=0))


def test_an_answer_is_kept_under_its_question_and_what_came_before_it(service: Service, forgetful: Service) -> None:
    for _ in range(2):
        for question, history in product(QUESTIONS, HISTORIES):
            assert service.answer(question, history) == forgetful.answer(question, history)


def test_the_same_question_again_is_not_searched_again(service: Service, forgetful: Service) -> None:
    question = "What does ASCL say about teacher recruitment?"
    assert service.answer(question) is service.answer(question)
    assert forgetful.answer(question) is not forgetful.answer(question)


def test_an_answer_with_its_explanation_is_made_for_its_asker(service: Service) -> None:
    explained = service.answer(QUESTIONS[0], explain=True)
    assert explained.diagnostics is not None and explained is not service.answer(QUESTIONS[0], explain=True)
    assert service.answer(QUESTIONS[0]).diagnostics is None


def test_a_long_text_is_not_kept(service: Service) -> None:
    long = f"{'Our governors met last week. ' * 80}What does ASCL think about Ofsted?"
    assert len(long) > KEPT_LENGTH and service.answer(long) is not service.answer(long)


def test_warming_up_leaves_nothing_behind(service: Service) -> None:
    service.warm_up()
    assert service.answer(QUESTIONS[0]).quotes
