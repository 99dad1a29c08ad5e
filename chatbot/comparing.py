"""What was changed between a pasted passage and its source, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|half|all|none|every|million|billion|per cent)$")
_NEGATION = frozenset(
    ["not", "no", "never", "none", "nor", "neither", "without", "cannot", "hardly", "rather", "than", "only", "against"]
)
_KINDS = {"replace": "changed", "insert": "left_out", "delete": "added", "equal": "same"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch of words. ``kind`` is ``same``, ``changed``, ``added`` (not in the source), ``left_out`` or ``joined``
    (what stands on either side does not follow one another in the source) or ``source`` (another place is named than the
    words stand in).

    ``concerns`` is ``number``, ``negation`` or ``name`` where such a word is touched, which always alters the sense.
    """

    kind: str
    yours: str
    source: str
    concerns: str | None = None


def differences(yours: str, source: str) -> tuple[Difference, ...]:
    """Both passages cut at the same places, in order, told apart word by word."""
    ours, theirs = _WORD.findall(yours), _WORD.findall(source)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    found = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        left, right = ours[start:end], theirs[other_start:other_end]
        concerns = None if tag == "equal" else _concerns(left, right)
        found.append(Difference(_KINDS[tag], " ".join(left), " ".join(right), concerns))
    return tuple(found)


def shared_words(yours: Sequence[str], source: Sequence[str]) -> tuple[int, int]:
    """How many words lie in runs of two or more that both have in order, and the longest such run."""
    blocks = SequenceMatcher(None, list(yours), list(source), autojunk=False).get_matching_blocks()
    runs = [block.size for block in blocks if block.size >= 2]
    return sum(runs), max(runs, default=0)


def _concerns(yours: Sequence[str], source: Sequence[str]) -> str | None:
    words = [part.strip(".,;:!?\"'()[]") for word in (*yours, *source) for part in word.split("-")]
    if any(_NUMBER.search(word.lower()) for word in words):
        return "number"
    if any(word.lower() in _NEGATION or word.lower().endswith("n't") for word in words):
        return "negation"
    return "name" if any(word[:1].isupper() for word in words) else None
