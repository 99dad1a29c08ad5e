"""What was changed between a pasted passage and its source, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_NUMBER = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|half|quarters?|thirds?|first|second"
    r"|once|twice|double|both|all|none|every|most|per|percent)$"
)
_NO = frozenset(["not", "no", "never", "none", "nor", "neither", "without", "cannot", "unless", "hardly"])
_NEGATION = _NO | {"rather", "than", "only", "against"}
_KINDS = {"replace": "changed", "insert": "left_out", "delete": "added", "equal": "same"}
_AROUND = ".,;:!?\"'()[]"
# One kind of quote mark, single or double, and one kind of dash. Character for character: no place moves.
_ONE_STYLE = str.maketrans(dict.fromkeys('’‘ʼ`“”"«»„‚‹›', "'") | dict.fromkeys("‐‑‒–—―−", "-"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch of words. ``kind`` is ``same``, ``changed``, ``added`` (not in the source), ``left_out``, ``joined``
    (what stands on either side does not follow one another in the source) or ``source`` (more or other is said of where
    the words stand than is so).

    ``concerns`` is ``number``, ``negation`` or ``name`` where such a word is touched, which always alters the sense, or
    ``character`` where a word only looks like the source's.
    """

    kind: str
    yours: str
    source: str
    concerns: str | None = None


def in_one_style(text: str) -> str:
    """White space as one space, one kind of quote mark and dash."""
    return " ".join(text.translate(_ONE_STYLE).split())


def says_no(text: str) -> bool:
    """Whether a text holds a word that turns its sense round."""
    words = [word.strip(_AROUND) for word in in_one_style(text).lower().split()]
    return any(word in _NO or word.endswith("n't") for word in words)


def differences(yours: str, source: str) -> tuple[Difference, ...]:
    """Both passages cut at the same places, in order, told apart word by word. What is passed over makes no difference."""
    ours, theirs = yours.split(), source.split()
    matcher = SequenceMatcher(None, _keys(ours, theirs), [word.translate(_ONE_STYLE) for word in theirs], autojunk=False)
    found = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        left, right = ours[start:end], theirs[other_start:other_end]
        concerns = None if tag == "equal" else _concerns(left, right)
        found.append(Difference(_KINDS[tag], " ".join(left), " ".join(right), concerns))
    return tuple(found)


def _keys(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """What each of our words is compared by: its first letter's case and its final full stop are passed over at the ends."""
    keys = [word.translate(_ONE_STYLE) for word in ours]
    if not keys or not theirs:
        return keys
    first, last = theirs[0].translate(_ONE_STYLE), theirs[-1].translate(_ONE_STYLE)
    if keys[0][1:] == first[1:] and keys[0][:1].lower() == first[:1].lower() and not first[1:2].isupper():
        keys[0] = first
    if keys[-1] in (last.removesuffix("."), f"{last}."):
        keys[-1] = last
    return keys


def shared_words(yours: Sequence[str], source: Sequence[str]) -> tuple[int, int]:
    """How many words lie in runs of two or more that both have in order, and the longest such run."""
    blocks = SequenceMatcher(None, list(yours), list(source), autojunk=False).get_matching_blocks()
    runs = [block.size for block in blocks if block.size >= 2]
    return sum(runs), max(runs, default=0)


def _concerns(yours: Sequence[str], source: Sequence[str]) -> str | None:
    words = [part.strip(_AROUND) for word in (*yours, *source) for part in word.translate(_ONE_STYLE).split("-")]
    if any(_deceives(character) for word in yours for character in word):
        return "character"
    if any(_NUMBER.search(word.lower()) for word in words):
        return "number"
    if any(word.lower() in _NEGATION or word.lower().endswith("n't") for word in words):
        return "negation"
    return "name" if any(word[:1].isupper() for word in words) else None


def _deceives(character: str) -> bool:
    """Whether a character is not seen, or is a letter of another script that may look like one of ours."""
    if character.isascii():
        return False
    return unicodedata.category(character) in ("Cf", "Cc", "Mn", "Me") or (
        character.isalpha() and not unicodedata.name(character, "").startswith("LATIN")
    )
