"""Whether a statement says what a question asks, token by token: by law, as it was learnt, and as it ships."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rich.console import Console

from chatbot.aligning import ARRAYS, MODEL_FILE, Alignment, load_alignment
from chatbot.answering import Recipe
from chatbot.assembly import Service
from chatbot.evaluation import matching
from chatbot.evaluation.cases import CALIBRATION, Case
from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.matching import learn_both
from chatbot.evaluation.projecting import papers_of
from chatbot.evaluation.seeing import invented_documents
from chatbot.explaining import print_diagnostics
from chatbot.judging import MODEL_FILE as JUDGE_FILE
from chatbot.searching import Searcher
from chatbot.signals import NAMES
from index.encoder import Vectors
from index.late_interaction import Focus, Meeting, TokenStore, load_projection
from tests.support import packaged_encoder

WIDTH = 128
seeds = st.integers(0, 2**32 - 1)
BY_TOKENS = [NAMES.index(name) for name in ("late", "late_lead", "late_amiss", "aligned")]


def units(seed: int, count: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def meeting(asked: Vectors, statements: list[Vectors], shares: Vectors | None = None) -> Meeting:
    even = np.full(len(asked), 1 / len(asked), dtype=np.float32)
    store = TokenStore.of(statements, range(len(statements)), len(statements))
    return store.meeting(Focus(asked, even if shares is None else shares), range(len(statements)))


@examples(max_examples=30)
@given(seeds, st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 7))
def test_a_statement_is_weighed_as_it_would_be_alone(seed: int, lengths: list[int], asked: int) -> None:
    statements = [units(seed + number, length) for number, length in enumerate(lengths)]
    question, alignment = units(seed + 100, asked), load_alignment()
    together = alignment.log_odds(meeting(question, statements))
    alone = [float(alignment.log_odds(meeting(question, [one]))[0]) for one in statements]
    assert together == pytest.approx(alone, abs=1e-3)


@examples(max_examples=30)
@given(seeds)
def test_the_order_of_words_beside_one_another_does_not_count(seed: int) -> None:
    """Where a token stands is in its vector already."""
    question, statement = units(seed, 5), units(seed + 1, 8)
    order = np.random.default_rng(seed).permutation(8)
    first, second = meeting(question, [statement]), meeting(question, [statement[order]])
    assert load_alignment().log_odds(first) == pytest.approx(load_alignment().log_odds(second), abs=1e-3)


def test_what_is_learnt_is_what_is_computed_when_it_serves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Beside questions and statements of other lengths, written and read in half precision, with tokens of one byte."""
    monkeypatch.setattr(matching, "LEFT_OUT", 0.0)
    torch.manual_seed(3)
    net = matching._Net(WIDTH)
    asked = [
        (units(1, 6), np.array([0.4, 0.1, 0.2, 0.1, 0.1, 0.1], dtype=np.float32)),
        (units(4, 2), np.array([0.3, 0.7], dtype=np.float32)),
    ]
    statements = [units(2, 9), units(3, 4)]
    pairs = [
        matching._Pair(Focus(question, shares), torch.tensor(one), True, 1.0) for question, shares in asked for one in statements
    ]
    with torch.no_grad():
        expected = net(pairs).numpy()
    matching.save_alignment(net.learnt(), tmp_path / "alignment.npz", load_projection().digest)
    alignment = load_alignment(tmp_path / "alignment.npz")
    computed = [alignment.log_odds(meeting(question, statements, shares)) for question, shares in asked]
    assert np.concatenate(computed) == pytest.approx(expected, abs=0.02)


def test_weights_over_another_projection_are_refused(tmp_path: Path) -> None:
    matching.save_alignment(load_alignment(), tmp_path / "alignment.npz", "another")
    with pytest.raises(ValueError, match="another projection; mend it with"):
        load_alignment(tmp_path / "alignment.npz")


def test_it_learns_from_papers_that_are_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "PASSES", 1)
    documents = invented_documents()[:2]
    cases = [
        Case(
            id=f"{document.id}-{number}", document=document.id, kind="own_words", question=statement.text,
            expected_any=frozenset({statement.id}), expected_all=frozenset({statement.id}),
        )
        for document in documents
        for number, statement in enumerate(document.statements[:3])
    ]  # fmt: skip
    papers = papers_of(documents, cases, packaged_encoder())
    whole, again = learn_both(papers, "a model"), learn_both(papers, "a model")
    without = learn_both(papers, "a model", frozenset({documents[0].id}))
    only = learn_both({documents[1].id: papers[documents[1].id]}, "a model")
    assert same(whole.alignment, again.alignment) and same(without.alignment, only.alignment)
    assert not same(whole.alignment, without.alignment)
    assert (without.projection.matrix == only.projection.matrix).all()


def same(first: Alignment, second: Alignment) -> bool:
    return all(np.allclose(getattr(first, name), getattr(second, name), atol=1e-5) for name in ARRAYS)


def test_each_paper_is_seen_by_what_was_learnt_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = {name: f"paper {name}" for name in "abcdefg"}
    monkeypatch.setattr(matching, "learn_both", lambda papers, model, left_out: left_out)
    seen = matching.crossed_by_tokens(papers, "a model")  # type: ignore[arg-type]
    assert set(seen) == set(papers)
    assert all(name in left_out and len(left_out) < 3 for name, left_out in seen.items())  # type: ignore[operator, arg-type]


def test_tokens_of_another_model_tell_nothing_and_weigh_nothing(service: Service) -> None:
    """What is not known weighs as its mean does, and is shown as not known."""
    searcher = service._recipe.searcher
    index = replace(searcher._index, projection=None, tokens=None)
    silent = Searcher(service.corpus, index, searcher._encoder, searcher.judge)
    judged = silent.read("Should inspection change?", ())
    assert np.isnan(judged.rows[:, BY_TOKENS]).all()
    as_usual = judged.rows.copy()
    as_usual[:, BY_TOKENS] = np.array(searcher.judge.fit["curated"].means)[BY_TOKENS]
    first = searcher.judge.fit["curated"]
    assert first.probabilities(judged.rows) == pytest.approx(first.probabilities(as_usual))
    answer = Recipe(silent, service.settings).answer("Should inspection change?", explain=True)
    assert answer.quotes and answer.citations[0].section == "Inspection reform"
    assert '"aligned": null' in json.dumps(answer.to_dict(), allow_nan=False)
    shown = StringIO()
    assert answer.diagnostics is not None
    print_diagnostics(answer.diagnostics, Console(file=shown, width=200))
    assert "aligned" not in shown.getvalue() and "(passage)" in shown.getvalue()


def test_the_shipped_weights_are_of_these_cases_and_small() -> None:
    with np.load(MODEL_FILE, allow_pickle=False) as held:
        assert str(held["learnt_from"]) == digest_of(CALIBRATION)
    assert json.loads(JUDGE_FILE.read_text(encoding="utf-8"))["signals"] == list(NAMES)
    assert MODEL_FILE.stat().st_size < 100_000
