"""What the words of a corpus are good for, worked out when an index is built: a start would take thousands of texts apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from sys import intern
from typing import Any, Self

from corpus.models import Corpus, Entry
from index.framing import without_frame
from index.terms import FUNCTION_WORDS, terms, words

Phrase = tuple[str, ...]  # stems
_FORMS = ("alike", "narrower", "related")
_ARTICLES = ("a", "an", "the")
_EVERYWHERE = frozenset(terms("school college pupil student teacher education child parent work money support day look area"))


@dataclass(frozen=True, slots=True)
class Links:
    """A glossary entry in stems: phrases ``alike`` in meaning, ``narrower`` ones that may stand in for them, ``related`` ones.

    ``texts`` are the alike and the narrower as they are written, in that order.
    """

    alike: tuple[Phrase, ...]
    narrower: tuple[Phrase, ...]
    related: tuple[Phrase, ...]
    texts: tuple[str, ...]

    def named(self) -> Iterator[tuple[Phrase, str, bool]]:
        """The alike and the narrower phrases, each with its text and whether it means no more and no less."""
        alike = [True] * len(self.alike) + [False] * len(self.narrower)
        return zip((*self.alike, *self.narrower), self.texts, alike, strict=True)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a corpus, of its questions and of its glossary.

    In corpus order, one item per statement: ``own`` holds the stems of its heading and text, ``headings`` of its heading,
    ``asked`` of the subjects of its curated questions. ``unanswered`` holds those of each question known to be unanswered,
    in the order of their vectors. For repairing slips: ``preferred`` are the words that one is repaired to first,
    ``beside`` are pairs of words that follow one another anywhere (:func:`neighbours`), ``stated`` those of statements.
    """

    own: tuple[Phrase, ...]
    headings: tuple[Phrase, ...]
    asked: tuple[Phrase, ...]
    unanswered: tuple[Phrase, ...]
    links: tuple[Links, ...]
    preferred: frozenset[str]
    beside: frozenset[str]
    stated: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus, english: Collection[str]) -> Self:
        """The lexicon of a corpus; ``english`` are the known English words."""
        held = corpus.statements.values()
        curated = [corpus.questions.get(statement.id, ()) for statement in held]
        unanswered = [*chain.from_iterable(corpus.unanswered.get(document.id, ()) for document in corpus.documents)]
        stated = [f"{statement.section.name}. {statement.text}" for statement in held]
        linked = [*chain.from_iterable(map(_named, corpus.glossary.entries))]
        headings = [statement.section.path[-1] for statement in held]
        return cls(
            own=tuple(tuple(terms(f"{head} {statement.text}")) for head, statement in zip(headings, held, strict=True)),
            headings=tuple(tuple(terms(head)) for head in headings),
            asked=tuple(tuple(dict.fromkeys(chain.from_iterable(map(_subject, questions)))) for questions in curated),
            unanswered=tuple(map(_subject, unanswered)),
            links=tuple(map(_links, corpus.glossary.entries)),
            preferred=_preferred(corpus, stated, linked, chain.from_iterable(curated), english),
            beside=neighbours(chain(stated, linked, chain.from_iterable(curated), unanswered)),
            stated=neighbours(stated),
        )

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        held = {name: [" ".join(one) for one in getattr(self, name)] for name in _PER_TEXT}
        sets = {name: sorted(getattr(self, name)) for name in _SETS}
        links = [[*([" ".join(phrase) for phrase in getattr(one, form)] for form in _FORMS), one.texts] for one in self.links]
        path.write_text(json.dumps({**held, **sets, "links": links}), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what :meth:`write` wrote.

        Raises:
            OSError, ValueError, KeyError, TypeError: if it was not written by it.
        """
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        parts: dict[str, Any] = {name: _phrases(held[name]) for name in _PER_TEXT}
        parts |= {name: frozenset(held[name]) for name in _SETS}
        links = (
            Links(_phrases(alike), _phrases(narrower), _phrases(related), tuple(texts))
            for alike, narrower, related, texts in held["links"]
        )
        return cls(**parts, links=tuple(links))


_PER_TEXT = ("own", "headings", "asked", "unanswered")
_SETS = ("preferred", "beside", "stated")


def neighbours(texts: Iterable[str]) -> frozenset[str]:
    """Every two words that follow one another in any of the texts, with a space between; function words are passed over."""
    telling = ([word for word in words(text) if word not in FUNCTION_WORDS] for text in texts)
    return frozenset(f"{left} {right}" for one in telling for left, right in pairwise(one))


def _preferred(
    corpus: Corpus, stated: Iterable[str], linked: Iterable[str], curated: Iterable[str], english: Collection[str]
) -> frozenset[str]:
    """The words that a slip is repaired to first: those of the corpus and of the glossary."""
    pointed = (pointer.paper for document in corpus.documents for pointer in document.pointers)
    said = {word for text in chain(stated, linked, pointed) for word in words(text)}
    # Curated questions hold slips on purpose: of their words only English ones count, and only if used twice.
    asked = Counter(word for question in curated for word in set(words(question)))
    known = frozenset(english)
    return frozenset(said | {word for word, times in asked.items() if times > 1 and word in known})


def _subject(question: str) -> Phrase:
    return tuple(terms(without_frame(question)))


def _named(entry: Entry) -> Iterator[str]:
    """The term of a glossary entry and what means the same."""
    yield from (entry.term, entry.full or "", *entry.same, *entry.narrower)


def _links(entry: Entry) -> Links:
    alike, narrower, related = map(_telling, ((entry.term, entry.full or "", *entry.same), entry.narrower, entry.related))
    return Links(tuple(alike.values()), tuple(narrower.values()), tuple(related.values()), (*alike, *narrower))


def _telling(texts: Iterable[str]) -> dict[str, Phrase]:
    """The stems of those texts that can be told by them.

    Of "won't go to school" one word would be left that every other statement holds: all of them would name the thing.
    """
    held = {text: (tuple(terms(text)), [word for word in words(text) if word not in _ARTICLES]) for text in texts}
    return {
        text: stems for text, (stems, said) in held.items() if stems and (len(said) == 1 or not _EVERYWHERE.issuperset(stems))
    }


def _phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(map(intern, text.split())) for text in texts)  # the same few thousand stems again and again
