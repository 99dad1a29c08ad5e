"""What a pasted source line says of where a quote stands: no more and nothing else than is so."""

from __future__ import annotations

import re

from chatbot import page_text
from chatbot.answer import Citation
from chatbot.citing import place, plain_date, published, retrieved
from chatbot.comparing import Difference, in_one_style
from chatbot.verification import Match
from chatbot.widget import words

_WORD = re.compile(r"\w")
# The names of the light page's buttons and links, as a selection of the page holds them: with or without a space before.
_BUTTONS = re.compile(rf"\(quote \d{{1,3}}\)|{words.COPY_QUOTE} ?\d{{1,3}} with its source")


def misnamed(source: str, match: Match) -> tuple[Difference, ...]:
    """The difference where a source line names another place, date or address than a match has; empty where all is so."""
    left = _BUTTONS.sub(" ", in_one_style(source))
    left = re.sub(rf"https?://\S*{re.escape(match.permalink)}(?=\s|$)", " ", left)
    for phrase in sorted(map(in_one_style, _said(match)), key=len, reverse=True):
        # Within word boundaries: "reform" is no part of "reformed".
        left = re.sub(rf"(?<!\w){re.escape(phrase)}(?![\w/])", " ", left, flags=re.IGNORECASE)
    if not _WORD.search(left):
        return ()
    citation = _citation(match)
    return (Difference("source", source.strip(), f"{place(citation)} ({published(citation)}; {retrieved(citation)})"),)


def _said(match: Match) -> list[str]:
    """Everything that our own forms say of a place."""
    citation = _citation(match)
    dates = [date for date in (match.published, match.retrieved) if date]
    told = [
        match.title, match.section, place(citation), published(citation), retrieved(citation), match.status, match.url or "",
        *dates, *map(plain_date, dates), "ASCL", "Association of School and College Leaders", page_text.PERMALINK,
        page_text.OPENS_NEW_TAB,
    ]  # fmt: skip
    if match.section_inferred:
        told += [page_text.SECTION_INFERRED, page_text.SECTION_INFERRED_WHY]
    return [phrase for phrase in told if phrase]


def _citation(match: Match) -> Citation:
    return Citation(
        1, match.statement, match.title, match.section, match.section_inferred, match.published, match.retrieved, match.status,
        match.url, match.permalink,
    )  # fmt: skip
