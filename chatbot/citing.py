"""What every rendering shares: quotes gathered under their citation, and a citation's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from chatbot import page_text
from chatbot.answer import Answer, Citation, Quote

ELLIPSIS = " … "
# Not from the locale: the page is British whatever the server speaks.
MONTHS = dict(
    enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        start=1,
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One quote of a statement, and what the renderer draws before it: nothing, a space or an ellipsis."""

    gap: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotedStatement:
    """The quotes that follow one another under one citation. No gap is part of any quote's text."""

    citation: Citation
    pieces: tuple[Piece, ...]


def quoted_statements(answer: Answer) -> Iterator[QuotedStatement]:
    """The answer's quotes in their order, neighbours of one statement together."""
    citations = {citation.number: citation for citation in answer.citations}
    for number, quotes in groupby(answer.quotes, key=lambda quote: quote.citation):
        yield QuotedStatement(citations[number], tuple(_pieces(list(quotes))))


def _pieces(quotes: list[Quote]) -> Iterator[Piece]:
    yield Piece("", quotes[0].text)
    for before, after in pairwise(quotes):
        adjacent = after.start - before.end in (0, 1)  # at most the one space between two sentences
        yield Piece(" " if adjacent else ELLIPSIS, after.text)


def place(citation: Citation) -> str:
    """Title and section: the words that a link carries."""
    return citation.title if citation.section == citation.title else f"{citation.title}, {citation.section}"


def published(citation: Citation) -> str:
    """When it was said and, if it no longer stands, that."""
    said = plain_date(citation.published) if citation.published else page_text.UNDATED
    return said if citation.status == "current" else f"{said}, {citation.status}"


def retrieved(citation: Citation) -> str:
    """When the copy was taken."""
    if citation.retrieved is None:
        return page_text.COPY_DATE_UNKNOWN
    return f"{page_text.COPY_OF} {plain_date(citation.retrieved)}"


def web_link(citation: Citation) -> str | None:
    """The source's address where it is one that a page may link to; a scheme like ``javascript:`` never is."""
    return web_address(citation.url)


def web_address(address: str | None) -> str | None:
    """An address that a page may link to, or None."""
    return address if address and address.startswith(("https://", "http://")) else None


def plain_date(iso: str) -> str:
    """``2024-03-18`` as "18 March 2024"; less precise dates as far as they go; anything else as it stands."""
    year, *rest = iso.split("-")
    try:
        month = MONTHS[int(rest[0])] if rest else ""
        day = str(int(rest[1])) if len(rest) > 1 else ""
    except (ValueError, KeyError):
        return iso
    return " ".join(part for part in (day, month, year) if part)
