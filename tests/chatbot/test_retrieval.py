"""Statements are found by meaning, by words and by the questions that people ask of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.retrieval import Candidates, Query, retrieve
from corpus.loading import load_corpus
from corpus.models import Corpus
from index.opening import OpenIndex
from index.terms import terms
from index.wording import wording
from tests.chatbot.answer_support import index_over
from tests.support import packaged_encoder, write_document, write_questions

PAPER = """## Libraries

Every school should have a library.

## Zoology

Axolotls should be taught about in Year 9.

## Money

School budgets should rise each year.
"""
LIBRARY, AXOLOTL, MONEY = range(3)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return written(tmp_path_factory.mktemp("retrieval"), PAPER)


def written(folder: Path, paper: str) -> Corpus:
    """The paper, with a question that people ask of its statement on money."""
    write_document(folder, "paper", paper)
    [money] = [name for name, statement in load_corpus(folder).statements.items() if "budgets" in statement.text]
    write_questions(folder, "paper", {money: ["Who ought to pay for new classroom roofs?"]})
    return load_corpus(folder)


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> OpenIndex:
    return index_over(corpus)


def parts(index: OpenIndex, question: str) -> tuple[Candidates, ...]:
    """Candidates with curated questions first, then those without; a part that nothing was found of is left out."""
    vector = packaged_encoder().encode([question])[0]
    return retrieve(index, Query(vector, vector, wording(question), terms(question)))


def with_questions(index: OpenIndex, question: str) -> Candidates:
    return next(part for part in parts(index, question) if MONEY in part.statements)


def _asked_about(index: OpenIndex, question: str) -> Candidates:
    return parts(index, question)[0]


def found(index: OpenIndex, question: str) -> Candidates:
    return next(part for part in parts(index, question) if MONEY not in part.statements)


def test_by_meaning_without_a_shared_word(index: OpenIndex) -> None:
    candidates = found(index, "books and reading rooms for pupils")
    assert candidates.statements[0] == LIBRARY
    assert candidates.lexical[0] == 0


def test_by_a_word_that_the_model_does_not_know(index: OpenIndex) -> None:
    candidates = found(index, "axolotls")
    assert candidates.statements[0] == AXOLOTL
    assert candidates.lexical[0] > 0


def test_by_a_question_that_people_ask_of_it(index: OpenIndex) -> None:
    candidates = with_questions(index, "who pays for a new classroom roof")
    assert candidates.statements == (MONEY,)
    assert candidates.question[0] > 0.7 > candidates.passage[0]


STAFF = """## Support staff

A national body should negotiate what support staff are paid.

Every award must be met in full by the Treasury.

## School meals

If money is short, hungry teenagers should be fed first.
"""
BODY, AWARD, MEALS = range(3)


def test_a_follow_up_is_answered_from_the_section_of_the_subject_that_it_leans_on(tmp_path: Path) -> None:
    write_document(tmp_path, "staff", STAFF)
    index = index_over(load_corpus(tmp_path))
    asked, before = packaged_encoder().encode(["where would the money come from", "pay negotiations for support staff"])
    alone, leaning = (
        retrieve(index, Query(asked, asked, wording(""), (), context=context))[0].statements for context in (None, before)
    )
    assert alone[0] == MEALS
    assert leaning.index(AWARD) < leaning.index(MEALS), "it stands beside what is near to the subject, itself it is not"


def test_statements_are_held_against_our_words_and_curated_questions_against_the_askers(index: OpenIndex) -> None:
    asked, ours = packaged_encoder().encode(["who pays for a new classroom roof", "axolotls"])
    worded = wording("who pays for a new classroom roof")
    found = {n: part for part in retrieve(index, Query(asked, ours, worded, ())) for n in part.statements}
    assert found[AXOLOTL].statements[0] == AXOLOTL
    assert found[MONEY].question[0] > 0.7


def test_a_kind_without_rows_gives_nothing(index: OpenIndex) -> None:
    candidates = found(index, "libraries")
    assert not candidates.unanswered.any()
    assert set(candidates.unanswered_row) == {None}
    assert all(np.isneginf(candidates.unanswered_mass))
    assert not candidates.question.any()


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_question_finds_statements_best_first_with_finite_scores(index: OpenIndex, corpus: Corpus, question: str) -> None:
    held = [statement for part in parts(index, question) for statement in part.statements]
    assert set(held) <= set(range(len(corpus.statements)))
    assert len(set(held)) == len(held)
    for candidates in parts(index, question):
        assert list(candidates.fused) == sorted(candidates.fused, reverse=True)
        assert all(0 <= score <= 1 for score in candidates.fused)
        for scores in (candidates.passage, candidates.sentence, candidates.question, candidates.lexical, candidates.head):
            assert scores.shape == (len(candidates.statements),)
            assert np.isfinite(scores).all()


def test_what_has_curated_questions_does_not_stand_in_the_way_of_what_has_none(index: OpenIndex) -> None:
    """Scored together, a statement without questions would lack a part of every sum."""
    assert [part.fused[0] for part in parts(index, "books for a school library")] == [1.0, 1.0]


def test_a_paragraph_inserted_above_changes_neither_ids_nor_the_questions_that_belong_to_them(
    index: OpenIndex, corpus: Corpus, tmp_path: Path
) -> None:
    longer = written(tmp_path, PAPER.replace("Every school", "Homework should be marked.\n\nEvery school", 1))
    assert set(corpus.statements) < set(longer.statements)
    assert longer.questions == corpus.questions
    before, after = with_questions(index, "classroom roofs"), _asked_about(index_over(longer), "classroom roofs")
    assert list(longer.statements)[after.statements[0]] == list(corpus.statements)[before.statements[0]]
    assert after.question[0] == pytest.approx(before.question[0], abs=1e-5)
