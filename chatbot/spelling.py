"""Repair slips of the keyboard against words that are known to matter. The only importer of rapidfuzz.

A word is repaired only when neither the corpus, nor the glossary, nor the encoder's own vocabulary holds it, and never
when it looks like an abbreviation or a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_REPAIRED = 4  # letters; below, nearly every word is one slip from another
LONG_WORD = 7  # letters, from which two slips are repaired instead of one

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*[A-Za-z]")
# Spellings of the ear and of the phone, for function words too short to be repaired by distance.
_EVERYDAY = {
    "wot": "what", "wat": "what", "teh": "the", "dose": "does", "shud": "should", "shld": "should", "wud": "would", "cud": "could",
    "abt": "about", "abuot": "about", "u": "you", "ur": "your", "r": "are", "thier": "their", "becuase": "because", "skool": "school",
    "skools": "schools", "skul": "school", "govt": "government", "gov": "government", "edu": "education", "yr": "year", "yrs": "years",
    "duz": "does", "y": "why", "n": "and", "pls": "please", "plz": "please", "sshould": "should",
}  # fmt: skip


class Speller:
    """Knows the words of the corpus and glossary (``preferred``) and of English at large (``known``)."""

    def __init__(self, preferred: Collection[str], known: Collection[str], never: Collection[str]) -> None:
        self._preferred = sorted(word for word in set(preferred) if len(word) >= SHORTEST_REPAIRED)
        self._known = frozenset(known) | frozenset(preferred) | frozenset(never)
        self._common = sorted(word for word in set(known) if len(word) >= SHORTEST_REPAIRED)
        self._repair = lru_cache(maxsize=4096)(self._nearest)

    def repaired(self, text: str) -> str:
        """The text with slips repaired, everything else as it was."""
        return _TOKEN.sub(lambda token: self._token(token[0]), text)

    def _token(self, token: str) -> str:
        word = token.replace("’", "'")
        if word.lower() in _EVERYDAY:
            return _EVERYDAY[word.lower()]
        bare = word.lower().removesuffix("'s").replace("'", "")
        if len(bare) < SHORTEST_REPAIRED or bare in self._known or self._inflected(bare) or _is_abbreviation(word):
            return token
        repair = self._repair(bare, word[0].isupper())
        return repair if repair else token

    def _inflected(self, word: str) -> bool:
        """Whether a known word with an everyday ending: a plural, a past, a comparison."""
        endings = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "less", "ful", "able", "ment", "ist", "ism")
        if any(word.endswith(end) and word[: -len(end)] in self._known and len(word) > len(end) + 2 for end in endings):
            return True
        if word.endswith("ing") and word[:-3] + "e" in self._known:
            return True
        halves = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        if any(left in self._known and right in self._known for left, right in halves if len(left) > 3 and len(right) > 3):
            return True
        return word.endswith("ies") and word[:-3] + "y" in self._known

    def _nearest(self, word: str, capital: bool) -> str | None:
        slips = 2 if len(word) >= LONG_WORD else 1
        near = process.extractOne(word, self._preferred, scorer=OSA.distance, score_cutoff=slips)
        if near is not None:
            return str(near[0])
        if capital:  # a capital and no word of ours near it: more likely a name than a slip
            return None
        near = process.extractOne(word, self._common, scorer=OSA.distance, score_cutoff=1)
        return str(near[0]) if near is not None else None


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 6 and word.isupper()
