"""Repair slips of the keyboard against words that are known to matter. The only importer of rapidfuzz.

A word is repaired only when neither the corpus, nor the glossary, nor the encoder's own vocabulary holds it, and never
when it looks like an abbreviation or a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST_REPAIRED = 4  # letters; below, nearly every word is one slip from another
LONG_WORD = 7  # letters, from which two slips are repaired instead of one

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*[A-Za-z]")
# Spellings of the ear and of the phone, for function words too short to be repaired by distance.
_EVERYDAY = {
    "wot": "what", "wat": "what", "teh": "the", "dose": "does", "duz": "does", "shud": "should", "shld": "should",
    "sshould": "should", "wud": "would", "cud": "could", "abt": "about", "abuot": "about", "u": "you", "ur": "your",
    "r": "are", "y": "why", "n": "and", "thier": "their", "becuase": "because", "skool": "school", "skools": "schools",
    "skul": "school", "govt": "government", "gov": "government", "yr": "year", "yrs": "years", "pls": "please",
    "plz": "please",
}  # fmt: skip
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "ness", "less", "ful", "able", "ist", "ism")
_BEGINNINGS = ("de", "un", "re", "non", "over", "under", "mis", "pre", "anti", "inter", "co", "sub", "post")
_SHORTEST_BASE = 5  # letters before such an ending; "techer" is no form of "tech"
RARE = 20_000  # rank from which a known word one slip from a word of ours is taken for that slip ("minsters")


COMMON = 25_000  # of the known words, most frequent first, that a slip may be repaired to


class Speller:
    """Knows the words of the corpus and glossary (``preferred``) and of English (``known``, most frequent first)."""

    def __init__(self, preferred: Collection[str], known: Sequence[str], never: Collection[str]) -> None:
        self._ours = frozenset(preferred) | frozenset(never)
        self._rank = rank = {word: place for place, word in enumerate(known)}
        # The more frequent of two equally near words is the likelier.
        self._preferred = sorted(
            {word for word in preferred if len(word) >= SHORTEST_REPAIRED}, key=lambda word: (rank.get(word, len(known)), word)
        )
        self._known = frozenset(known) | frozenset(preferred) | frozenset(never)
        self._common = [word for word in known[:COMMON] if len(word) >= SHORTEST_REPAIRED]
        self._repair = lru_cache(maxsize=4096)(self._nearest)

    def repaired(self, text: str) -> str:
        """The text with slips repaired, everything else as it was."""
        return _TOKEN.sub(lambda token: self._token(token[0]), text)

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one of ours or of English, or a known word with an everyday ending or beginning."""
        return word in self._known or self._inflected(word)

    def _token(self, token: str) -> str:
        word = token.replace("’", "'")
        if word.lower() in _EVERYDAY:
            return _EVERYDAY[word.lower()]
        bare = word.lower().removesuffix("'s").removesuffix("s'")
        # A contraction ("we've") is no slip, and an abbreviation or a short word has no safe repair.
        if "'" in bare or len(bare) < SHORTEST_REPAIRED or _is_abbreviation(word) or bare in self._ours:
            return token
        if self.knows(bare):
            return self._rarely_meant(bare) or token
        return self._repair(bare, word[0].isupper()) or token

    def _rarely_meant(self, word: str) -> str | None:
        """A word of ours that a rare English word is one slip from, with the same first letter."""
        if len(word) < LONG_WORD or self._rank.get(word, 0) < RARE:
            return None
        near = process.extractOne(word, self._preferred, scorer=OSA.distance, score_cutoff=1)
        return str(near[0]) if near is not None and near[0][0] == word[0] and near[0] + "s" != word else None

    def _inflected(self, word: str) -> bool:
        if any(
            word.endswith(end) and word[: -len(end)] in self._known and len(word) >= len(end) + _SHORTEST_BASE for end in _ENDINGS
        ):
            return True
        if any(
            word.startswith(start) and word[len(start) :] in self._known for start in _BEGINNINGS if len(word) >= len(start) + 4
        ):
            return True
        halves = ((word[:cut], word[cut:]) for cut in range(4, len(word) - 3))
        return any(left in self._known and right in self._known for left, right in halves)

    def _nearest(self, word: str, capital: bool) -> str | None:
        slips = 2 if len(word) >= LONG_WORD else 1
        near = process.extractOne(word, self._preferred, scorer=OSA.distance, score_cutoff=slips)
        if near is not None:
            return str(near[0])
        if capital:  # a capital and no word of ours near it: more likely a name than a slip
            return None
        near = process.extractOne(word, self._common, scorer=OSA.distance, score_cutoff=slips)
        return str(near[0]) if near is not None else None


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 6 and word.isupper()
