"""Repair slips of the keyboard and of the ear against words that are known to matter.

A word is repaired only when neither the corpus, nor the glossary, nor the encoder's own vocabulary holds it, and never
when it looks like an abbreviation or a name. Of several words it may stand for, the likelier is the one that is near in
letters or in sound, is a word of ours, is frequent, and is known to stand beside the same neighbours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from math import log10

from jellyfish import metaphone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.terms import FUNCTION_WORDS

SHORTEST_REPAIRED = 4  # letters; below, nearly every word is one slip from another
LONG_WORD = 7  # letters, from which two slips are repaired instead of one

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’]*[A-Za-z]")
# Spellings of the ear and of the phone, for function words too short to be repaired by distance.
_EVERYDAY = {
    "wot": "what", "wat": "what", "teh": "the", "dose": "does", "duz": "does", "shud": "should", "shld": "should",
    "sshould": "should", "wud": "would", "cud": "could", "abt": "about", "abuot": "about", "u": "you", "ur": "your",
    "r": "are", "y": "why", "n": "and", "thier": "their", "becuase": "because", "skool": "school", "skools": "schools",
    "skul": "school", "govt": "government", "gov": "government", "yr": "year", "yrs": "years", "pls": "please",
    "tchr": "teacher", "tchrs": "teachers", "sch": "school", "schs": "schools", "mins": "minutes", "hrs": "hours",
    "wks": "weeks", "mths": "months", "bldgs": "buildings", "b4": "before", "shudnt": "shouldn't",
    "plz": "please", "enuff": "enough", "enuf": "enough", "wy": "why", "wen": "when", "wich": "which",
    "becos": "because", "cos": "because", "wats": "what's", "whats": "what's", "dont": "don't",
    "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "werent": "weren't",
    "havent": "haven't", "hasnt": "hasn't", "cant": "can't", "wont": "won't", "shouldnt": "shouldn't",
    "wouldnt": "wouldn't", "couldnt": "couldn't", "youre": "you're", "theyre": "they're", "ive": "I've", "thats": "that's",
}  # fmt: skip
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "ness", "less", "ful", "able", "ist", "ism")
_BEGINNINGS = ("de", "un", "re", "non", "over", "under", "mis", "pre", "anti", "inter", "co", "sub", "post")
_SHORTEST_BASE = 5  # letters before such an ending; "techer" is no form of "tech"
RARE = 20_000  # rank from which a known word one slip from a word of ours is taken for that slip ("minsters")
UNUSUAL = 6_000  # rank from which a known word gives way to a word of ours that fits its neighbours ("collage of teaching")
SHORTEST_HEARD = 5  # letters, from which a word may be known by its sound alone
NEAREST = 12  # words near in letters that are weighed against one another
PASSES = 3  # a repaired word may be the neighbour that its own neighbour is repaired by
COMMON = 25_000  # of the known words, most frequent first, that a slip may be repaired to


Sides = tuple[str, str]  # the words to the left and to the right; empty at an end


class Speller:
    """Knows the words of the corpus and glossary (``preferred``) and of English (``known``, most frequent first).

    ``pairs`` are words known to stand beside one another, as :func:`index.lexicon.neighbours` gives them; ``stated`` are
    those of the statements alone, strong enough to bend a right word that fits nowhere ("collage of teaching").
    """

    def __init__(
        self,
        preferred: Collection[str],
        known: Sequence[str],
        never: Collection[str],
        pairs: Collection[str] = frozenset(),
        stated: Collection[str] = frozenset(),
    ) -> None:
        self._ours = frozenset(preferred) | frozenset(never)
        self._rank = rank = {word: place for place, word in enumerate(known)}
        self._preferred = sorted(
            {word for word in preferred if len(word) >= SHORTEST_REPAIRED}, key=lambda word: (rank.get(word, len(known)), word)
        )
        self._frequent = known[:COMMON]
        self._pairs, self._stated = frozenset(pairs), frozenset(stated)
        self._candidates = lru_cache(maxsize=4096)(self._near)
        self._common_of = lru_cache(maxsize=64)(self._of_length)

    def repaired(self, text: str) -> str:
        """The text with slips repaired, everything else as it was."""
        for _ in range(PASSES):
            before, text = text, self._pass(text)
            if text == before:
                break
        return text

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is one of ours or of English, or a known word with an everyday ending or beginning."""
        return self._held(word) or self._inflected(word)

    def _held(self, word: str) -> bool:
        return word in self._rank or word in self._ours

    def _pass(self, text: str) -> str:
        around = [_bare(token[0]) for token in _TOKEN.finditer(text)]
        telling = [place for place, word in enumerate(around) if word not in FUNCTION_WORDS]
        sides: dict[int, Sides] = {}
        for order, place in enumerate(telling):
            left = around[telling[order - 1]] if order else ""
            right = around[telling[order + 1]] if order + 1 < len(telling) else ""
            sides[place] = (left, right)
        places = iter(range(len(around)))
        return _TOKEN.sub(lambda token: self._token(token[0], sides.get(next(places), ("", ""))), text)

    def _token(self, token: str, sides: Sides) -> str:
        word = token.replace("’", "'")
        if word.lower() in _EVERYDAY:
            return _EVERYDAY[word.lower()]
        bare = _bare(word)
        # A contraction ("we've") is no slip, and an abbreviation or a short word has no safe repair.
        if "'" in bare or len(bare) < SHORTEST_REPAIRED or _is_abbreviation(word) or bare in self._ours:
            return token
        if bare in self._rank:
            return self._rarely_meant(bare) or self._meant_here(bare, sides) or token
        if self._inflected(bare):
            return self._one_slip_off(bare) or token
        return self._likeliest(bare, sides, capital=word[0].isupper()) or token

    def _rarely_meant(self, word: str) -> str | None:
        """A word of ours that a rare English word is one slip from, with the same first letter."""
        if len(word) < LONG_WORD or self._rank.get(word, 0) < RARE or self._of_common_word(word):
            return None
        near = process.extractOne(word, self._preferred, scorer=OSA.distance, score_cutoff=1)
        return str(near[0]) if near is not None and _slipped_inside(word, str(near[0])) else None

    def _of_common_word(self, word: str) -> bool:
        """Whether a rare word is but a form of a common one ("messing")."""
        bases = {word.removesuffix(ending) for ending in ("ing", "ed", "er", "ers", "ly") if word.endswith(ending)}
        return any(self._rank.get(form, RARE) < UNUSUAL for base in bases for form in (base, f"{base}e"))

    def _meant_here(self, word: str, sides: Sides) -> str | None:
        """A word of ours that sounds as an unusual one does, stated beside a neighbour that the word is never beside."""
        if self._rank.get(word, 0) < UNUSUAL or self._beside(word, sides, self._pairs):
            return None
        alike = [one for one in self._candidates(word) if metaphone(one) == metaphone(word) and OSA.distance(word, one) == 1]
        return next((one for one in alike if self._beside(one, sides, self._stated)), None)

    def _one_slip_off(self, word: str) -> str | None:
        """For a word that is only known as a form of another ("inspecters"): the word of ours one slip away."""
        if len(word) < LONG_WORD:
            return None
        near = process.extract(word, self._preferred, scorer=OSA.distance, score_cutoff=1, limit=3)
        return next((str(one[0]) for one in near if _slipped_inside(word, str(one[0]))), None)

    def _inflected(self, word: str) -> bool:
        if any(word.endswith(end) and self._held(word.removesuffix(end) + "y") for end in ("ier", "iest", "ily", "iness")):
            return True
        if any(
            word.endswith(end) and self._held(word[: -len(end)]) and len(word) >= len(end) + _SHORTEST_BASE for end in _ENDINGS
        ):
            return True
        if any(
            word.startswith(start) and self._held(word[len(start) :]) and word[len(start) :] not in FUNCTION_WORDS
            for start in _BEGINNINGS
            if len(word) >= len(start) + 4
        ):
            return True
        halves = ((word[:cut], word[cut:]) for cut in range(4, len(word) - 3))
        return any(self._held(left) and self._held(right) for left, right in halves)

    def _likeliest(self, word: str, sides: Sides, capital: bool) -> str | None:
        # A capital and no word of ours near it: more likely a name than a slip.
        near = [one for one in self._candidates(word) if one in self._ours or not capital]
        return min(near, key=lambda one: (self._cost(word, one, sides), one), default=None)

    def _near(self, word: str) -> tuple[str, ...]:
        """Words near in letters, or alike in sound and not far in letters."""
        slips = 2 if len(word) >= LONG_WORD else 1
        found = {
            str(one[0])
            for held in (self._preferred, self._common_of(len(word), slips))
            for one in process.extract(word, held, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST)
        }
        alike = self._by_sound.get(metaphone(word), ()) if len(word) >= SHORTEST_HEARD else ()
        return tuple(sorted(found | {one for one in alike if one[0] == word[0] and OSA.distance(word, one) <= len(word) // 2}))

    def _of_length(self, letters: int, slips: int) -> list[str]:
        """The common words that so many slips could make of so many letters, in their order: half of them need no look."""
        return [word for word in self._common if abs(len(word) - letters) <= slips]

    @cached_property
    def _common(self) -> list[str]:
        """The words that a slip may be repaired to besides ours."""
        return [word for word in self._frequent if len(word) >= SHORTEST_REPAIRED]

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        held = defaultdict(list)
        for word in {*self._preferred, *self._common[:UNUSUAL]}:
            held[metaphone(word)].append(word)
        return held

    def _cost(self, word: str, meant: str, sides: Sides) -> float:
        """How unlikely it is that one word was typed for another. The parts were set by hand on the calibration slips."""
        cost = float(OSA.distance(word, meant))
        if metaphone(word) == metaphone(meant):
            cost = min(cost - 0.3, 0.8 + 0.15 * cost)
        return (
            cost
            + 0.12 * log10(10 + self._rank.get(meant, 2 * COMMON))
            + (0.0 if meant in self._ours else 0.5)
            + (0.4 if meant[0] != word[0] else 0.0)
            + (0.3 if meant in FUNCTION_WORDS else 0.0)
            - (0.25 if _within(word, meant) else 0.0)
            - (0.4 if _undoubled(word) == _undoubled(meant) else 0.0)
            - (0.8 if self._beside(meant, sides, self._pairs) else 0.0)
        )

    @staticmethod
    def _beside(word: str, sides: Sides, pairs: Collection[str]) -> bool:
        return f"{sides[0]} {word}" in pairs or f"{word} {sides[1]}" in pairs


def _bare(token: str) -> str:
    return token.replace("’", "'").lower().removesuffix("'s").removesuffix("s'")


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _slipped_inside(word: str, meant: str) -> bool:
    """Whether two words begin and end alike and differ by a letter changed, left out or doubled between."""
    if word[0] != meant[0] or word[-1] != meant[-1]:
        return False
    return len(word) == len(meant) or _within(word, meant) or _undoubled(word) == _undoubled(meant)


def _within(word: str, meant: str) -> bool:
    """Whether letters were only left out: those typed all stand in the word meant, in order."""
    letters = iter(meant)
    return all(letter in letters for letter in word)


def _is_abbreviation(word: str) -> bool:
    return len(word) <= 6 and word.removesuffix("s").isupper()
