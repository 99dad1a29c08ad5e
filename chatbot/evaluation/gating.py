"""Learn the gate from its examples and from the questions of the corpus and the cases."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from chatbot.evaluation.cases import CALIBRATION, Case
from chatbot.evaluation.freezing import digest_of
from chatbot.gate import ARRAYS, BUCKETS, Gate, Message, struck
from corpus.models import Corpus
from index.embedding import model_digest
from index.encoder import Encoder, Vectors

EXAMPLES = Path(__file__).with_name("turns") / "examples.jsonl"
OF_CORPUS = 2500  # questions drawn from those of the corpus; more would only drown the rest
SEED = 20261126
STRENGTH = 20.0  # inverse regularisation

Example = tuple[str, Message]


def read_examples(path: Path = EXAMPLES) -> list[Example]:
    """Texts with what they are.

    Raises:
        ValueError: naming the line of an example that cannot be read.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            held = json.loads(line)
            examples.append((str(held["text"]), Message(held["class"])))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: this example cannot be read ({error}).") from error
    return examples


def with_questions(examples: Sequence[Example], corpus: Corpus, cases: Sequence[Case]) -> list[Example]:
    """The examples with questions of the corpus and of the cases added, each text once."""
    asked = [question for held in (*corpus.questions.values(), *corpus.unanswered.values()) for question in held]
    drawn = random.Random(SEED).sample(asked, min(OF_CORPUS, len(asked)))
    known = {text for text, _ in examples}
    added = dict.fromkeys([*drawn, *(case.question for case in cases)])
    return [*examples, *((text, Message.QUESTION) for text in added if text not in known)]


def learn_gate(examples: Sequence[Example], encoder: Encoder, model: str) -> Gate:
    """Learn both regressions over the vectors of ``encoder``, which is the embedding model ``model``; deterministic."""
    texts = [text for text, _ in examples]
    places = {kind: place for place, kind in enumerate(Message)}
    truth = np.array([places[kind] for _, kind in examples])
    rarity = _rarities(texts)
    worded = _rows(texts, rarity)
    vectors = csr_matrix(encoder.encode(texts))
    alone, alone_bias = _fitted(worded, truth)
    both, bias = _fitted(hstack([worded, vectors]).tocsr(), truth)
    return Gate(rarity, alone, alone_bias, both[:BUCKETS], both[BUCKETS:], bias, model_digest(model))


def save_gate(gate: Gate, path: Path) -> None:
    """Write what :func:`chatbot.gate.load_gate` reads, in half precision, with the digests of what it was learnt from."""
    arrays = {name: getattr(gate, name).astype(np.float16) for name in ARRAYS}
    np.savez_compressed(path, allow_pickle=False, learnt_from=np.array(sources()), model=np.array(gate.model), **arrays)


def sources() -> list[str]:
    """The digests of the examples and of the calibration cases."""
    return [digest_of(EXAMPLES), digest_of(CALIBRATION)]


def _fitted(rows: csr_matrix, truth: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
    learnt = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-3).fit(rows, truth)
    return learnt.coef_.T.astype(np.float32), learnt.intercept_.astype(np.float32)


def _rarities(texts: Sequence[str]) -> Vectors:
    """The inverse document frequency of every bucket, smoothed, shape (BUCKETS,) (Spärck Jones 1972)."""
    flat = np.ones(BUCKETS, dtype=np.float32)
    held = np.zeros(BUCKETS)
    for text in texts:
        held[struck(text, flat)[0]] += 1
    return np.asarray(np.log((1 + len(texts)) / (1 + held)) + 1, dtype=np.float32)


def _rows(texts: Sequence[str], rarity: Vectors) -> csr_matrix:
    rows = [struck(text, rarity) for text in texts]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    columns = np.concatenate([buckets for buckets, _ in rows])
    values = np.concatenate([weights for _, weights in rows])
    return csr_matrix((values, columns, ends), shape=(len(texts), BUCKETS))
