"""How a question relates to a statement, by their vectors alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.assembly import Service
from chatbot.evaluation.cases import CALIBRATION
from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.pairing import Pairs, learn_relation
from chatbot.relating import MODEL_FILE, Relation, load_relation, pair_of
from chatbot.searching import Searcher
from chatbot.signals import NAMES
from index.encoder import Vectors

DIMENSION = 8
seeds = st.integers(0, 2**32 - 1)


def units(seed: int, count: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@given(seeds)
def test_the_odds_are_the_weights_times_what_was_learnt_from(seed: int) -> None:
    question, *rest = units(seed, 7)
    passages, sentences = np.array(rest[:3]), np.array(rest[3:6])
    remainder, passage, sentence = np.random.default_rng(seed).normal(size=(3, DIMENSION)).astype(np.float32)
    relation = Relation(remainder, passage, sentence, 0.25, "a model")
    weights = np.concatenate([remainder, passage, sentence])
    expected = [pair_of(question, *pair) @ weights + 0.25 for pair in zip(passages, sentences, strict=True)]
    assert relation.log_odds(question, passages, sentences) == pytest.approx(expected, rel=1e-3, abs=1e-2)


@given(seeds)
def test_what_a_statement_says_is_no_part_of_the_remainder(seed: int) -> None:
    passage, sentence = units(seed, 2)
    question = (passage + sentence) / np.linalg.norm(passage + sentence)
    outside = pair_of(question, passage, sentence)[:DIMENSION]
    assert np.abs(outside).max() < 0.05


@given(seeds)
def test_a_statement_of_one_sentence_is_weighed_as_well(seed: int) -> None:
    question, passage = units(seed, 2)
    weights = units(seed + 1, 3)
    relation = Relation(weights[0], weights[1], weights[2], 0.0, "a model")
    assert np.isfinite(relation.log_odds(question, passage[None, :], passage[None, :])).all()


def test_vectors_of_another_model_say_nothing(service: Service) -> None:
    searcher, other = service._recipe.searcher, replace(load_relation(), model="another")
    corpus, index = service.corpus, searcher._index
    silent = Searcher(corpus, index, searcher._encoder, searcher.judge, relation=other)
    reading = searcher.readings("What should happen to inspection?", ())[0]
    place = NAMES.index("relation")
    assert searcher.search(reading).rows[:, place].any()
    assert not silent.search(reading).rows[:, place].any()


def test_what_is_left_out_is_not_learnt_from() -> None:
    rows = np.vstack([units(1, 30) + 1, units(2, 30) - 1]).repeat(3, axis=1)
    pairs = Pairs("a model", rows, [True] * 30 + [False] * 30, ["a"] * 20 + ["b"] * 10 + ["a"] * 20 + ["b"] * 10)
    of_a = Pairs("a model", np.vstack([rows[:20], rows[30:50]]), [True] * 20 + [False] * 20, ["a"] * 40)
    without, alone = learn_relation(pairs, frozenset(["b"])), learn_relation(of_a)
    assert np.allclose(without.remainder, alone.remainder) and without.bias == pytest.approx(alone.bias)
    assert not np.allclose(learn_relation(pairs).remainder, alone.remainder)


def test_the_relation_that_ships_was_learnt_from_the_cases_that_are_here() -> None:
    """Mended by: python scripts/calibrate.py"""
    with np.load(MODEL_FILE, allow_pickle=False) as held:
        assert str(held["learnt_from"]) == digest_of(CALIBRATION)
