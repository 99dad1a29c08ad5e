"""Check pasted words against the documents: are they printed there, exactly?

Passed over are only white space, the style of quote marks and dashes, the case of a first letter, a final full stop, and
an ellipsis between spans of one statement that stand there in that order. A number, a negation or a name never is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from chatbot.comparing import Difference, differences, shared_words
from chatbot.copied_forms import Pasted, unwrapped
from corpus.loading import Corpus
from corpus.models import Document, Span, Statement
from corpus.sentences import cut_sentences

LONGEST = 10_000  # characters taken; a long policy paper is pasted in parts
FEWEST_WORDS = 3  # of a passage, and of each span around an ellipsis: fewer could be put together from anywhere
ALIKE = 0.55  # share of a passage's words that stand in runs in a source, from which it is that source, altered
_ELLIPSIS = re.compile(r"\s*[\[(]?(?:…|\.\s?\.\s?\.)[\])]?\s*")
_ONE_STYLE = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"'} | dict.fromkeys("‐‑‒–—―−", "-")
)
_CLOSING = re.compile(r"[.\"')\]]*$")


class Result(StrEnum):
    """How a check ends."""

    VERIFIED = "verified"
    ALTERED = "altered"
    NOT_FOUND = "not_found"


MESSAGES = {
    Result.VERIFIED: "These words are printed in the document, as pasted.",
    Result.ALTERED: "These words are not printed in this form. Below is what is printed, with every difference marked.",
    Result.NOT_FOUND: "These words were not found in the documents held here.",
}
PART = "They are part of a longer sentence, which is shown whole: quote it so that nothing is lost."
REPORTED = "The document only reports these words or says them of others: they are not ASCL's own view."
TOO_SHORT = f"That is too short to be checked: paste at least {FEWEST_WORDS} words."
REPLACED = "ASCL has since replaced or withdrawn the page or paper that these words come from."


@dataclass(frozen=True, slots=True)
class Match:
    """Where pasted words, or what they were altered from, are printed. ``text`` is sliced from the document by its span."""

    statement: str
    document: str
    title: str
    section: str
    section_inferred: bool
    published: str | None
    retrieved: str | None
    status: str
    url: str | None
    permalink: str
    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. ``differences`` are those of the passages that are not printed as pasted, in order."""

    result: Result
    message: str
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {**asdict(self), "result": self.result.value}


