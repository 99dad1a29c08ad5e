"""Learn how questions relate to statements that answer them, from the cases and the questions of the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from chatbot.evaluation.cases import CALIBRATION, Case
from chatbot.evaluation.freezing import digest_of
from chatbot.relating import Relation, pair_of
from chatbot.understanding import cleaned
from corpus.models import Corpus, Document
from index.embedding import model_digest
from index.encoder import Encoder, Vectors
from index.framing import without_frame
from index.rows import plan

FOLDS = 5
OF_CORPUS = 0.3  # weight of a question of the corpus beside a case: there are many, of one document
STRENGTH = 0.3  # inverse regularisation; flat from 0.1 to 1 on documents left out


@dataclass(frozen=True)
class Pairs:
    """Questions with the statement of their document that is likest, shape (questions, 3 * dimension); what is known of each.

    ``groups`` tell what must be left out together: a case's document or, of the corpus' own, the case. Empty for a question
    of the corpus, which is never left out: it is there when the service runs. ``model`` is the embedding model's digest.
    """

    model: str
    rows: Vectors
    answered: Sequence[bool]
    groups: Sequence[str]


def pairs_of(corpus: Corpus, invented: Sequence[Document], cases: Sequence[Case], encoder: Encoder, model: str) -> Pairs:
    """The pairs of every question whose answer is known, encoded by ``encoder``, which is the model ``model``.

    Follow-ups are left out: their words are half of what is asked.
    """
    asked: list[tuple[str, str, bool, str]] = []
    for document in corpus.documents:
        held = [question for statement in document.statements for question in corpus.questions.get(statement.id, ())]
        asked += [(document.id, question, True, "") for question in held]
        asked += [(document.id, question, False, "") for question in corpus.unanswered.get(document.id, ())]
    own = {document.id for document in corpus.documents}
    for case in cases:
        if not case.history:
            group = case.id if case.document in own else case.document
            asked.append((case.document, cleaned(case.question), case.answerable, group))
    questions = encoder.encode([without_frame(question) for _, question, _, _ in asked])
    likest = {document.id: _Likest(document, corpus, encoder) for document in (*corpus.documents, *invented)}
    rows = [pair_of(vector, *likest[held].to(vector)) for vector, (held, _, _, _) in zip(questions, asked, strict=True)]
    return Pairs(
        model_digest(model),
        np.array(rows, dtype=np.float32),
        [answered for _, _, answered, _ in asked],
        [group for *_, group in asked],
    )


def learn_relation(pairs: Pairs, left_out: frozenset[str] = frozenset()) -> Relation:
    """Learn from every pair but those of the groups ``left_out``; deterministic."""
    kept = [place for place, group in enumerate(pairs.groups) if group not in left_out]
    importance = [1.0 if pairs.groups[place] else OF_CORPUS for place in kept]
    learnt = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced")
    learnt.fit(pairs.rows[kept], [pairs.answered[place] for place in kept], sample_weight=importance)
    remainder, passage, sentence = np.split(learnt.coef_[0].astype(np.float32), 3)
    return Relation(remainder, passage, sentence, float(learnt.intercept_[0]), pairs.model)


def crossed_relations(corpus: Corpus, pairs: Pairs, cases: Sequence[Case]) -> Mapping[str, Relation]:
    """For each case by its id, a relation that was learnt without its document or, of the corpus' own, without the case."""
    own = {document.id for document in corpus.documents}
    groups = [case.id if case.document in own else case.document for case in cases]
    crossed: dict[str, Relation] = {}
    for _, test in GroupKFold(FOLDS).split(groups, groups=groups):
        relation = learn_relation(pairs, frozenset(groups[number] for number in test))
        crossed.update({cases[number].id: relation for number in test})
    return crossed


def save_relation(relation: Relation, path: Path) -> None:
    """Write what :func:`chatbot.relating.load_relation` reads, in half precision, with the digest of the cases."""
    weights = np.stack([relation.remainder, relation.passage, relation.sentence]).astype(np.float16)
    np.savez_compressed(
        path,
        allow_pickle=False,
        weights=weights,
        bias=np.float32(relation.bias),
        model=np.array(relation.model),
        learnt_from=np.array(digest_of(CALIBRATION)),
    )


class _Likest:
    """The vectors of a document's statements, and which of these is likest to a question."""

    def __init__(self, document: Document, corpus: Corpus, encoder: Encoder) -> None:
        planned = plan(Corpus((document,), {}, corpus.glossary))
        self._passages, self._sentences = (encoder.encode(planned.texts[kind]) for kind in ("passage", "sentence"))
        numbers = sorted(planned.rows["passage"].owned)
        self._of_passages, self._of_sentences = (
            [np.flatnonzero(planned.rows[kind].of_row == number) for number in numbers] for kind in ("passage", "sentence")
        )

    def to(self, question: Vectors) -> tuple[Vectors, Vectors]:
        """The best passage and the best sentence of the statement whose two are together likest to the question."""
        passages, sentences = self._passages @ question, self._sentences @ question
        best = [
            (own[passages[own].argmax()], said[sentences[said].argmax()])
            for own, said in zip(self._of_passages, self._of_sentences, strict=True)
        ]
        passage, sentence = max(best, key=lambda pair: float(passages[pair[0]] + sentences[pair[1]]))
        return self._passages[passage], self._sentences[sentence]
