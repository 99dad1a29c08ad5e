"""Learn whether a statement says what a question asks (:mod:`chatbot.aligning`), from the cases about invented papers.

Learnt from are each answerable question with a statement that answers it and, against these, those of the two statements likest
to a question that do not answer it, whether or not another does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import KFold
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, dropout

from chatbot.aligning import ARRAYS, OF_COSINE, OF_MEAN, OF_UNIT, Alignment
from chatbot.evaluation.cases import CALIBRATION
from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.projecting import Paper, as_it_ships, learn_projection, padded
from index.late_interaction import Focus, Meeting, Projection

FOLDS = 5
COMPARED_BY = 48
FINDINGS = 24
PASSES = 6
BATCH = 32
STEP = 2e-3
DECAY = 3e-2
LEFT_OUT = 0.1  # of the numbers of a pass, at random (Srivastava et al. 2014)
SEED = 1
_OF_TOKENS = 4.0  # weight of the likeness by tokens beside those of passage and sentence, to tell which statements are likest
_WRONG = (1.0, 0.3)  # weight of the likest statement to a question without an answer, and of the one after it
_OTHER = 0.5  # of a statement that does not answer a question which has an answer
_FAR = -1e9


@dataclass(frozen=True)
class ByTokens:
    """A projection and the alignment that was learnt over tokens seen through it."""

    projection: Projection
    alignment: Alignment


@dataclass(frozen=True)
class _Pair:
    """The tokens of a question, projected, with what each counts; those of a statement; whether it answers, and its weight."""

    focus: Focus
    tokens: Tensor
    answers: bool
    weight: float


def learn_both(papers: Mapping[str, Paper], model: str, left_out: frozenset[str] = frozenset()) -> ByTokens:
    """Learn from all papers but those ``left_out``; ``model`` is the embedding model's digest. Deterministic on one machine."""
    projection = learn_projection(papers, model, left_out)
    pairs = [pair for name, paper in sorted(papers.items()) if name not in left_out for pair in _pairs(paper, projection)]
    return ByTokens(projection, _learn(pairs, projection.matrix.shape[1]))


def crossed_by_tokens(papers: Mapping[str, Paper], model: str) -> Mapping[str, ByTokens]:
    """For each paper, by its id, what was learnt without it."""
    names = sorted(papers)
    found: dict[str, ByTokens] = {}
    for _, test in KFold(FOLDS, shuffle=True, random_state=SEED).split(names):
        left_out = frozenset(names[number] for number in test)
        found.update(dict.fromkeys(left_out, learn_both(papers, model, left_out)))
    return found


def _pairs(paper: Paper, projection: Projection) -> list[_Pair]:
    statements = [projection.of(own[there].numpy()) for own, there in zip(paper.tokens, paper.held, strict=True)]
    together = padded([torch.tensor(one) for one in statements])
    tokens, held = (one.numpy() for one in together)
    pairs = []
    for asked, answers, besides, alike in zip(paper.asked, paper.answers, paper.besides, paper.alike, strict=True):
        focus = projection.focus(asked.numpy())
        likest = np.argsort(-(alike.sum(-1).numpy() + _OF_TOKENS * Meeting.of(focus, tokens, held).likeness))[:2]
        wrong = [(int(one), weight) for one, weight in zip(likest, _WRONG, strict=False) if one not in (*answers, *besides)]
        pairs += [_Pair(focus, torch.tensor(statements[one]), False, _OTHER if answers else weight) for one, weight in wrong]
        pairs += [_Pair(focus, torch.tensor(statements[one]), True, 1.0) for one in answers[:1]]
    return pairs


def _learn(pairs: Sequence[_Pair], width: int) -> Alignment:
    torch.manual_seed(SEED)
    draw = np.random.default_rng(SEED)
    net = _Net(width)
    steps = torch.optim.AdamW(net.parameters(), lr=STEP, weight_decay=DECAY)
    batches = -(-len(pairs) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(steps, STEP, total_steps=PASSES * batches)
    for _ in range(PASSES):
        order = draw.permutation(len(pairs))
        for start in range(0, len(order), BATCH):
            chosen = [pairs[place] for place in order[start : start + BATCH]]
            truth = torch.tensor([float(pair.answers) for pair in chosen])
            weight = torch.tensor([pair.weight for pair in chosen])
            loss = binary_cross_entropy_with_logits(net(chosen), truth, weight=weight)
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            steps.step()
            pace.step()
    return net.learnt()


class _Net(torch.nn.Module):
    """:class:`Alignment` while it is learnt."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.asked, self.said = torch.nn.Linear(width, COMPARED_BY), torch.nn.Linear(width, COMPARED_BY)
        self.compared, self.decided = torch.nn.Linear(2 * COMPARED_BY + 1, FINDINGS), torch.nn.Linear(2 * FINDINGS + 1, 1)
        self.sharpness = torch.nn.Parameter(torch.tensor([15.0]))

    def forward(self, pairs: Sequence[_Pair]) -> Tensor:
        question, asked_there = padded([torch.tensor(pair.focus.vectors) for pair in pairs])
        statement, said_there = padded([pair.tokens for pair in pairs])
        shares, _ = padded([torch.tensor(pair.focus.shares) for pair in pairs])
        cosines = (question @ statement.transpose(1, 2)).masked_fill(~said_there[:, None], -1)
        likest = cosines.amax(-1)
        mean = (self.sharpness * cosines).masked_fill(~said_there[:, None], _FAR).softmax(-1) @ statement
        asked, said = self.asked(dropout(OF_UNIT * question, LEFT_OUT)), self.said(dropout(OF_UNIT * mean, LEFT_OUT))
        beside = torch.cat([asked - said, asked * said, OF_COSINE * likest[..., None]], -1)
        compared = torch.relu(self.compared(beside))
        best = compared.masked_fill(~asked_there[..., None], _FAR).amax(1)
        late = (shares * likest).sum(1, keepdim=True)
        of_all = (shares[..., None] * compared).sum(1)
        together = torch.cat([dropout(of_all, LEFT_OUT), dropout(best, LEFT_OUT), OF_MEAN * late], -1)
        odds: Tensor = self.decided(together)[:, 0]
        return odds

    def learnt(self) -> Alignment:
        """The weights as plain arrays."""
        held = {
            "asked": self.asked.weight.T, "asked_bias": self.asked.bias,
            "said": self.said.weight.T, "said_bias": self.said.bias,
            "compared": self.compared.weight.T, "compared_bias": self.compared.bias,
            "decided": self.decided.weight[0], "bias": self.decided.bias, "sharpness": self.sharpness,
        }  # fmt: skip
        return Alignment(**{name: as_it_ships(held[name]) for name in ARRAYS}, projection="")


def save_alignment(alignment: Alignment, path: Path, projection: str) -> None:
    """Write what :func:`chatbot.aligning.load_alignment` reads, in half precision, with the digests of the cases and of the file
    of the ``projection`` that it was learnt with.
    """
    arrays = {name: getattr(alignment, name).astype(np.float16) for name in ARRAYS}
    sources = {"learnt_from": np.array(digest_of(CALIBRATION)), "projection": np.array(projection)}
    np.savez_compressed(path, allow_pickle=False, **sources, **arrays)