@dataclass(frozen=True)
class _Page:
    """A document in one style: white space as one space, one kind of quote mark and dash; with the way back."""

    document: Document
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span of the canonical text behind a stretch of the page."""
        return Span(self.places[start], self.places[end - 1] + 1)


class Verifier:
    """Checks passages against every document of a corpus, each prepared once."""

    def __init__(self, corpus: Corpus, path_prefix: str = "") -> None:
        self._corpus = corpus
        self._prefix = path_prefix
        self._pages = [_page(document) for document in corpus.documents]
        self._words = {statement.id: _folded(statement.text).split() for statement in corpus.statements.values()}
        self._held_by: Counter[str] = Counter(word for words in self._words.values() for word in set(words))

    def verify(self, text: str) -> Verification:
        """The check of any text up to ``LONGEST`` characters; of the ways to read it, the one that ends best.

        Raises:
            ValueError: if it is longer.
        """
        if len(text) > LONGEST:
            raise ValueError(f"At most {LONGEST:,} characters can be checked at once. Please paste a part of it.")
        order = list(Result)
        return min((self._checked(pasted) for pasted in unwrapped(text)), key=lambda one: order.index(one.result))

    def _checked(self, pasted: Pasted) -> Verification:
        found = [self._passage(passage, source) for passage, source in pasted.passages]
        matches = tuple(dict.fromkeys(match for one in found for match in one.matches))
        marked = tuple(difference for one in found for difference in one.differences)
        if pasted.beside and matches:
            marked += (Difference("added", pasted.beside, ""),)
        results = {one.result for one in found}
        if results == {Result.NOT_FOUND}:
            return Verification(Result.NOT_FOUND, found[0].message)
        if results == {Result.VERIFIED} and not marked:
            return Verification(Result.VERIFIED, self._message(matches), matches)
        return Verification(Result.ALTERED, MESSAGES[Result.ALTERED], matches, marked)

    def _passage(self, passage: str, source: str) -> Verification:
        if len(passage.split()) < FEWEST_WORDS and not self._whole_statement(passage):
            return Verification(Result.NOT_FOUND, TOO_SHORT)
        matches = self._printed(passage)
        if matches:
            named = () if not source or any(_names(source, match) for match in matches) else _wrong_source(source, matches)
            return Verification(Result.ALTERED if named else Result.VERIFIED, "", matches, named)
        return self._altered(passage)

    def _whole_statement(self, passage: str) -> bool:
        return any(_folded(passage) == _folded(one.text) for one in self._corpus.statements.values())

    def _printed(self, passage: str) -> tuple[Match, ...]:
        """Everywhere that a passage is printed, whole or in parts with an ellipsis between; nothing where it is not."""
        whole = tuple(
            match for page in self._pages for span in _occurrences(page, passage) for match in self._matches(page, span)
        )
        if whole:
            return whole
        parts = [part for part in _ELLIPSIS.split(passage) if part.strip()]
        if len(parts) < 2 or any(len(part.split()) < FEWEST_WORDS for part in parts):
            return ()
        return self._in_order(parts)

    def _in_order(self, parts: Sequence[str]) -> tuple[Match, ...]:
        for page in self._pages:
            for statement in page.document.statements:
                spans = _one_after_another(page, statement, parts)
                if spans:
                    return tuple(self._match(statement, span) for span in spans)
        return ()

    def _matches(self, page: _Page, span: Span) -> Iterator[Match]:
        for statement in page.document.statements:
            start, end = max(span.start, statement.span.start), min(span.end, statement.span.end)
            if start < end:
                yield self._match(statement, Span(start, end))

    def _match(self, statement: Statement, span: Span) -> Match:
        document = self._corpus.document(statement.document)
        around = [one for one in statement.sentences if one.start < span.end and span.start < one.end]
        whole = Span(around[0].start, around[-1].end) if around else statement.span
        return Match(
            statement=statement.id,
            document=document.id,
            title=document.title,
            section=statement.section.name,
            section_inferred=statement.section.inferred,
            published=document.published,
            retrieved=document.retrieved,
            status=document.status.value,
            url=document.url,
            permalink=f"{self._prefix}/statements/{statement.id}",
            start=span.start,
            end=span.end,
            text=span.of(document.text),
            sentence=whole.of(document.text),
        )

    def _message(self, matches: Sequence[Match]) -> str:
        said = [MESSAGES[Result.VERIFIED]]
        if any(_stripped(match.text) != _stripped(match.sentence) for match in matches):
            said.append(PART)
        if any(self._reported(match) for match in matches):
            said.append(REPORTED)
        if all(match.status != "current" for match in matches):
            said.append(REPLACED)
        return " ".join(said)

    def _reported(self, match: Match) -> bool:
        statement = self._corpus.statements[match.statement]
        voices = zip(statement.sentences, statement.own_voice, strict=True)
        return not statement.quotable or any(
            not own and sentence.start < match.end and match.start < sentence.end for sentence, own in voices
        )

    def _altered(self, passage: str) -> Verification:
        """The source that a passage was altered from: as a whole or, where it was joined from several, sentence by sentence."""
        nearest = self._nearest(passage)
        pieces = [span.of(passage) for span in cut_sentences(passage, Span(0, len(passage)))]
        if len(pieces) > 1:
            joined = self._joined(pieces)
            if joined is not None and (nearest is None or len(joined.matches) > 1):
                return joined
        if nearest is None:
            return Verification(Result.NOT_FOUND, MESSAGES[Result.NOT_FOUND])
        match = self._match(nearest, _window(self._corpus.document(nearest.document), nearest, passage))
        return Verification(Result.ALTERED, "", (match,), _compared(passage, match.text))

    def _joined(self, pieces: Sequence[str]) -> Verification | None:
        """Each sentence held against its own source; None where none has one."""
        matches: list[Match] = []
        marked: list[Difference] = []
        for place, piece in enumerate(pieces):
            if place:
                marked.append(Difference("joined", "", ""))
            printed = self._printed(piece) if len(piece.split()) >= FEWEST_WORDS else ()
            nearest = None if printed else self._nearest(piece)
            if printed:
                matches.append(printed[0])
                marked.append(Difference("same", piece, printed[0].text))
            elif nearest is not None:
                match = self._match(nearest, _window(self._corpus.document(nearest.document), nearest, piece))
                matches.append(match)
                marked += _compared(piece, match.text)
            else:
                marked.append(Difference("added", piece, ""))
        return Verification(Result.ALTERED, "", tuple(matches), tuple(marked)) if matches else None

    def _nearest(self, passage: str) -> Statement | None:
        """The statement that most of a passage's words stand in, in runs; None where too few do."""
        words = _folded(passage).split()
        if len(words) < FEWEST_WORDS:
            return None
        telling = {word: 1 / self._held_by[word] for word in set(words) if self._held_by[word]}
        ranked = sorted(self._words, key=lambda one: -sum(telling.get(word, 0.0) for word in set(self._words[one])))
        best, best_shared = None, 0
        for name in ranked[:8]:
            shared, longest = shared_words(words, self._words[name])
            if longest >= FEWEST_WORDS - (len(words) <= 4) and shared > best_shared:
                best, best_shared = name, shared
        # Two joined statements share half their words with either.
        return self._corpus.statements[best] if best and best_shared >= ALIKE * len(words) else None


