"""What words mean in this corpus: how telling each is, and what the glossary lets stand in for it."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.lexicon import Lexicon, Links, Phrase
from index.terms import terms

# Words of so many titles and questions that sharing them says nothing about a topic.
COMMON_TERMS = frozenset(
    terms("school schools college colleges education educational student students pupil teacher teachers paper initial leader")
)
# Words for something named before: "what would the new kind look like?" names nothing by itself.
GENERAL_TERMS = frozenset(
    terms(
        "kind sort type version approach idea plan change alternative arrangement thing reason risk downside upside benefit "
        "advantage disadvantage drawback point difference problem answer solution proposal option result effect consequence "
        "example detail ideal new old different better best worse bigger main describe look happen explain mean involve include "
        "work matter next nothing everything something anything instead already long far wrong right good bad exactly really "
        "ideally enough"
    )
)
LONGEST_PHRASE = 5  # terms; no glossary term is longer
MOST_NAMES = 2  # that stand in for a thing that statements call otherwise; more changed nothing on papers left out


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a question names: a glossary term, or a single word, as stems.

    ``same`` holds the phrases that may stand in for it, ``related`` those that only help to find.
    """

    phrase: Phrase
    same: frozenset[Phrase] = frozenset()
    related: frozenset[Phrase] = frozenset()


class Vocabulary:
    """The words of a corpus, of its questions and of its glossary, and what they tell."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.own_terms = [frozenset(own) for own in lexicon.own]
        self.heading_terms = [frozenset(heading) for heading in lexicon.headings]
        self.all_terms = [own.union(asked) for own, asked in zip(self.own_terms, lexicon.asked, strict=True)]
        self.unanswered_terms = lexicon.unanswered
        self._held = frozenset().union(*self.all_terms)
        self._count = Counter(term for held in self.own_terms for term in held)
        # Every glossary term, and everything that means the same, with the entries it stands in.
        self._links: defaultdict[Phrase, list[Links]] = defaultdict(list)
        for links in lexicon.links:
            for phrase in links.alike:
                self._links[phrase].append(links)
        self._own = lexicon.own
        linked = {term for links in lexicon.links for phrase in (*links.alike, *links.narrower) for term in phrase}
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, held in enumerate(self.own_terms):
            for term in held & linked:
                self._postings[term].append(number)
        self._saying = lru_cache(maxsize=4096)(self._counted)

    def weight(self, term: str) -> float:
        """How telling a term is: inverse document frequency, from about 0.3 (everywhere) to log(2N + 1) (unknown)."""
        return math.log(1 + (len(self.own_terms) + 0.5) / (self._count[term] + 0.5))

    def knows(self, term: str) -> bool:
        """Whether any statement holds the term."""
        return term in self._count

    def phrases(self, unit: Unit) -> tuple[Phrase, ...]:
        """The unit's phrase and what may stand in for it, without any that no statement and no curated question could name."""
        return tuple(phrase for phrase in (unit.phrase, *unit.same) if self._held.issuperset(phrase))

    def our_names(self, units: Sequence[Unit]) -> list[str]:
        """What statements call the things that they never call as the asker does.

        Of each thing the names that mean just the same come first, then those that the fewest statements say.
        """
        names: dict[str, None] = {}
        for unit in units:
            if unit.phrase not in self._links or self._saying(unit.phrase):
                continue
            said = {
                phrase: (not alike, self._saying(phrase), text)
                for links in self._links[unit.phrase]
                for phrase, text, alike in links.named()
                if not COMMON_TERMS.issuperset(phrase) and self._saying(phrase)
            }
            names |= dict.fromkeys(text for _, _, text in sorted(said.values())[:MOST_NAMES])
        return list(names)

    def _counted(self, phrase: Phrase) -> int:
        """How many statements say a phrase of the glossary: its terms one after another, function words passed over."""
        if len(phrase) == 1:
            return self._count[phrase[0]]
        rarest = min(phrase, key=self._count.__getitem__)
        return sum(_says(self._own[number], phrase) for number in self._postings.get(rarest, ()))

    def units(self, question_terms: Sequence[str]) -> tuple[Unit, ...]:
        """The things a question names, longest glossary terms first taken, each once, in order."""
        return tuple(self._unit(phrase) for phrase in dict.fromkeys(self._segments(question_terms)))

    def _unit(self, phrase: Phrase) -> Unit:
        held = self._links.get(phrase, ())
        same = {other for links in held for other in (*links.alike, *links.narrower)}
        return Unit(phrase, frozenset(same - {phrase}), frozenset(other for links in held for other in links.related))

    def _segments(self, question_terms: Sequence[str]) -> Iterator[Phrase]:
        position = 0
        while position < len(question_terms):
            for length in range(min(LONGEST_PHRASE, len(question_terms) - position), 0, -1):
                phrase = tuple(question_terms[position : position + length])
                if length == 1 or phrase in self._links:
                    yield phrase
                    position += length
                    break


def _says(terms: Phrase, phrase: Phrase) -> bool:
    return any(terms[start : start + len(phrase)] == phrase for start in range(len(terms) - len(phrase) + 1))


def covered(unit: Unit, held: frozenset[str]) -> bool:
    """Whether terms ``held`` name the unit, in its own words or in others that mean the same."""
    return any(held.issuperset(phrase) for phrase in (unit.phrase, *unit.same))
