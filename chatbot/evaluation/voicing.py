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
from corpus.models import Document, Span
from corpus.reporting import reports, surely_reports
from corpus.sentences import cut_sentences
from corpus.text import plain
from corpus.voice_model import AROUND, NOBODY, VoiceModel, signs_digest, struck, surroundings
from corpus.voice_signs import BUCKETS
from corpus.voices import in_list

MARKED = Path(__file__).with_name("voices") / "marked.jsonl"
PAPERS = "papers"  # the writers of papers, as one
STRENGTH = 0.5  # inverse regularisation of the first regression; flat from 0.5 to 2 on writers left out
OTHERS_COUNT = 1.3  # weight of what somebody else says in the first regression
BESIDE_OTHERS = 0.3  # weight in the second of ASCL's own sentences beside somebody else's: held back, they cost little
LEANING = 0.6  # log odds by which what is decided leans towards "not ASCL's own"

Numbers = NDArray[np.float64]
Measured = dict[str, float]  # faults in 100, on writers that nothing was learnt from


UNLEARNT = VoiceModel([0.0] * BUCKETS, 0.0, [0.0] * AROUND, -NOBODY)  # takes every sentence for somebody else's


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's writer and sentences, and for each whether ASCL says it itself, whether a rule takes it for a report, and
    whether it stands in a list below another.
    """

    writer: str
    sentences: tuple[str, ...]
    own: tuple[bool, ...]
    reported: tuple[bool, ...]
    listed: tuple[bool, ...]

    @property
    def learnt_from(self) -> list[bool]:
        """Questions and the items of a list are decided otherwise."""
        return [not listed and not sentence.endswith("?") for sentence, listed in zip(self.sentences, self.listed, strict=True)]


def read_marked(path: Path = MARKED) -> list[Paragraph]:
    """The marked paragraphs, without those that are cut into sentences otherwise than their writer did.

    Raises:
        ValueError: naming the line of a paragraph that cannot be read.
    """
    paragraphs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            held = json.loads(line)
            text, own, writer = str(held["text"]), tuple(held["own_sentences"]), str(held["writer"])
            if not all(isinstance(mark, bool) for mark in own):
                raise ValueError("a mark is neither true nor false")
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: this paragraph cannot be read ({error}).") from error
        paragraph = _paragraph(writer, text, cut_sentences(text, Span(0, len(text))), own)
        if len(paragraph.sentences) == len(own):
            paragraphs.append(paragraph)
    return paragraphs


def ordinary(documents: Iterable[Document], answering: Collection[str]) -> list[Paragraph]:
    """The statements that answer questions, ``answering`` by id: ordinary prose, ASCL's own but for what surely is a report."""
    return [
        _paragraph(PAPERS, document.text, statement.sentences, _own_but_for_reports(document.text, statement.sentences))
        for document in documents
        for statement in document.statements
        if statement.id in answering
    ]


def _own_but_for_reports(text: str, sentences: Sequence[Span]) -> tuple[bool, ...]:
    return tuple(not surely_reports(plain(sentence.of(text)), after_other=False) for sentence in sentences)


def _paragraph(writer: str, text: str, sentences: Sequence[Span], own: tuple[bool, ...]) -> Paragraph:
    words = tuple(plain(sentence.of(text)) for sentence in sentences)
    listed = tuple(above is not None for above in in_list(text, sentences))
    return Paragraph(writer, words, own, tuple(reports(words)), listed)


def learn_voices(paragraphs: Sequence[Paragraph]) -> tuple[VoiceModel, Measured]:
    """Learn both regressions, and what they got wrong of writers that they were not learnt from; deterministic.

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
    seen, beside = _around(paragraphs, alone), np.array([not all(one.own) for one in paragraphs for _ in one.sentences])
    decided = np.zeros(len(others))
    for writer in sorted(set(writers.tolist())):
        without, without_bias = _learn_around(seen, others, beside, taken & (writers != writer))
        decided[writers == writer] = seen[writers == writer] @ without + without_bias
    marked = taken & (writers != PAPERS)
    measured = {
        "others_let_through": _per_100(decided[marked & others] < 0),
        "own_held_back": _per_100(decided[marked & ~others & ~beside] >= 0),
        "own_beside_others_held_back": _per_100(decided[marked & ~others & beside] >= 0),
        "own_of_papers_held_back": _per_100(decided[taken & ~others & (writers == PAPERS)] >= 0),
    }
    around, around_bias = _learn_around(seen, others, beside, taken)
    weights = [round(float(weight), 3) for weight in first.coef_[0]]
    bias = round(float(first.intercept_[0]), 4)
    return VoiceModel(weights, bias, [round(float(one), 4) for one in around], round(around_bias, 4)), measured


def _per_100(faults: NDArray[np.bool_]) -> float:
    return round(100 * float(faults.mean()), 1) if len(faults) else 0.0


def _around(paragraphs: Sequence[Paragraph], alone: Numbers) -> Numbers:
    ends = np.cumsum([len(one.sentences) for one in paragraphs])
    held = zip(paragraphs, np.split(alone, ends[:-1]), strict=True)
    return np.array([row for one, odds in held for row in surroundings(one.sentences, odds.tolist(), one.reported)])


def _learn_around(
    rows: Numbers, others: NDArray[np.bool_], beside: NDArray[np.bool_], taken: NDArray[np.bool_]
) -> tuple[Numbers, float]:
    """Weights of what is seen around a sentence, and their bias."""
    importance = np.where(~others & beside, BESIDE_OTHERS, 1.0)
    scaler = StandardScaler().fit(rows[taken])
    learnt = _fitted(scaler.transform(rows[taken]), others[taken], importance[taken], 1.0)
    weights = learnt.coef_[0] / scaler.scale_
    return weights, float(learnt.intercept_[0] - weights @ scaler.mean_) + LEANING


def _rows(sentences: Sequence[str]) -> csr_matrix:
    held = [struck(sentence) for sentence in sentences]
    ends = np.cumsum([0, *map(len, held)])
    columns = np.fromiter((bucket for one in held for bucket in one), dtype=np.int64)
    values = np.fromiter((value for one in held for value in one.values()), dtype=np.float64)
    return csr_matrix((values, columns, ends), shape=(len(held), BUCKETS))


def _fitted(rows: csr_matrix | Numbers, truth: NDArray[np.bool_], importance: Numbers, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=3000).fit(rows, truth, sample_weight=importance)


def save_voices(model: VoiceModel, measured: Measured, path: Path) -> None:
    """Write what :func:`corpus.voice_model.load_voice_model` reads, with digests of the marked paragraphs and of the signs."""
    learnt = model is not UNLEARNT
    held = {
        "learnt_from": digest_of(MARKED) if learnt else "",
        "signs": signs_digest() if learnt else "",
        "measured": measured,
        "leaning": LEANING,
        "bias": model.bias,
        "around": model.around,
        "around_bias": model.around_bias,
        "weights": [round(1000 * weight) for weight in model.weights],
    }
    path.write_text(json.dumps(held) + "\n", encoding="utf-8")
