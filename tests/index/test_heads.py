"""A head learns from made vectors which questions a document answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import Vectors
from index.heads import FEWEST, learn_heads, load_heads, save_heads
from index.rows import Rows
from index.wording import Wording, wording

# In three dimensions: one for each of two statements, one for what is not answered.
FUNDING, INSPECTION, PHONES = (0, 1, 2)
SILENT = Wording({}, {})


def around(axis: int, count: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(scale=0.1, size=(count, 3)).astype(np.float32)
    vectors[:, axis] += 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def made(unanswered: int, statements: int = 2) -> tuple[dict[str, Vectors], dict[str, Rows]]:
    asked = [around(axis, 15, axis) for axis in (FUNDING, INSPECTION)[:statements]]
    vectors = {
        "question": np.vstack([*asked, np.zeros((0, 3), dtype=np.float32)]),
        "sentence": np.eye(3, dtype=np.float32)[:statements],
        "unanswered": around(PHONES, unanswered, 9),
    }
    rows = {
        "question": Rows(tuple(number for number in range(statements) for _ in range(15))),
        "sentence": Rows(tuple(range(statements))),
        "unanswered": Rows((0,) * unanswered),
    }
    return vectors, rows


def worded(rows: dict[str, Rows]) -> dict[str, list[str]]:
    """Texts that say nothing, so that only the vectors can teach."""
    return {kind: ["asked"] * len(held.owners) for kind, held in rows.items()}


@pytest.mark.parametrize("statements", [1, 2])
def test_a_question_near_a_statements_questions_is_for_it_and_one_near_the_unanswered_is_not(statements: int) -> None:
    vectors, rows = made(unanswered=FEWEST, statements=statements)
    head = learn_heads(vectors, worded(rows), rows, documents=[0] * statements)[0]
    assert head.statements == tuple(range(statements))
    near_funding, any_of_them = head.log_odds(np.array([1, 0, 0], dtype=np.float32), SILENT)
    assert max(near_funding, key=lambda statement: near_funding[statement]) == FUNDING
    assert near_funding[FUNDING] > 0 and any_of_them > 0
    near_phones, any_of_them = head.log_odds(np.array([0, 0, 1], dtype=np.float32), SILENT)
    assert all(odds < 0 for odds in near_phones.values()) and any_of_them < 0


def test_too_few_unanswered_questions_teach_nothing() -> None:
    vectors, rows = made(unanswered=FEWEST - 1)
    assert learn_heads(vectors, worded(rows), rows, documents=[0, 0]) == {}


def test_a_document_without_curated_questions_has_no_head() -> None:
    vectors, rows = made(unanswered=FEWEST, statements=0)
    assert learn_heads(vectors, worded(rows), rows, documents=[]) == {}


def test_another_documents_questions_do_not_count() -> None:
    vectors, rows = made(unanswered=FEWEST)
    heads = learn_heads(vectors, worded(rows), rows, documents=[0, 1])
    assert heads[0].statements == (FUNDING,)
    assert 1 not in heads


def test_learning_twice_gives_the_same_and_so_does_a_saved_head(tmp_path: Path) -> None:
    vectors, rows = made(unanswered=FEWEST)
    first, second = (learn_heads(vectors, worded(rows), rows, documents=[0, 0]) for _ in range(2))
    save_heads(tmp_path / "heads.npz", first)
    saved = load_heads(tmp_path / "heads.npz")
    question, asked = around(INSPECTION, 1, 5)[0], wording("inspection every year")
    assert first[0].log_odds(question, asked) == second[0].log_odds(question, asked) == saved[0].log_odds(question, asked)


def test_no_heads_can_be_saved(tmp_path: Path) -> None:
    save_heads(tmp_path / "heads.npz", {})
    assert load_heads(tmp_path / "heads.npz") == {}


def test_where_vectors_are_all_alike_the_wording_tells() -> None:
    vectors, rows = made(unanswered=FEWEST)
    alike = {kind: np.ones_like(held) / np.sqrt(3).astype(np.float32) for kind, held in vectors.items()}
    texts = {
        "question": ["school funding"] * 15 + ["school inspection"] * 15,
        "sentence": ["funding", "inspection"],
        "unanswered": ["school phones"] * FEWEST,
    }
    head = learn_heads(alike, texts, rows, documents=[0, 0])[0]
    odds, any_of_them = head.log_odds(alike["question"][0], wording("inspections"))
    assert odds[INSPECTION] > odds[FUNDING] and any_of_them > 0
    odds, any_of_them = head.log_odds(alike["question"][0], wording("phones"))
    assert any_of_them < 0