def _page(document: Document) -> _Page:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(document.text):
        one = " " if character.isspace() else character.translate(_ONE_STYLE)
        if one == " " and (not characters or characters[-1] == " "):
            continue
        characters.append(one)
        places.append(place)
    text = "".join(characters)
    return _Page(document, text, tuple(places))


def _folded(text: str) -> str:
    """In one style: white space as one space, one kind of quote mark and dash."""
    return " ".join(text.translate(_ONE_STYLE).split())


def _stripped(text: str) -> str:
    return _CLOSING.sub("", _folded(text))


def _occurrences(page: _Page, passage: str) -> Iterator[Span]:
    """Every place where a passage is printed as a whole, not within a word or a number."""
    wanted = _folded(passage)
    for form in dict.fromkeys((wanted, wanted.removesuffix("."))):
        found = [page.span(start, start + len(form)) for start in _starts(page.text, form)]
        if found:
            yield from found
            return


def _starts(text: str, form: str) -> Iterator[int]:
    if not form:
        return
    for first in dict.fromkeys((form[0], form[0].upper(), form[0].lower())):
        if len(first) != 1:  # some letters have no single capital
            continue
        start = text.find(first + form[1:])
        while start >= 0:
            if _stands_alone(text, start, start + len(form)):
                yield start
            start = text.find(first + form[1:], start + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends within a word, a number or a sum of money."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and text[start].isalnum() and (before[-1].isalnum() or before[-1] in "£$€-'"):
        return False
    if before and text[start].isdigit() and before[-1] in ".,":
        return False
    last = text[end - 1]
    if not after or not last.isalnum():
        return True
    number_goes_on = last.isdigit() and (after[0] == "%" or (after[0] in ".,-" and after[1:2].isdigit()))
    return not (after[0].isalnum() or number_goes_on or (after[0] in "'-" and after[1:2].isalnum()))


def _one_after_another(page: _Page, statement: Statement, parts: Sequence[str]) -> list[Span]:
    """The parts' spans within one statement, in order and apart; empty where they are not there so."""
    spans: list[Span] = []
    end = statement.span.start
    for part in parts:
        here = [span for span in _occurrences(page, part) if statement.span.covers(span) and span.start >= end]
        if not here:
            return []
        spans.append(min(here))
        end = spans[-1].end
    return spans if all(first.end <= second.start for first, second in pairwise(spans)) else []


def _window(document: Document, statement: Statement, passage: str) -> Span:
    """The sentences of a statement that a passage shares words with, from the first to the last."""
    words = _folded(passage).split()
    near = [
        sentence
        for sentence in statement.sentences
        if shared_words(words, _folded(sentence.of(document.text)).split())[1] >= FEWEST_WORDS - 1
    ]
    return Span(near[0].start, near[-1].end) if near else statement.span


def _compared(passage: str, source: str) -> tuple[Difference, ...]:
    """The differences in one style of marks; where only what is passed over differs, the whole as left out around."""
    return differences(_folded(passage), _folded(source))


def _names(source: str, match: Match) -> bool:
    """Whether a pasted source line names the place of a match."""
    line = _folded(source)
    return _folded(match.title) in line and (match.section == match.title or _folded(match.section) in line)


def _wrong_source(source: str, matches: Sequence[Match]) -> tuple[Difference, ...]:
    return (Difference("source", source.split("\n")[0].strip(), f"{matches[0].title}, {matches[0].section}"),)
