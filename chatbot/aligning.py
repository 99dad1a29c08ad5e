"""Whether a statement says what a question asks, token by token.

Each token of the question is set beside what of the statement is most like it, a mean of its tokens weighted by likeness. What
either says is compared, and what all comparisons say together decides (Parikh et al. 2016, decomposable attention). So what is
asked and not said is seen, where the likeness of whole texts hides it: "How much should inspectors be paid?" is like every
statement on inspectors. Learnt over invented papers by ``scripts/calibrate.py``, from the projected tokens that an index holds
(:mod:`index.late_interaction`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.late_interaction import Meeting, load_projection

MODEL_FILE = Path(__file__).with_name("alignment.npz")
OF_UNIT = 6.0  # unit vectors are raised by this: their numbers are small beside cosines
OF_COSINE = 4.0  # of the likest token's
OF_MEAN = 8.0  # of the likeness of the whole


@dataclass(frozen=True, eq=False)
class Alignment:
    """The weights, over tokens of the projection whose digest is ``projection``.

    A token has ``width`` numbers, is compared by ``n``, and ``m`` come of a comparison. ``asked`` and ``said`` (width, n) with
    ``asked_bias`` and ``said_bias`` (n,) give what tokens of either side say; ``compared`` (2 * n + 1, m) with ``compared_bias``
    (m,) what comes of them; ``decided`` (2 * m + 1,) and ``bias`` (1,) the log odds. ``sharpness`` (1,) says how much of a mean
    its likest token has.
    """

    asked: Vectors
    asked_bias: Vectors
    said: Vectors
    said_bias: Vectors
    compared: Vectors
    compared_bias: Vectors
    decided: Vectors
    bias: Vectors
    sharpness: Vectors
    projection: str

    def log_odds(self, met: Meeting) -> Vectors:
        """Log odds that each statement answers the question, shape (statements,)."""
        n = len(self.asked_bias)
        asked = OF_UNIT * met.focus.vectors @ self.asked + self.asked_bias
        said = self._said(met)
        # The difference and the product of both sides, and the cosine, each by its own rows of what they are compared with.
        compared = (asked - said) @ self.compared[:n] + (asked * said) @ self.compared[n:-1] + self.compared_bias
        compared = np.maximum(compared + OF_COSINE * met.likest[:, :, None] * self.compared[-1], 0)
        together = [met.focus.shares @ compared, compared.max(axis=1), OF_MEAN * met.likeness[:, None]]
        return np.asarray(np.concatenate(together, axis=1) @ self.decided + self.bias, dtype=np.float32)

    def _said(self, met: Meeting) -> Vectors:
        """What each statement says beside each token of the question, shape (statements, tokens of the question, n)."""
        raised = np.exp(self.sharpness * (met.cosines - met.likest[:, None, :])) * met.held[:, :, None]
        mean = raised.swapaxes(1, 2) @ met.tokens / raised.sum(axis=1)[:, :, None]
        return np.asarray(OF_UNIT * mean @ self.said + self.said_bias)


ARRAYS = tuple(field.name for field in fields(Alignment) if field.name != "projection")


@cache
def load_alignment(path: Path = MODEL_FILE) -> Alignment:
    """The weights that ship with the code.

    Raises:
        ValueError: if they were learnt over tokens of another projection than the one that ships.
    """
    with np.load(path, allow_pickle=False) as held:
        alignment = Alignment(**{name: held[name].astype(np.float32) for name in ARRAYS}, projection=str(held["projection"]))
    if alignment.projection != load_projection().digest:
        raise ValueError(f"{path} was learnt over another projection; mend it with: python scripts/calibrate.py --only judge")
    return alignment
