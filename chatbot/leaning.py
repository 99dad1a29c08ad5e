"""Whether a turn leans on what was asked before it: by its form, and by what is found with the earlier subjects and without.

"What could ministers do to help?" points to nothing and still asks about what came before; "And funding?" opens as a turn that
leans and stands alone. The coefficients are learnt from conversations, with the judge's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.judging import Logistic
from chatbot.understanding import FORM_OF_TURN

NAMES = (*FORM_OF_TURN, "to_context", "odds_alone", "odds_leaning", "same_lead")
_LEAST_CHANCE = 1e-4  # of log odds


@dataclass(frozen=True, slots=True)
class Found:
    """What one reading of a turn finds: the statement put first, the probability that it answers, and how near the turn's own
    words lie to the subjects it is read with, as a cosine.
    """

    lead: str
    chance: float
    to_context: float = 0.0


def seen(form: Sequence[float], leaning: Found, alone: Found) -> tuple[float, ...]:
    """A number for each of ``NAMES``; ``form`` as :func:`chatbot.understanding.form_of_turn` gives it."""
    odds = _log_odds(alone.chance), _log_odds(leaning.chance)
    return (*form, leaning.to_context, *odds, float(leaning.lead == alone.lead))


def leans_on(model: Logistic, form: Sequence[float], leaning: Found, alone: Found) -> bool:
    """Whether the turn is to be read with the subjects before it."""
    return bool(model.probabilities(np.array([seen(form, leaning, alone)]))[0] >= 0.5)


def _log_odds(chance: float) -> float:
    held = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(held / (1 - held))
