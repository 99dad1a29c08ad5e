"""Whose view a sentence gives, learnt from sentences that readers marked: ASCL's own, or somebody else's that is reported.

Two logistic regressions. The first sees a sentence's own signs (:mod:`corpus.voice_signs`); the second what the first says of
it and of those around it, for "It would also save money." goes on with whoever spoke before. ``scripts/calibrate.py`` learns
them, and ``docs/adr/0006-a-learnt-voice.md`` says what was measured.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import or_
from pathlib import Path

from corpus.text import plain
from corpus.voice_signs import BUCKETS, WORDS_FILE, signs

MODEL_FILE = Path(__file__).with_name("voice_model.json")
SCALES = (4.0, 3.0, 3.0, 4.0)  # lengths that the groups of signs are brought to
NOBODY = -3.0  # log odds of the likeliest report before the first sentence and after the last
AROUND = 29  # what the second regression sees of a sentence
_SIGNS_FILE, _RULES_FILE = (Path(__file__).with_name(name) for name in ("voice_signs.py", "reporting.py"))

_WORD = re.compile(r"[a-z']+")
_OWN = re.compile(r"\b(?:we|our|us|ascl)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:not|no|nor|never|nothing|little|only|wrong|mistake|error|damag\w+|harm\w*|undermin\w+|unfair\w*|worse|worst|better|should|must|"
    r"ought|welcome|sensible|right|risk\w*|burden\w*|unworkable|unrealistic|instead|rather|but|yet)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(r"\b(?:should|must|ought|needs?)\b", re.IGNORECASE)
_REFERRING = frozenset(("it", "they", "he", "she", "its", "their", "his", "her"))
_POINTING = frozenset(("that", "this", "these", "those", "such"))


@dataclass(frozen=True)
class VoiceModel:
    """``weights`` of the signs, one for each bucket, and of :func:`surroundings`, each with a bias."""

    weights: Sequence[float]
    bias: float
    around: Sequence[float]
    around_bias: float

    def others(self, sentences: Sequence[str], reported: Sequence[bool]) -> list[float]:
        """Log odds, for each sentence of a paragraph, that it gives somebody else's view; 0 is the operating point.

        ``reported`` says which of them a rule takes for a report.
        """
        alone = [self._alone(sentence) for sentence in sentences]
        return [
            sum(weight * value for weight, value in zip(self.around, row, strict=True)) + self.around_bias
            for row in surroundings(sentences, alone, reported)
        ]

    def _alone(self, sentence: str) -> float:
        return self.bias + sum(value * self.weights[bucket] for bucket, value in struck(sentence).items())


def struck(sentence: str) -> dict[int, float]:
    """The buckets that a sentence strikes, with their values; every group of signs is brought to its length in SCALES."""
    values: dict[int, float] = {}
    for group, scale in zip(signs(sentence), SCALES, strict=True):
        for bucket in group:
            values[bucket] = values.get(bucket, 0.0) + scale / len(group) ** 0.5
    return values


def surroundings(sentences: Sequence[str], alone: Sequence[float], reported: Sequence[bool]) -> list[tuple[float, ...]]:
    """What the second regression sees of each sentence of a paragraph; ``alone`` are the log odds by the first."""
    rows: list[tuple[float, ...]] = []
    highest_before = [NOBODY, *accumulate(alone, max)]
    highest_after = [*reversed([NOBODY, *accumulate(reversed(alone), max)])]
    owned = [float(_OWN.search(sentence) is not None) for sentence in sentences]
    owned_after = [*reversed([0.0, *accumulate(reversed(owned), max)])]
    reported_before = [False, *accumulate(reported, or_)]
    for place, sentence in enumerate(sentences):
        words = _WORD.findall(plain(sentence).lower())
        opening = words[0] if words else ""
        before = alone[place - 1] if place else 0.0
        highest = highest_before[place]
        refers, points = float(opening in _REFERRING), float(opening in _POINTING)
        own, verdict = owned[place], float(_VERDICT.search(plain(sentence)) is not None)
        demand = float(_DEMAND.search(sentence) is not None)
        last = float(place == len(sentences) - 1)
        # Who spoke goes on until ASCL is heard: after a report, nine in ten sentences without "we" are one, but for the last.
        goes_on = max(0.0, highest) * (1.0 - own)
        rows.append(
            (
                alone[place], max(0.0, alone[place]), float(reported[place]),
                before, max(0.0, before), float(place > 0 and reported[place - 1]),
                highest, max(0.0, highest), highest_after[place + 1], float(reported_before[place]),
                refers, points, own, verdict, float(place == 0),
                refers * before, points * before, own * before, verdict * before,
                own * max(0.0, highest), verdict * max(0.0, highest), refers * max(0.0, before),
                last, goes_on * (1.0 - last), goes_on * last, demand, demand * max(0.0, highest),
                owned_after[place + 1], goes_on * owned_after[place + 1],
            )
        )  # fmt: skip
    return rows


@cache
def load_voice_model(path: Path = MODEL_FILE) -> VoiceModel:
    """The model that ships with the code.

    Raises:
        ValueError: if the file holds more or fewer weights than the code computes signs.
    """
    held = json.loads(path.read_text(encoding="utf-8"))
    if (len(held["weights"]), len(held["around"])) != (BUCKETS, AROUND):
        raise ValueError(
            f"{path} was learnt over other signs than these; mend it with: python scripts/calibrate.py --only voices"
        )
    return VoiceModel([weight / 1000 for weight in held["weights"]], held["bias"], held["around"], held["around_bias"])


def signs_digest() -> str:
    """SHA-256, in hexadecimal, over the code, words and rules that signs are computed by: a test holds the model to it."""
    found = hashlib.sha256()
    for path in (_SIGNS_FILE, WORDS_FILE, _RULES_FILE):
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()
