"""Each token of a question looks for the likest of a statement: by hand, by law, and in an index that was built."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.evaluation.cases import CALIBRATION
from chatbot.evaluation.freezing import digest_of
from index.embedding import PACKAGED, model_digest
from index.encoder import Vectors
from index.late_interaction import (
    MODEL_FILE,
    SCALE,
    Focus,
    Projection,
    TokenStore,
    encoded_passages,
    load_projection,
    projection_for,
)
from index.opening import open_index
from index.rows import plan
from tests.index.conftest import Built
from tests.support import packaged_encoder

WIDTH = 4
seeds = st.integers(0, 2**32 - 1)


def units(seed: int, count: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def focus_of(vectors: Vectors) -> Focus:
    return Focus(vectors, np.full(len(vectors), 1 / len(vectors), dtype=np.float32))


@given(seeds, st.lists(st.integers(1, 6), min_size=1, max_size=8), st.data())
def test_every_token_finds_the_likest_of_each_statement(seed: int, lengths: list[int], data: st.DataObject) -> None:
    statements = [units(seed + number, length) for number, length in enumerate(lengths)]
    store = TokenStore.of(statements, range(len(statements)), len(statements))
    found = data.draw(st.lists(st.sampled_from(range(len(statements))), min_size=1, max_size=10))
    asked = units(seed + 100, 3)
    expected = [[max(float(token @ one) for one in statements[number]) for token in asked] for number in found]
    assert store.meeting(focus_of(asked), found).likest == pytest.approx(np.array(expected), abs=0.01)


@given(seeds, st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_a_statement_in_several_passages_has_the_tokens_of_all(seed: int, lengths: list[int]) -> None:
    passages = [units(seed + number, length) for number, length in enumerate(lengths)]
    asked = focus_of(units(seed + 100, 3))
    cut = TokenStore.of([*passages, units(seed + 200, 2)], [*(0 for _ in passages), 1], 2)
    whole = TokenStore.of([np.concatenate(passages), units(seed + 200, 2)], [0, 1], 2)
    for order in ([0, 1], [1, 0], [0]):
        assert (cut.meeting(asked, order).cosines == whole.meeting(asked, order).cosines).all()


@given(seeds)
def test_a_projection_gives_unit_vectors_and_shares_of_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    projection = Projection(
        draw.normal(size=(6, WIDTH)).astype(np.float32), draw.normal(size=6).astype(np.float32) * 20, "a model"
    )
    focus = projection.focus(draw.normal(size=(5, 6)).astype(np.float32) * 10)
    assert np.linalg.norm(focus.vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-4)
    assert focus.shares.min() >= 0 and float(focus.shares.sum()) == pytest.approx(1, abs=1e-4)


def test_a_token_of_nothing_is_like_nothing() -> None:
    projection = Projection(np.eye(WIDTH, dtype=np.float32), np.zeros(WIDTH, dtype=np.float32), "a model")
    store = TokenStore.of([units(1, 2)], [0], 1)
    assert (store.meeting(projection.focus(np.zeros((2, WIDTH), dtype=np.float32)), [0]).likeness == 0).all()


def test_what_was_saved_is_mapped_and_the_same(tmp_path: Path) -> None:
    store = TokenStore.of([units(number, 3) for number in range(4)], range(4), 4)
    store.save(tmp_path / "tokens")
    loaded = TokenStore.load(tmp_path / "tokens")
    assert isinstance(loaded.vectors, np.memmap)
    assert (loaded.vectors == store.vectors).all() and (loaded.ends == store.ends).all()
    assert np.abs(loaded.vectors).max() <= SCALE


def test_an_index_holds_the_tokens_of_its_statements(built: Built) -> None:
    opened = open_index(built.folder, built.corpus, PACKAGED)
    projection = load_projection()
    assert opened.projection is projection and opened.tokens is not None
    vectors, tokens = encoded_passages(packaged_encoder(), plan(built.corpus), projection)
    assert np.abs(opened.tokens.vectors.astype(int) - tokens.vectors.astype(int)).max() <= 1  # what rounding leaves
    rows = np.arange(len(vectors))
    assert np.allclose(vectors, opened.stores["passage"].vectors(rows), atol=1e-5)


def test_a_question_is_nearer_to_the_statement_that_answers_it(built: Built) -> None:
    """With what is learnt; that it is nearer than by whole vectors is measured by scripts/calibrate.py, not here."""
    _, tokens = encoded_passages(packaged_encoder(), plan(built.corpus), load_projection())
    for number, statement in enumerate(built.corpus.statements.values()):
        (asked,) = packaged_encoder().encode_fully([f"Should it be that {statement.text.lower()}"])
        focus = load_projection().focus(asked.tokens)
        met = tokens.meeting(focus, range(len(built.corpus.statements)))
        assert int(met.likeness.argmax()) == number


def test_tokens_of_another_model_are_not_projected() -> None:
    assert projection_for(model_digest(PACKAGED)) is load_projection()
    assert projection_for("another") is None


def test_the_shipped_projection_is_of_these_cases_and_this_model() -> None:
    with np.load(MODEL_FILE, allow_pickle=False) as held:
        assert str(held["learnt_from"]) == digest_of(CALIBRATION)
    projection = load_projection()
    assert projection.model == model_digest(PACKAGED)
    assert projection.matrix.shape[0] == len(projection.salience) == 384
