"""Learn whose view a sentence gives, from paragraphs that their writers marked sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from chatbot.evaluation.freezing import digest_of
from corpus.blocks import LIST_ITEM
from corpus.models import Document, Span
from corpus.sentences import cut_sentences
from corpus.text import plain
from corpus.voice_model import VoiceModel, struck, surroundings
from corpus.voice_signs import BUCKETS
from corpus.voices import reports

MARKED = Path(__file__).with_name("voices") / "marked.jsonl"
PAPERS = "papers"  # the writers of papers, as one
STRENGTH = 0.5  # inverse regularisation of the first regression; flat from 0.5 to 2 on writers left out
OTHERS_COUNT = 1.3  # weight of what somebody else says in the first regression
BESIDE_OTHERS = 0.3  # weight in the second of ASCL's own sentences beside somebody else's: held back, they cost little
LEANING = 0.4  # log odds by which what is decided leans towards "not ASCL's own"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's sentences, for each whether ASCL says it itself and whether a rule takes it for a report, and its writer."""

    writer: str
    sentences: tuple[str, ...]
    own: tuple[bool, ...]
    reported: tuple[bool, ...]

    @property
    def learnt_from(self) -> list[bool]:
        """Questions and the items of a list are decided otherwise."""
        listed = False
        taken = []
        for place, sentence in enumerate(self.sentences):
            listed = listed or (place > 0 and LIST_ITEM.match(sentence) is not None)
            taken.append(not listed and not sentence.endswith("?"))
        return taken


def read_marked(path: Path = MARKED) -> list[Paragraph]:
    """The marked paragraphs, without those that are cut into sentences otherwise than their writer did.

    Raises:
        ValueError: naming the line of a paragraph that cannot be read.
    """
    paragraphs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            held = json.loads(line)
            text, own = str(held["text"]), tuple(map(bool, held["own_sentences"]))
            writer = str(held.get("writer", ""))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: this paragraph cannot be read ({error}).") from error
        paragraph = _paragraph(writer, text, cut_sentences(text, Span(0, len(text))), own)
        if len(paragraph.sentences) == len(own):
            paragraphs.append(paragraph)
    return paragraphs


def ordinary(documents: Iterable[Document], answering: Collection[str]) -> list[Paragraph]:
    """The statements that answer questions, ``answering`` by id: ordinary prose, all of it ASCL's own."""
    return [
        _paragraph(PAPERS, document.text, statement.sentences, (True,) * len(statement.sentences))
        for document in documents
        for statement in document.statements
        if statement.id in answering
    ]


def _paragraph(writer: str, text: str, sentences: Sequence[Span], own: tuple[bool, ...]) -> Paragraph:
    words = tuple(plain(sentence.of(text)) for sentence in sentences)
    return Paragraph(writer, words, own, tuple(reports(text, sentences)))


def learn_voices(paragraphs: Sequence[Paragraph]) -> VoiceModel:
    """Learn both regressions; deterministic.

    The second is learnt from what the first says of writers that it was not learnt from.
    """
    writers = np.array([one.writer for one in paragraphs for _ in one.sentences])
    others = np.array([not own for one in paragraphs for own in one.own])
    taken = np.array([kept for one in paragraphs for kept in one.learnt_from])
    rows = _rows([sentence for one in paragraphs for sentence in one.sentences])
    importance = np.where(others, OTHERS_COUNT, 1.0)
    alone = np.zeros(len(others))
    for writer in sorted(set(writers.tolist())):
        learnt = taken & (writers != writer)
        model = _fitted(rows[learnt], others[learnt], importance[learnt], STRENGTH)
        alone[writers == writer] = model.decision_function(rows[writers == writer])
    first = _fitted(rows[taken], others[taken], importance[taken], STRENGTH)
    around, around_bias = _learn_around(paragraphs, alone, others, taken)
    weights = [round(float(weight), 3) for weight in first.coef_[0]]
    return VoiceModel(weights, round(float(first.intercept_[0]), 4), around, around_bias)


def _learn_around(
    paragraphs: Sequence[Paragraph], alone: Numbers, others: NDArray[np.bool_], taken: NDArray[np.bool_]
) -> tuple[list[float], float]:
    ends = np.cumsum([len(one.sentences) for one in paragraphs])
    rows = np.array(
        [
            row
            for one, odds in zip(paragraphs, np.split(alone, ends[:-1]), strict=True)
            for row in surroundings(one.sentences, odds.tolist(), one.reported)
        ]
    )
    beside = np.array([not all(one.own) for one in paragraphs for _ in one.sentences])
    importance = np.where(~others & beside, BESIDE_OTHERS, 1.0)
    scaler = StandardScaler().fit(rows[taken])
    learnt = _fitted(scaler.transform(rows[taken]), others[taken], importance[taken], 1.0)
    weights = learnt.coef_[0] / scaler.scale_
    bias = float(learnt.intercept_[0] - weights @ scaler.mean_) + LEANING
    return [round(float(weight), 4) for weight in weights], round(bias, 4)


def _rows(sentences: Sequence[str]) -> csr_matrix:
    held = [struck(sentence) for sentence in sentences]
    ends = np.cumsum([0, *map(len, held)])
    columns = np.fromiter((bucket for one in held for bucket in one), dtype=np.int64)
    values = np.fromiter((value for one in held for value in one.values()), dtype=np.float64)
    return csr_matrix((values, columns, ends), shape=(len(held), BUCKETS))


def _fitted(rows: csr_matrix | Numbers, truth: NDArray[np.bool_], importance: Numbers, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=3000).fit(rows, truth, sample_weight=importance)


def save_voices(model: VoiceModel, path: Path) -> None:
    """Write what :func:`corpus.voice_model.load_voice_model` reads, with the digest of the marked paragraphs."""
    held = {
        "learnt_from": digest_of(MARKED),
        "bias": model.bias,
        "around": model.around,
        "around_bias": model.around_bias,
        "weights": [round(1000 * weight) for weight in model.weights],
    }
    path.write_text(json.dumps(held) + "\n", encoding="utf-8")
