"""The parts of an index: encoder, vector store, lexical index, rows. Each gives back numbers, never text."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.embedding
from corpus.loading import load_corpus
from index.embedding import PACKAGED, PINNED, file_digest, load_encoder, packaged_folder
from index.encoder import Vectors
from index.errors import ModelRefused
from index.faiss_store import GRAPH_FROM, ExactStore, GraphStore, build_store, load_store
from index.lexical import LexicalIndex
from index.rows import ALL_KINDS, Rows, plan, read_rows, write_rows
from index.terms import terms
from tests.index.conftest import write_tiny_corpus
from tests.support import packaged_encoder, write_document


class TestEncoder:
    @settings(max_examples=10)
    @given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
    def test_one_unit_row_per_text(self, texts: list[str]) -> None:
        vectors = packaged_encoder().encode(texts)
        assert vectors.shape == (len(texts), 384) and vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)

    def test_inspection_is_nearer_to_ofsted_than_school_meals_are(self) -> None:
        ofsted, inspection, meals = packaged_encoder().encode(["Ofsted", "school inspection", "free school meals"])
        assert ofsted @ inspection > ofsted @ meals

    def test_a_text_beyond_256_tokens_is_cut_not_refused(self) -> None:
        assert packaged_encoder().encode(["funding " * 5000]).shape == (1, 384)


class TestModel:
    def test_the_packaged_model_is_the_published_one(self) -> None:
        assert PINNED["model.safetensors"] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
        assert file_digest(packaged_folder() / "model.safetensors") == PINNED["model.safetensors"]

    def test_a_changed_file_of_the_packaged_model_is_refused_with_the_command_that_mends_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for path in packaged_folder().iterdir():
            if path.is_file() and path.name != "config.json":
                (tmp_path / path.name).symlink_to(path)
        (tmp_path / "config.json").write_text("{}")
        monkeypatch.setattr(index.embedding, "packaged_folder", lambda: tmp_path)
        with pytest.raises(ModelRefused, match=r"config\.json .* is not the published one.*pip install"):
            load_encoder(PACKAGED)

    @pytest.mark.parametrize("files", [{}, {"config.json": "{}"}, {"modules.json": "[]"}])
    def test_a_folder_that_holds_no_model_is_refused_with_the_setting(self, files: dict[str, str], tmp_path: Path) -> None:
        for name, content in files.items():
            (tmp_path / name).write_text(content)
        with pytest.raises(ModelRefused, match="ASCL_CHAT_MODEL"):
            load_encoder(str(tmp_path))


vectors = st.integers(0, 12).flatmap(
    lambda rows: st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), min_size=rows, max_size=rows)
)


QUERY = np.array([0.6, -0.8, 0.1], dtype=np.float32)


class TestVectorStore:
    def store(self, rows: list[list[float]]) -> ExactStore:
        return ExactStore.build(np.array(rows, dtype=np.float32).reshape(-1, 3))

    @settings(max_examples=60)
    @given(vectors, st.integers(1, 20))
    def test_the_nearest_rows_come_best_first(self, rows: list[list[float]], count: int) -> None:
        scored = self.store(rows).scored(QUERY)
        found = scored.nearest(count)
        best = sorted((float(np.array(row, dtype=np.float32) @ QUERY) for row in rows), reverse=True)
        assert scored.of(found).tolist() == pytest.approx(best[:count], abs=1e-5)
        assert len(set(found.tolist())) == len(found)

    @settings(max_examples=60)
    @given(vectors)
    def test_scores_are_those_of_the_rows_asked_for_in_their_order(self, rows: list[list[float]]) -> None:
        wanted = np.arange(len(rows))[::-1]
        expected = [float(np.array(rows[row], dtype=np.float32) @ QUERY) for row in wanted]
        assert self.store(rows).scored(QUERY).of(wanted).tolist() == pytest.approx(expected, abs=1e-5)

    def test_faiss_itself_finds_the_same(self, tmp_path: Path) -> None:
        rows = packaged_encoder().encode([f"Question {number} about school funding" for number in range(300)])
        store = ExactStore.build(rows)
        store.save(tmp_path / "store")
        scores, found = faiss.read_index(str(tmp_path / "store")).search(rows[:1], 10)
        scored = store.scored(rows[0])
        assert scored.nearest(10).tolist() == found[0].tolist()
        assert scored.of(found[0]).tolist() == pytest.approx(scores[0].tolist(), abs=1e-5)

    def test_what_is_saved_is_loaded(self, tmp_path: Path) -> None:
        store = self.store([[1, 0, 0], [0, 1, 0]])
        store.save(tmp_path / "store")
        assert load_store(tmp_path / "store").scored(QUERY).nearest(2).tolist() == store.scored(QUERY).nearest(2).tolist()

    def test_an_index_of_another_kind_is_refused(self, tmp_path: Path) -> None:
        faiss.write_index(faiss.IndexLSH(8, 8), str(tmp_path / "store"))
        with pytest.raises(RuntimeError, match="store holds IndexLSH"):
            load_store(tmp_path / "store")


@pytest.fixture(scope="module")
def rows() -> Vectors:
    """Vectors as questions have them: few directions, and each with some of every other."""
    chance = np.random.default_rng(7)
    rows = chance.standard_normal((GRAPH_FROM, 24)) @ chance.standard_normal((24, 64))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


class TestManyRows:
    """A store of more rows than are worth reading one by one."""

    def test_99_of_100_of_the_ten_nearest_are_found(self, rows: Vectors) -> None:
        exact, graph = ExactStore.build(rows), build_store(rows)
        assert isinstance(graph, GraphStore)
        questions = rows[::500]
        shared = [len({*exact.scored(one).nearest(10).tolist()} & {*graph.scored(one).nearest(10).tolist()}) for one in questions]
        assert sum(shared) / (10 * len(questions)) >= 0.99

    def test_scores_are_exact_and_what_is_saved_is_loaded(self, rows: Vectors, tmp_path: Path) -> None:
        build_store(rows).save(tmp_path / "store")
        loaded = load_store(tmp_path / "store")
        assert isinstance(loaded, GraphStore)
        scored, some = loaded.scored(rows[3]), np.array([9, 3, 9_000])
        assert scored.of(some).tolist() == pytest.approx((rows[some] @ rows[3]).tolist(), abs=1e-5)
        assert scored.nearest(1).tolist() == [3]

    def test_fewer_rows_are_all_read(self, rows: Vectors) -> None:
        assert isinstance(build_store(rows[:-1]), ExactStore)


class TestLexical:
    TEXTS = ("inspectors should not grade lessons", "heads should be paid fairly", "")

    def lexical(self) -> LexicalIndex:
        return LexicalIndex.build([terms(text) for text in self.TEXTS])

    def test_a_shared_stem_scores_and_nothing_else_does(self) -> None:
        scores = self.lexical().scores(terms("inspection grades"))
        assert scores[0] > 0 and scores[1] == scores[2] == 0

    @pytest.mark.parametrize("question", ["", "zzz", "should the"])
    def test_a_question_without_a_shared_term_scores_nothing(self, question: str) -> None:
        assert self.lexical().scores(terms(question)).tolist() == [0, 0, 0]

    @given(st.lists(st.text(max_size=8), max_size=6))
    def test_any_terms_at_all_give_one_finite_score_per_text(self, asked: list[str]) -> None:
        scores = self.lexical().scores(asked)
        assert scores.shape == (3,) and np.isfinite(scores).all() and (scores >= 0).all()

    def test_a_corpus_without_a_single_term_can_be_indexed(self) -> None:
        assert LexicalIndex.build([[], []]).scores(["pay"]).tolist() == [0, 0]

    def test_what_is_saved_is_loaded(self, tmp_path: Path) -> None:
        self.lexical().save(tmp_path)
        asked = terms("paid heads")
        assert LexicalIndex.load(tmp_path, 3).scores(asked).tolist() == self.lexical().scores(asked).tolist()


class TestRows:
    def test_every_vector_belongs_to_a_statement_or_to_a_document(self, tmp_path: Path) -> None:
        write_tiny_corpus(tmp_path)
        write_document(tmp_path, "zoo", "Zoos teach.\n\n" + "Children learn from animals, year after year. " * 40)
        planned = plan(load_corpus(tmp_path))
        assert planned.rows["passage"].owners[:3] == (0, 1, 2)
        assert planned.rows["passage"].owners.count(3) > 1, "a long statement has several passages"
        assert planned.rows["question"].owners == (0,)
        assert all(len(planned.texts[kind]) == len(planned.rows[kind].owners) for kind in ALL_KINDS)

    def test_the_rows_of_some_owners_in_the_order_they_are_asked_for(self) -> None:
        numbers, held = Rows((0, 0, 0, 2, 3, 3)).of_owners([3, 1, 0])
        assert [own[place].tolist() for own, place in zip(numbers, held, strict=True)] == [[4, 5], [], [0, 1, 2]]

    def test_what_is_written_is_read_and_holds_no_text(self, tmp_path: Path) -> None:
        planned = plan(write_tiny_corpus(tmp_path))
        write_rows(tmp_path / "rows.json", planned.rows)
        assert read_rows(tmp_path / "rows.json") == planned.rows
        assert "pay" not in (tmp_path / "rows.json").read_text().lower()
