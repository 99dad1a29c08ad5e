"""Learn how a question's tokens look for a statement's (:mod:`index.late_interaction`), from the cases about invented papers.

A question, the statements of its paper, and which of them answer: the projection, the salience and the weight of each
likeness are moved by gradient descent so that those that answer come first among all of the paper. The corpus' own document
teaches nothing here, so what is learnt holds for any.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import log_softmax, normalize

from chatbot.evaluation.cases import CALIBRATION, Case
from chatbot.evaluation.freezing import digest_of
from chatbot.understanding import cleaned
from corpus.models import Corpus, Document, Glossary
from index.encoder import Encoder, Vectors
from index.framing import without_frame
from index.late_interaction import Projection
from index.rows import plan

WIDTH = 128  # of a projected token; 384, the model's own, put hardly more right statements first on papers left out
PASSES = 3  # over all questions; from 3 to 6 as good on papers left out, then worse
STEP = 3e-4
STEP_OF_WEIGHTS = 0.05
BATCH = 16  # questions of one paper
SEED = 1
_START = (5.0, 5.0, 15.0)  # weights of passage, best sentence and tokens
_FAR = -1e9


@dataclass(frozen=True)
class Paper:
    """A paper and the questions put to it that stand alone, as tensors.

    ``tokens`` (statements, most tokens, dimension) with ``held`` marking those that are there; ``alike`` are the cosines of
    passage and best sentence, shape (questions, statements, 2); ``asked`` has the tokens of each question, ``answers`` the
    statements that answer it, none where nothing does, and ``besides`` those that belong to a full answer without leading it.
    """

    tokens: Tensor
    held: Tensor
    alike: Tensor
    asked: Sequence[Tensor]
    answers: Sequence[Sequence[int]]
    besides: Sequence[Sequence[int]]


def papers_of(invented: Sequence[Document], cases: Sequence[Case], encoder: Encoder) -> Mapping[str, Paper]:
    """Each invented paper with the questions put to it, encoded by ``encoder``."""
    papers = {}
    for document in invented:
        own = [case for case in cases if case.document == document.id and not case.history]
        if own:
            papers[document.id] = _paper(document, own, encoder)
    return papers


def _paper(document: Document, cases: Sequence[Case], encoder: Encoder) -> Paper:
    planned = plan(Corpus((document,), {}, Glossary((), frozenset())))
    numbers = {statement.id: number for number, statement in enumerate(document.statements)}
    passages = encoder.encode_fully(planned.texts["passage"])
    asked = encoder.encode_fully([without_frame(cleaned(case.question)) for case in cases])
    of_row = planned.rows["passage"].of_row
    tokens, held = padded([
        torch.tensor(np.concatenate([passages[row].tokens for row in np.flatnonzero(of_row == number)]))
        for number in range(len(numbers))
    ])  # fmt: skip
    vectors, of_passages = np.array([one.vector for one in asked]), np.array([one.vector for one in passages])
    of_sentences = encoder.encode(planned.texts["sentence"])
    alike = [_best(vectors, of_passages, of_row), _best(vectors, of_sentences, planned.rows["sentence"].of_row)]
    answers = [sorted(numbers[name] for name in case.expected_any) for case in cases]
    besides = [sorted(numbers[name] for name in case.expected_all - case.expected_any) for case in cases]
    return Paper(tokens, held, torch.stack(alike, dim=-1), [torch.tensor(one.tokens) for one in asked], answers, besides)


def _best(asked: Vectors, rows: Vectors, owners: NDArray[np.int64]) -> Tensor:
    cosines = asked @ rows.T
    return torch.tensor(np.stack([cosines[:, owners == number].max(axis=1) for number in range(owners.max() + 1)], axis=1))


def learn_projection(papers: Mapping[str, Paper], model: str, left_out: frozenset[str] = frozenset()) -> Projection:
    """Learn from all papers but those ``left_out``; ``model`` is the embedding model's digest. Deterministic on one machine."""
    learnt_from = [paper for name, paper in sorted(papers.items()) if name not in left_out]
    dice = random.Random(SEED)
    matrix = _principal([normalize(paper.tokens[paper.held], dim=-1) for paper in learnt_from]).requires_grad_()
    salience = torch.zeros(len(matrix), requires_grad=True)
    weights = torch.tensor(_START, requires_grad=True)
    steps = torch.optim.Adam([
        {"params": [matrix, salience], "lr": STEP},
        {"params": [weights], "lr": STEP_OF_WEIGHTS},
    ])  # fmt: skip
    for _ in range(PASSES):
        for paper, chosen in _batches(learnt_from, dice):
            loss = _loss(paper, chosen, matrix, salience, weights)
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            steps.step()
    return Projection(as_it_ships(matrix), as_it_ships(salience), model)


def as_it_ships(learnt: Tensor) -> Vectors:
    """Numbers rounded as they are written: what is learnt over them then fits what is read."""
    return learnt.detach().numpy().astype(np.float16).astype(np.float32)


def _principal(tokens: Sequence[Tensor]) -> Tensor:
    """The directions in which tokens differ most, shape (dimension, WIDTH), to begin with."""
    together = torch.stack([one.T @ one for one in tokens]).sum(0)
    directions: Tensor = torch.linalg.svd(together)[0]
    return directions[:, :WIDTH].clone()


def _batches(papers: Sequence[Paper], dice: random.Random) -> list[tuple[Paper, list[int]]]:
    batches = []
    for paper in papers:
        answered = [place for place, own in enumerate(paper.answers) if own]
        order = dice.sample(answered, len(answered))
        batches += [(paper, order[start : start + BATCH]) for start in range(0, len(order), BATCH)]
    dice.shuffle(batches)
    return batches


def _loss(paper: Paper, chosen: Sequence[int], matrix: Tensor, salience: Tensor, weights: Tensor) -> Tensor:
    """How improbable those that answer are, of all statements but those besides, given each of the ``chosen`` questions."""
    asked, there = padded([paper.asked[place] for place in chosen])
    of_question, of_statement = normalize(asked @ matrix, dim=-1), normalize(paper.tokens @ matrix, dim=-1)
    cosines = torch.einsum("nqh,mth->nmqt", of_question, of_statement).masked_fill(~paper.held[None, :, None], -1)
    shares = (asked @ salience).masked_fill(~there, _FAR).softmax(-1)
    late = (cosines.amax(-1) * shares[:, None]).sum(-1)
    scores = paper.alike[chosen] @ weights[:2] + weights[2] * late
    right, beside = torch.zeros(scores.shape, dtype=torch.bool), torch.zeros(scores.shape, dtype=torch.bool)
    for row, place in enumerate(chosen):
        right[row, list(paper.answers[place])] = True
        beside[row, list(paper.besides[place])] = True
    scores = scores.masked_fill(beside, _FAR)
    return -torch.logsumexp(log_softmax(scores, -1).masked_fill(~right, _FAR), -1).mean()


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows of different lengths as one tensor, and which of its places they fill."""
    padded = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    lengths = torch.tensor([len(row) for row in rows])
    return padded, torch.arange(padded.shape[1])[None, :] < lengths[:, None]


def save_projection(projection: Projection, path: Path) -> None:
    """Write what :func:`index.late_interaction.load_projection` reads, in half precision, with the digest of the cases."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        matrix=projection.matrix.astype(np.float16),
        salience=projection.salience.astype(np.float16),
        model=np.array(projection.model),
        learnt_from=np.array(digest_of(CALIBRATION)),
    )
