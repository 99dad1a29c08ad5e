"""Put the calibration cases to statements of each kind, and keep what the judge would see of every candidate."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.evaluation.cases import Case
from chatbot.evaluation.matching import ByTokens
from chatbot.forms import Forms
from chatbot.judged import Judged
from chatbot.judging import EXTRA_SIGNALS, Judge, Logistic, kind_of
from chatbot.leaning import NAMES as LEANING
from chatbot.relating import Relation
from chatbot.searching import Searcher
from chatbot.signals import NAMES, Matrix
from corpus.loading import document_paths
from corpus.models import Corpus, Document, Statement
from corpus.parsing import parse_document
from index.encoder import Encoded, Encoder, Vectors
from index.late_interaction import encoded_passages
from index.opening import in_memory
from index.rows import plan

INVENTED = Path(__file__).with_name("documents")
KINDS = ("curated", "plain")
JUDGED_KINDS = tuple(kind_of(kind == "curated", leaning) for kind in KINDS for leaning in (False, True))
EVIDENCE = len(NAMES) + len(EXTRA_SIGNALS)  # inputs of the second step

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Seen:
    """One calibration case with its candidates' signals; ``right`` and ``leading`` mark those that answer.

    A turn that could lean on earlier ones is read with them; ``alone`` is the same read by itself, and ``form`` what its own
    words tell of whether it leans (:func:`chatbot.understanding.form_of_turn`).
    """

    case: Case
    statements: tuple[Statement, ...]
    rows: Matrix
    right: Marks
    leading: Marks
    alone: Seen | None = None
    form: tuple[float, ...] = ()

    @property
    def leaning(self) -> bool:
        """Whether the question was read as leaning on an earlier one."""
        return bool(self.rows[0, NAMES.index("leaning")] > 0)


@dataclass(frozen=True)
class Learnt:
    """What signals are computed by, for each case by its id: each learnt without that case.

    ``by_tokens`` is what sees the tokens of each invented paper, by its id; what is none of them is seen by ``otherwise``.
    """

    forms: Mapping[str, float]
    relations: Mapping[str, Relation]
    by_tokens: Mapping[str, ByTokens]
    otherwise: ByTokens


class Remembering:
    """An encoder that encodes each text once: the same questions are put to several corpora."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._held: dict[str, Vectors] = {}
        self._fully: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self._held]
        if missing:
            self._held.update(zip(missing, self._encoder.encode(missing), strict=True))
        return np.array([self._held[text] for text in texts], dtype=np.float32)

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._fully]
        if missing:
            self._fully.update(zip(missing, self._encoder.encode_fully(missing), strict=True))
        return [self._fully[text] for text in texts]


def invented_documents() -> list[Document]:
    """The invented documents, in order of their file names."""
    return [parse_document(path) for path in document_paths(INVENTED.parent)]


def seen_by(kind: str, corpus: Corpus, cases: Sequence[Case], encoder: Encoder, model: str, learnt: Learnt) -> list[Seen]:
    """The cases as statements of one kind meet them: alone, and those of the corpus beside the invented documents, too.

    ``curated`` are the statements of the corpus as it is. ``plain`` are those of the invented documents, one at a time,
    and those of the corpus with every question taken away.
    """
    held = {document.id for document in corpus.documents}
    own = [case for case in cases if case.document in held]
    invented = invented_documents()
    beside = [case for case in cases if case.document in {document.id for document in invented}]
    mixed = dataclasses.replace(corpus, documents=(*corpus.documents, *invented))
    if kind == "curated":
        return _asked(kind, corpus, own, encoder, model, learnt) + _asked(kind, mixed, own, encoder, model, learnt)
    found = _asked(kind, dataclasses.replace(corpus, questions={}, unanswered={}), own, encoder, model, learnt)
    for document in invented:
        alone = Corpus((document,), {}, corpus.glossary)
        found += _asked(kind, alone, [case for case in beside if case.document == document.id], encoder, model, learnt)
    # Not beside one another: they are on the same things, so what is asked of one, another may answer as well.
    return found


def _asked(kind: str, corpus: Corpus, cases: Sequence[Case], encoder: Encoder, model: str, learnt: Learnt) -> list[Seen]:
    """The candidates of one kind for each case, best fused score first."""
    nobody = Logistic([0.0] * len(NAMES), [0.0] * len(NAMES), [1.0] * len(NAMES), 0.0)
    anything = Logistic([0.0] * EVIDENCE, [0.0] * EVIDENCE, [1.0] * EVIDENCE, 0.0)
    no_turns = Logistic([0.0] * len(LEANING), [0.0] * len(LEANING), [1.0] * len(LEANING), 0.0)
    judge = Judge(dict.fromkeys(JUDGED_KINDS, nobody), dict.fromkeys(JUDGED_KINDS, anything), 0.5, 1.0, 1.0, no_turns)
    no_forms, any_relation = Forms(frozenset(), {}, 0.0), next(iter(learnt.relations.values()))
    index = in_memory(corpus, encoder, model, learnt.otherwise.projection)
    searcher = Searcher(
        corpus, index, encoder, judge, forms=no_forms, relation=any_relation, alignment=learnt.otherwise.alignment
    )
    readings = [searcher.readings(case.question, case.history) for case in cases]
    encoder.encode_fully([text for held in readings for reading in held for text in reading.encoded])
    planned = plan(corpus)
    needed = {one.projection for name, one in learnt.by_tokens.items() if name in {case.document for case in cases}}
    projected = {
        projection: dataclasses.replace(index, projection=projection, tokens=encoded_passages(encoder, planned, projection)[1])
        for projection in needed
    }
    projected[learnt.otherwise.projection] = index
    seen = []
    for case, (first, *others) in zip(cases, readings, strict=True):
        by_tokens = learnt.by_tokens.get(case.document, learnt.otherwise)
        own = searcher.with_learnt(learnt.relations[case.id], by_tokens.alignment, projected[by_tokens.projection])
        one = _candidates(kind, case, own.search(first), learnt.forms[case.id])
        if one is not None and others and others[-1].context is None:
            alone = _candidates(kind, case, own.search(others[-1]), learnt.forms[case.id])
            one = dataclasses.replace(one, alone=alone, form=searcher.form_of_turn(others[-1]))
        if one is not None:
            seen.append(one)
    return seen


def _candidates(kind: str, case: Case, judged: Judged, form: float) -> Seen | None:
    """The candidates of one kind; None where there are none."""
    curated = judged.rows[:, NAMES.index("curated")] > 0
    places = np.flatnonzero(curated == (kind == "curated"))
    if not len(places):
        return None
    statements = tuple(judged.statements[place] for place in places)
    rows = judged.rows[places].copy()
    rows[:, NAMES.index("form")] = form
    right = np.array([statement.id in case.expected_all for statement in statements])
    leading = np.array([statement.id in case.expected_any for statement in statements])
    return Seen(case, statements, rows, right, leading)
