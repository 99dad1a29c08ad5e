"""Learn which reading of a turn is meant: with the subjects before it, or by itself (:mod:`chatbot.leaning`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from chatbot.evaluation.cases import Case
from chatbot.judging import Logistic
from chatbot.leaning import Found, leans_on, seen

FOLDS = 5
STRENGTH = 0.1
LEFT_OPEN = 0.3  # worth of a reading that puts the right statement first and still has too low a chance to answer
LEFT_ALONE = 0.5  # worth of leaving a turn without an answer alone; that of answering rightly is 1


@dataclass(frozen=True)
class Turn:
    """A case with earlier turns, and what it finds in either reading; a chance of 0.5 or more would answer."""

    case: Case
    form: tuple[float, ...]
    leaning: Found
    alone: Found

    def worth(self, found: Found) -> float:
        """What a reading is worth, 0 to 1."""
        if not self.case.answerable:
            return LEFT_ALONE * (found.chance < 0.5)
        return (found.lead in self.case.expected_any) * (1.0 if found.chance >= 0.5 else LEFT_OPEN)


def learn_leaning(turns: Sequence[Turn]) -> Logistic:
    """A logistic regression on the turns whose readings differ in worth, each weighing as much as they differ.

    That is classification with costs of each example's own (Zadrozny, Langford and Abe 2003).
    """
    gained = np.array([turn.worth(turn.leaning) - turn.worth(turn.alone) for turn in turns])
    rows = np.array([seen(turn.form, turn.leaning, turn.alone) for turn in turns])
    telling = np.abs(gained) > 1e-9
    scaler = StandardScaler().fit(rows)
    learnt = LogisticRegression(C=STRENGTH, max_iter=5000)
    learnt.fit(scaler.transform(rows[telling]), gained[telling] > 0, sample_weight=np.abs(gained[telling]))
    return Logistic(
        [round(float(weight), 5) for weight in learnt.coef_[0]],
        [round(float(mean), 6) for mean in scaler.mean_],
        [round(float(scale), 6) or 1.0 for scale in scaler.scale_],
        round(float(learnt.intercept_[0]), 5),
    )


def measured_turns(turns: Sequence[Turn]) -> dict[str, dict[str, float]]:
    """How many in 100 turns are answered rightly and how many wrongly, by the learnt choice and by always choosing alike.

    The learnt choice is cross-validated: no case is read by coefficients that it helped to learn.
    """
    chosen: list[Found] = [turn.leaning for turn in turns]
    groups = [turn.case.id for turn in turns]
    for learn, test in GroupKFold(FOLDS).split(groups, groups=groups):
        model = learn_leaning([turns[number] for number in learn])
        for number in test:
            turn = turns[number]
            if not leans_on(model, turn.form, turn.leaning, turn.alone):
                chosen[number] = turn.alone
    return {
        "learnt": _shares(turns, chosen),
        "always_leaning": _shares(turns, [turn.leaning for turn in turns]),
        "always_alone": _shares(turns, [turn.alone for turn in turns]),
    }


def _shares(turns: Sequence[Turn], chosen: Sequence[Found]) -> dict[str, float]:
    answered = np.array([found.chance >= 0.5 for found in chosen])
    answerable = np.array([turn.case.answerable for turn in turns])
    right = np.array([found.lead in turn.case.expected_any for turn, found in zip(turns, chosen, strict=True)])
    return {
        "right_answers_per_100_answerable": round(100 * float((answered & right)[answerable].mean()), 1),
        "false_answers_per_100_unanswerable": round(100 * float(answered[~answerable].mean()), 1),
    }
