"""Accept or leave alone: learnt from cases, in two steps.

First the fit of each candidate: the probability that this statement, of all that were found, answers. Then, for the best
of them, the probability that there is an answer at all: no similarity can tell that alone, whether the thing asked for is
covered is the strongest sign. The coefficients live in ``judging_model.json`` with a note of the cases they were learnt
from; ``scripts/calibrate.py`` learns them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from chatbot.signals import NAMES, Matrix

MODEL_FILE = Path(__file__).with_name("judging_model.json")
FEW = 4  # candidates, under which none can be compared with the others
RIVALS = ("passage_lead", "sentence_lead", "fused_lead", "section", "fused", "late_lead")
EXTRA_SIGNALS = ("best_fit", "second_fit")  # log odds, added to the best candidate's signals in the second step


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over standardised inputs. What is not a number is not known, and weighs as its mean does: nothing."""

    weights: Sequence[float]
    means: Sequence[float]
    scales: Sequence[float]
    bias: float

    def probabilities(self, rows: Matrix) -> Matrix:
        """Probability in [0, 1] of each row, shape (rows,)."""
        standard = (rows - np.asarray(self.means)) / np.asarray(self.scales)
        standard = np.where(np.isnan(standard), 0.0, standard)
        return np.asarray(1.0 / (1.0 + np.exp(-(standard @ np.asarray(self.weights) + self.bias))))


@dataclass(frozen=True)
class Judge:
    """Both steps, each learnt four times (:func:`kind_of`): for statements with curated questions and for ``plain`` ones without,
    and of either for questions that stand alone and for those that lean on an earlier one. A follow-up lies near whatever
    answered the question before it, answer or no ("And how many would sit on that panel?").

    ``threshold`` is the operating point, the least probability at which an answer is given. ``extra_here`` and
    ``extra_elsewhere`` are the shares of the best fit that a further statement must reach to be quoted beside it, in
    the best one's section and in another. ``leaning`` tells which reading of a turn is meant (:mod:`chatbot.leaning`).
    ``trade_off`` says of each kind what was measured at which threshold.
    """

    fit: Mapping[str, Logistic]
    answerable: Mapping[str, Logistic]
    threshold: float
    extra_here: float
    extra_elsewhere: float
    leaning: Logistic
    trade_off: Mapping[str, Sequence[Mapping[str, float]]] = field(default_factory=dict)

    def measured(self, threshold: float, kind: str) -> Mapping[str, float]:
        """What was measured by cross-validation at the point of the trade-off nearest to ``threshold``; empty if nothing was."""
        curve = self.trade_off.get(kind, ())
        return min(curve, key=lambda point: abs(point["threshold"] - threshold), default={})

    def weighed(self, rows: Matrix) -> Matrix:
        """The probability of each candidate to answer, shape (candidates,): what both steps say together.

        Statements with curated questions and plain ones are judged apart. The best of either has the probability that
        it answers at all; the others have their share of it, by fit. So the highest of all is the probability that the
        question has an answer.
        """
        curated = rows[:, NAMES.index("curated")] > 0
        weighed = np.zeros(len(rows))
        for kind, own in (("curated", curated), ("plain", ~curated)):
            if own.any():
                weighed[own] = self._of_kind(kind, rows[own])
        return weighed

    def _of_kind(self, kind: str, rows: Matrix) -> Matrix:
        leaning = bool(rows[0, NAMES.index("leaning")] > 0)
        name = kind_of(kind == "curated", leaning)
        first, second = self.fit[name], self.answerable[name]
        few = len(rows) < FEW
        fits = first.probabilities(_without_rivals(rows, second) if few else rows)
        seen = evidence(_without_rivals(rows, second) if few else rows, fits)
        if few:  # how far the best leads says nothing where hardly anything else is held
            seen[-1] = second.means[-1]
        chance = float(second.probabilities(seen[None, :])[0])
        return np.asarray(chance * fits / max(float(fits.max()), 1e-12))


def kind_of(curated: bool, leaning: bool) -> str:
    """What both steps are learnt for: statements with curated questions or without, questions that lean or stand alone."""
    return ("curated" if curated else "plain") + ("_leaning" if leaning else "")


def _without_rivals(rows: Matrix, model: Logistic) -> Matrix:
    """The rows with what compares the best-scored candidate to the others as the best of many have it on average.

    Of a paper of one statement it would always be 0, as it is for those that answer nothing. ``model`` is the second step.
    """
    neutral = rows.copy()
    best = int(np.argmax(rows[:, NAMES.index("fused")]))
    for name in RIVALS:
        neutral[best, NAMES.index(name)] = model.means[NAMES.index(name)]
    return neutral


def evidence(rows: Matrix, fits: Matrix) -> Matrix:
    """What the second step sees: the best candidate's signals, and the log odds of the best and second-best fit."""
    order = np.argsort(-fits, kind="stable")
    second = fits[order[1]] if len(order) > 1 else 0.0
    return np.concatenate([rows[order[0]], _log_odds(np.array([fits[order[0]], second]))])


def _log_odds(probabilities: Matrix) -> Matrix:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))


@cache
def load_judge(path: Path = MODEL_FILE) -> Judge:
    """The judge that ships with the code.

    Raises:
        ValueError: if the file was learnt over other signals than the code computes.
    """
    held = json.loads(path.read_text(encoding="utf-8"))
    if tuple(held["signals"]) != NAMES:
        raise ValueError(f"{path} was learnt over other signals than these; mend it with: python scripts/calibrate.py")
    return Judge(
        fit={kind: Logistic(**values) for kind, values in held["fit"].items()},
        answerable={kind: Logistic(**values) for kind, values in held["answerable"].items()},
        threshold=held["threshold"],
        extra_here=held["extra_here"],
        extra_elsewhere=held["extra_elsewhere"],
        leaning=Logistic(**held["leaning"]),
        trade_off={kind: held["measured"][kind]["trade_off"] for kind in held["answerable"]},
    )
