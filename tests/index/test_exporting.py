"""The exported encoder gives the vectors of the model it was exported from, or is refused."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from chatbot.settings import load_settings
from corpus.loading import load_corpus
from index.building import build_index
from index.embedding import PACKAGED
from index.encoder import Vectors
from index.errors import IndexRefused, ModelRefused
from index.manifest import current_build
from index.onnx_encoder import DESCRIPTION, GRAPH, TOKENIZER, WEIGHTS, OnnxEncoder
from index.opening import OpenIndex, is_current, open_index
from index.rows import KINDS
from tests.index.conftest import Built
from tests.support import ROOT, packaged_encoder

ODD = (
    "", " ", "\n\t", "\u00a0to\u00a0the\u00a0", "\ufeffOfsted", "o\u0301fsted", "ﬁnance", "İSTANBUL ß ſ",
    "学校とは何ですか", "مدرسة", "\u200d\u200b\u202e", "\x00\x1f", "\ufffd\ufffe", "🙂👩🏽‍🏫🇬🇧",
    "‘slim, smart and stable’ – “really”?!…", "[CLS] [SEP] [PAD] [MASK] [UNK] ##ing",
    "x" * 300, "a b c d e " * 200, "1,234.56%", "Ａ‐ｌｅｖｅｌ",
)  # fmt: skip
CASES = ROOT / "chatbot" / "evaluation" / "cases"
FIRST = 10  # hits compared
TIE = 1e-4  # cosines this near are a tie, whose order rounding may decide
# Texts of every length: how many, and of how many words. Most questions are short; a few are cut at 256 tokens.
LENGTHS = ((500, 1, 12), (380, 8, 30), (80, 30, 90), (20, 150, 500))


@pytest.fixture(scope="module")
def exported(pristine: Built) -> OnnxEncoder:
    return OnnxEncoder.load(current_build(pristine.folder) / "encoder", threads=1)


def thousand_texts() -> list[str]:
    """Words of the first document, drawn with a fixed seed, and odd texts among them."""
    draw = random.Random(5)
    words = " ".join(document.text for document in load_corpus(load_settings().corpus_folder).documents).split()
    drawn = [" ".join(draw.choices(words, k=draw.randint(low, high))) for count, low, high in LENGTHS for _ in range(count)]
    return [*ODD, *drawn][:1000]


def cosines(first: Vectors, second: Vectors) -> Vectors:
    return np.asarray((first * second).sum(axis=1))


def test_a_thousand_texts_of_every_length_have_the_same_vectors(exported: OnnxEncoder) -> None:
    texts = thousand_texts()
    assert len(texts) == 1000
    ours, theirs = exported.encode(texts), packaged_encoder().encode(texts)
    assert ours.shape == (1000, 384) and ours.dtype == np.float32
    assert cosines(ours, theirs).min() >= 0.9999
    assert np.abs(np.linalg.norm(ours, axis=1) - 1).max() < 1e-5


def test_the_tokens_of_texts_have_the_same_vectors_too(exported: OnnxEncoder) -> None:
    texts = thousand_texts()[::7]
    for ours, theirs in zip(exported.encode_fully(texts), packaged_encoder().encode_fully(texts), strict=True):
        assert ours.tokens.shape == theirs.tokens.shape
        of_tokens = (
            np.vecdot(ours.tokens, theirs.tokens) / np.linalg.norm(ours.tokens, axis=1) / np.linalg.norm(theirs.tokens, axis=1)
        )
        assert of_tokens.min() >= 0.9999
    fully = np.array([one.vector for one in exported.encode_fully(texts)])
    assert np.allclose(fully, exported.encode(texts), atol=1e-5)


@examples(max_examples=25)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_texts_have_the_same_vectors_in_their_order(exported: OnnxEncoder, texts: list[str]) -> None:
    ours = exported.encode(texts)
    assert ours.shape == (len(texts), 384)
    if texts:
        assert cosines(ours, packaged_encoder().encode(texts)).min() >= 0.9999


def test_a_text_has_the_same_vector_beside_others_and_alone(exported: OnnxEncoder) -> None:
    texts = ["pay", "What should a headteacher of a small rural primary school be paid?", "inspection " * 400]
    together = exported.encode(texts)
    assert np.allclose(together, np.concatenate([exported.encode([text]) for text in texts]), atol=1e-5)


def hits(index: OpenIndex, kind: str, vector: Vectors) -> dict[int, float]:
    """The first hits, and beyond them any that ties with the last."""
    scored = index.stores[kind].scored(vector)
    rows = scored.nearest(2 * FIRST)
    found = dict(zip(rows.tolist(), scored.of(rows).tolist(), strict=True))
    return {row: score for row, score in found.items() if score >= list(found.values())[FIRST - 1] - TIE}


def questions() -> list[str]:
    """Those that answers are measured with; a very long one is written as what is repeated."""
    files = [CASES / "development.jsonl", CASES / "held-out.jsonl"]
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(case["question"] for case in cases if "question" in case))


def test_every_evaluation_question_has_the_same_first_hits(built_index: Path) -> None:
    shipped = load_settings()
    index = open_index(built_index, load_corpus(shipped.corpus_folder), shipped.model)
    asked = questions()
    assert len(asked) > 500
    for number, (ours, theirs) in enumerate(zip(index.encoder.encode(asked), packaged_encoder().encode(asked), strict=True)):
        for kind in KINDS:
            own, other = hits(index, kind, ours), hits(index, kind, theirs)
            assert set(list(own)[:FIRST]) <= set(other) and set(list(other)[:FIRST]) <= set(own), (
                number
            )  # no held-out question is shown


class TestRefusal:
    """Every file of an export that does not load or fit is refused with the command that mends it."""

    @pytest.fixture
    def folder(self, pristine: Built, tmp_path: Path) -> Path:
        return Path(shutil.copytree(current_build(pristine.folder) / "encoder", tmp_path / "encoder"))

    def refusal(self, folder: Path) -> str:
        with pytest.raises(
            IndexRefused, match=r"^The exported model in .* cannot be loaded .*\. Mend it with: ascl-chat index build$"
        ) as it:
            OnnxEncoder.load(folder, threads=1)
        return str(it.value)

    @pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER, DESCRIPTION])
    @pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00garbage"])
    def test_a_damaged_file(self, folder: Path, name: str, content: bytes) -> None:
        (folder / name).write_bytes(content)
        self.refusal(folder)

    @pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER, DESCRIPTION])
    def test_a_missing_file(self, folder: Path, name: str) -> None:
        (folder / name).unlink()
        self.refusal(folder)

    def test_a_description_of_other_vectors(self, folder: Path) -> None:
        (folder / DESCRIPTION).write_text('{"dimension": 768, "tokens": 256, "padding": 0}')
        assert "768" in self.refusal(folder)

    def test_a_tokenizer_of_another_model(self, folder: Path) -> None:
        """Its numbers go beyond the vocabulary that the graph knows."""
        tokenizer = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))
        tokenizer["model"]["vocab"]["school"] = 99_999
        (folder / TOKENIZER).write_text(json.dumps(tokenizer), encoding="utf-8")
        self.refusal(folder)

    def test_in_an_index_the_digests_notice_first(self, built: Built) -> None:
        path = built.current / "encoder" / TOKENIZER
        path.write_bytes(path.read_bytes() + b"\n")
        assert not is_current(built.folder, built.corpus, PACKAGED)
        with pytest.raises(IndexRefused, match=r"tokenizer\.json is missing or damaged\. Mend it with: ascl-chat index build$"):
            open_index(built.folder, built.corpus, PACKAGED)


class TestExport:
    def test_a_model_whose_export_would_give_other_vectors_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Told a prompt to put before every text, the model gives vectors that the graph alone cannot."""
        from sentence_transformers import SentenceTransformer

        from index.embedding import packaged_folder
        from index.exporting import export

        model = SentenceTransformer(
            str(packaged_folder()), device="cpu", prompts={"query": "Represent this sentence: "}, default_prompt_name="query"
        )
        with pytest.raises(ModelRefused, match=r"other vectors than the model itself, cosine 0\..*ASCL_CHAT_MODEL"):
            export(model, tmp_path / "encoder")

    def test_a_rebuild_takes_over_a_whole_export_and_makes_a_damaged_one_anew(self, built: Built) -> None:
        told: list[str] = []
        build_index(built.corpus, PACKAGED, built.folder, told.append)
        assert "Exporting the embedding model for serving" not in told
        weights = built.current / "encoder" / WEIGHTS
        weights.unlink()
        weights.write_bytes(b"damaged")
        build_index(built.corpus, PACKAGED, built.folder, told.append)
        assert "Exporting the embedding model for serving" in told
        open_index(built.folder, built.corpus, PACKAGED)
