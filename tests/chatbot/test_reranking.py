"""A CrossEncoder has a say in the order of what was found, and in nothing else. The tests build a tiny one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering import Recipe
from chatbot.assembly import Service, assemble
from chatbot.judging import load_judge
from chatbot.reranking import CrossEncoderReranker, Shares, reweighed
from chatbot.searching import Searcher
from chatbot.settings import SettingsError, load_settings
from corpus.loading import load_corpus
from index.opening import open_index

WORDS = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "ofsted",
    "inspection",
    "teachers",
    "funding",
    "schools",
    "trusts",
    "what",
    "is",
)
QUESTIONS = (
    "What does ASCL think about Ofsted?",
    "Is school funding fair?",
    "mobile phones",
    "hello",
    "Who sets the curriculum?",
)


def tiny(folder: Path, labels: int = 1, plain: bool = False) -> Path:
    """A folder with a one-layer model of chance weights, as sentence-transformers reads them."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    torch.manual_seed(5)
    config = BertConfig(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    config.num_labels = labels
    model = BertModel(config) if plain else BertForSequenceClassification(config)
    model.save_pretrained(folder)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizer(str(vocabulary), model_max_length=64).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("reranker"))


def test_a_crossencoder_is_loaded_from_its_folder_and_tells_a_share_for_each_text(folder: Path) -> None:
    reranker = CrossEncoderReranker.load(str(folder))
    texts = ["inspection of schools", "funding", "teachers and colleges"]
    scores = reranker.scores("what is ofsted", texts)
    assert scores.shape == (3,) and ((scores > 0) & (scores < 1)).all() and len(set(scores.tolist())) == 3
    assert reranker.scores("what is ofsted", texts[::-1]).tolist() == pytest.approx(scores[::-1].tolist(), abs=1e-6)


def test_the_service_asks_it_from_many_threads(folder: Path, built_index: Path, service: Service) -> None:
    reranked = assemble(load_settings(index_folder=built_index, reranker=str(folder), answer_cache=0))
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(reranked.answer, QUESTIONS * 4))
    for question, answer in zip(QUESTIONS * 4, answers, strict=True):
        assert answer.status is service.answer(question).status
        assert answer.to_dict() == reranked.answer(question).to_dict()


class Prefers:
    """Thinks the statement with a word in it the best answer to anything."""

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, texts: Sequence[str]) -> Shares:
        return np.array([0.99 if self._word in text else 0.0001 for text in texts])


def test_its_opinion_changes_which_statement_leads_but_not_whether_there_is_an_answer(built_index: Path) -> None:
    settings = load_settings(index_folder=built_index)
    corpus = load_corpus(settings.corpus_folder)
    index = open_index(built_index, corpus, settings.model)
    asked = "What does ASCL think about Ofsted?"
    plain = Recipe(Searcher(corpus, index, index.encoder, load_judge()), settings)
    swayed = Recipe(Searcher(corpus, index, index.encoder, load_judge(), Prefers("trusts and federations")), settings)
    assert "trusts and federations" not in plain.answer(asked).quotes[0].text
    assert "trusts and federations" in swayed.answer(asked).quotes[0].text
    assert not swayed.answer("mobile phones").quotes
    explained = swayed.answer(asked, explain=True).diagnostics
    assert explained is not None and all(row["reranked"] is not None for row in explained["accepted"])


shares = st.floats(0, 1)


@given(st.lists(shares, min_size=1, max_size=30).map(lambda held: sorted(held, reverse=True)), st.data())
def test_weighed_fits_stay_shares_and_who_was_not_weighed_does_not_overtake(fits: list[float], data: st.DataObject) -> None:
    scores = data.draw(st.lists(shares, min_size=1, max_size=len(fits)))
    weighed = reweighed(np.array(fits), np.array(scores))
    assert weighed.shape == (len(fits),) and (weighed >= 0).all() and (weighed <= 1).all()
    assert weighed[len(scores) :].max(initial=0) <= weighed[: len(scores)].min()


class TestRefused:
    def refused(self, name: str) -> str:
        with pytest.raises(SettingsError) as told:
            CrossEncoderReranker.load(name)
        assert name in str(told.value) and "ASCL_CHAT_RERANKER" in str(told.value) and "leave it empty" in str(told.value)
        return str(told.value)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        self.refused(str(tmp_path / "nothing"))

    def test_a_folder_without_a_model(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
        self.refused(str(tmp_path))

    def test_a_plain_encoder(self, tmp_path: Path) -> None:
        assert "plain encoder" in self.refused(str(tiny(tmp_path, plain=True)))

    def test_more_labels_than_one(self, tmp_path: Path) -> None:
        assert "3 labels" in self.refused(str(tiny(tmp_path, labels=3)))
