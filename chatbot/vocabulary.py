"""What words mean in this corpus: how telling each is, and what the glossary lets stand in for it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.models import Corpus, Glossary
from index.asked import CURATED, Asked
from index.rows import UNANSWERED
from index.terms import terms

Phrase = tuple[str, ...]
# Words of so many titles and questions that sharing them says nothing about a topic.
COMMON_TERMS = frozenset(
    terms("school schools college colleges education educational student students pupil teacher teachers paper initial leader")
)
LONGEST_PHRASE = 5  # terms; no glossary term is longer


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a question names: a glossary term, or a single word, as stems.

    ``same`` holds the phrases that may stand in for it, ``related`` those that only help to find.
    """

    phrase: Phrase
    same: frozenset[Phrase] = frozenset()
    related: frozenset[Phrase] = frozenset()


@dataclass
class _Links:
    same: set[Phrase] = field(default_factory=set)
    related: set[Phrase] = field(default_factory=set)


class Vocabulary:
    """The words of a corpus, of its questions as :func:`index.asked.asked_in` gives them and of its glossary, prepared once."""

    def __init__(self, corpus: Corpus, asked: Mapping[str, Asked]) -> None:
        curated = iter(asked[CURATED].terms)
        self.own_terms: list[frozenset[str]] = []
        self.asked_terms: list[frozenset[str]] = []
        self.heading_terms: list[frozenset[str]] = []
        for statement in corpus.statements.values():
            self.own_terms.append(frozenset(terms(f"{statement.section.path[-1]} {statement.text}")))
            self.heading_terms.append(frozenset(terms(statement.section.path[-1])))
            own = islice(curated, len(corpus.questions.get(statement.id, ())))
            self.asked_terms.append(frozenset(term for question in own for term in question))
        self.unanswered_terms = [tuple(question) for question in asked[UNANSWERED].terms]
        self.all_terms = [own | asked for own, asked in zip(self.own_terms, self.asked_terms, strict=True)]
        self._held = frozenset().union(*self.all_terms)
        self._count = Counter(term for held in self.own_terms for term in held)
        self._links = _links_of(corpus.glossary)

    def weight(self, term: str) -> float:
        """How telling a term is: inverse document frequency, from about 0.3 (everywhere) to log(2N + 1) (unknown)."""
        return math.log(1 + (len(self.own_terms) + 0.5) / (self._count[term] + 0.5))

    def knows(self, term: str) -> bool:
        """Whether any statement holds the term."""
        return term in self._count

    def phrases(self, unit: Unit) -> tuple[Phrase, ...]:
        """The unit's phrase and what may stand in for it, without any that no statement and no curated question could name."""
        return tuple(phrase for phrase in (unit.phrase, *unit.same) if self._held.issuperset(phrase))

    def units(self, question_terms: Sequence[str]) -> tuple[Unit, ...]:
        """The things a question names, longest glossary terms first taken, each once, in order."""
        found: dict[Phrase, Unit] = {}
        for phrase in self._segments(question_terms):
            links = self._links.get(phrase, _Links())
            found[phrase] = Unit(phrase, frozenset(links.same), frozenset(links.related))
        return tuple(found.values())

    def _segments(self, question_terms: Sequence[str]) -> Iterator[Phrase]:
        position = 0
        while position < len(question_terms):
            for length in range(min(LONGEST_PHRASE, len(question_terms) - position), 0, -1):
                phrase = tuple(question_terms[position : position + length])
                if length == 1 or phrase in self._links:
                    yield phrase
                    position += length
                    break


def covered(unit: Unit, held: frozenset[str]) -> bool:
    """Whether terms ``held`` name the unit, in its own words or in others that mean the same."""
    return any(held.issuperset(phrase) for phrase in (unit.phrase, *unit.same))


def _links_of(glossary: Glossary) -> Mapping[Phrase, _Links]:
    """Every glossary term, and everything that means the same, with what may stand in for it."""
    links: defaultdict[Phrase, _Links] = defaultdict(_Links)
    for entry in glossary.entries:
        alike = [tuple(terms(words)) for words in (entry.term, entry.full or "", *entry.same)]
        narrower = [tuple(terms(words)) for words in entry.narrower]
        related = [tuple(terms(words)) for words in entry.related]
        for phrase in filter(None, alike):
            links[phrase].same.update(other for other in (*alike, *narrower) if other and other != phrase)
            links[phrase].related.update(other for other in related if other)
    return dict(links)
