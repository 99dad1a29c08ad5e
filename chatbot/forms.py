"""What form a question has: whether it asks what somebody thinks, or for particulars that statements seldom give.

"Should inspection change?" and "Who pays inspectors?" name the same thing; what tells them apart are the words around it,
and those are alike whatever a document is about. So every word but function words is masked, and a logistic regression over
the words left, and their pairs, says which questions tend to have an answer. Learnt by ``scripts/calibrate.py``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from index.terms import words

FORM_FILE = Path(__file__).with_name("question_forms.json")
_MASK, _START, _END = "_", "<", ">"


@dataclass(frozen=True)
class Forms:
    """Weights of the words and pairs of words that are not masked; ``kept`` are the words that are not."""

    kept: frozenset[str]
    weights: Mapping[str, float]
    bias: float

    def log_odds(self, question: str) -> float:
        """Log odds that a question of this form has an answer, whatever it is about."""
        return self.bias + sum(self.weights.get(sign, 0.0) for sign in signs(question, self.kept))


def signs(question: str, kept: Collection[str]) -> frozenset[str]:
    """The words of a question and their pairs, those of its subject masked, with marks where it begins and ends."""
    masked = [_START, *(word if word in kept else _MASK for word in words(question)), _END]
    return frozenset([*masked, *(f"{first} {second}" for first, second in pairwise(masked))])


@cache
def load_forms(path: Path = FORM_FILE) -> Forms:
    """The forms that ship with the code."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Forms(frozenset(held["kept"]), held["weights"], held["bias"])
