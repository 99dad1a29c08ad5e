"""A document as it is held against pasted words: in one style of marks and spaces, with the way back to its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatbot.comparing import in_one_style, says_no
from corpus.models import Document, Span, Statement

ELLIPSIS = re.compile(r"\s*[\[(]?(?:…|\.\s?\.\s?\.)[\])]?\s*")
FEWEST_IN_A_SPAN = 2  # words on either side of an ellipsis; single words could be strung together to say anything
_RUN = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class PrintedPage:
    """``text`` is the document with white space as one space and one kind of quote mark and dash.

    ``places`` are its characters' places in the document; ``joints`` are those of its spaces that lie between two
    paragraphs, or between a heading and one: words on either side were not printed as one run.
    """

    document: Document
    text: str
    places: tuple[int, ...]
    joints: tuple[int, ...]

    def occurrences(self, passage: str) -> list[Span]:
        """Every place where a passage is printed as a whole; paragraphs count as such only where it keeps them apart."""
        wanted, breaks = in_one_style(passage), _breaks(passage)
        for form in dict.fromkeys((wanted, wanted.removesuffix("."))):
            found = [
                self._span(start, start + len(form))
                for start in _starts(self.text, form)
                if all(joint - start in breaks for joint in self.joints if start < joint < start + len(form))
            ]
            if found:
                return found
        return []

    def one_after_another(self, statement: Statement, passage: str) -> list[Span]:
        """The spans around a passage's ellipses, within one statement, in order and apart; empty where they are not so.

        A "not" that was left out of a sentence, some of which is quoted, is never passed over.
        """
        parts = [part for part in ELLIPSIS.split(passage) if part.strip()]
        if len(parts) < 2 or any(len(part.split()) < FEWEST_IN_A_SPAN for part in parts):
            return []
        spans: list[Span] = []
        end = statement.span.start
        for part in parts:
            here = [span for span in self.occurrences(part) if statement.span.covers(span) and span.start >= end]
            if not here:
                return []
            spans.append(min(here))
            end = spans[-1].end
        return [] if any(self._turned_round(statement, *both) for both in pairwise(spans)) else spans

    def _turned_round(self, statement: Statement, before: Span, after: Span) -> bool:
        gap = Span(before.end, after.start)
        cut = [sentence for sentence in statement.sentences if _overlap(sentence, gap) and not gap.covers(sentence)]
        return any(says_no(_shared(sentence, gap).of(self.document.text)) for sentence in cut)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.places[start], self.places[end - 1] + 1)


def printed_page(document: Document) -> PrintedPage:
    """The page of a document."""
    characters: list[str] = []
    places: list[int] = []
    joints: list[int] = []
    within = [statement.span for statement in document.statements]
    for run in _RUN.finditer(document.text):
        if not run[0][0].isspace():
            characters += in_one_style(run[0])
            places += range(run.start(), run.end())
        elif characters:
            if "\n" in run[0] and not any(span.start < run.start() < span.end for span in within):
                joints.append(len(characters))
            characters.append(" ")
            places.append(run.start())
    return PrintedPage(document, "".join(characters), tuple(places), tuple(joints))


def _breaks(passage: str) -> set[int]:
    """Where a passage in one style has a space that was a line end as pasted."""
    found: set[int] = set()
    place = 0
    for run in _RUN.findall(passage.strip()):
        if run[0].isspace():
            if "\n" in run:
                found.add(place)
            place += 1
        else:
            place += len(run)
    return found


def _starts(text: str, form: str) -> Iterator[int]:
    """Where a form stands in a text; the case of its first letter is passed over, but not that of a name like ASCL."""
    if not form:
        return
    either = (form[0],) if form[1:2].isupper() else (form[0], form[0].upper(), form[0].lower())
    for first in dict.fromkeys(either):
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
    if before and text[start].isalnum() and (before[-1].isalnum() or before[-1] in "£$€" or _joins(before[-1], before[:1])):
        return False
    if before and text[start].isdigit() and before[-1] in ".,-":
        return False
    last = text[end - 1]
    if not after or not last.isalnum():
        return True
    number_goes_on = last.isdigit() and (after[0] == "%" or (after[0] in ".,-" and after[1:2].isdigit()))
    return not (after[0].isalnum() or number_goes_on or _joins(after[0], after[1:2]))


def _joins(mark: str, beyond: str) -> bool:
    """Whether a mark is a hyphen or an apostrophe within a word, not a quotation mark around it."""
    return mark in "'-" and beyond.isalnum()


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _shared(one: Span, other: Span) -> Span:
    return Span(max(one.start, other.start), min(one.end, other.end))


def stretches(page: PrintedPage, span: Span) -> Sequence[tuple[Statement, Span]]:
    """The statements that a span lies in, each with its share."""
    return [(one, _shared(span, one.span)) for one in page.document.statements if _overlap(span, one.span)]
