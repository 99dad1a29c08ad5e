"""An answer as Markdown, plain text or HTML. Quotes pass through unchanged; only the marks around them are drawn."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from chatbot import page_text
from chatbot.answer import Answer
from chatbot.citing import QuotedStatement, place, published, quoted_statements, retrieved, web_link
from chatbot.html_rendering import render_html

__all__ = ["render_copy", "render_html", "render_markdown", "render_text"]

_MARKDOWN_MARK = re.compile(r"[\\`*_{}\[\]<>&#~|!$^=+:@]|(?<=www)\.", re.IGNORECASE)
_MARKDOWN_LINE_START = re.compile(r"^(\d*)([-.)])", re.MULTILINE)
_EDGE_SPACE = re.compile(r"(?m)^ | $")


def render_text(answer: Answer, width: int | None = None) -> str:
    """Plain text for a console. With ``width``, our own words are wrapped; a quote never is."""
    parts = [*_parts(answer, width), *_nearest(answer)]
    if answer.searched_for:
        parts.append(f"{page_text.SEARCHED_FOR_LABEL}: {answer.searched_for}")
    return "\n\n".join(parts)


def render_copy(answer: Answer) -> str:
    """Plain text to paste elsewhere: the quotes with their sources, and whose words they are."""
    return "\n\n".join([*_parts(answer, None), *([page_text.COPYRIGHT] if answer.quotes else [])])


def _parts(answer: Answer, width: int | None) -> Iterator[str]:
    yield _wrapped(answer.message, width)
    for statement in quoted_statements(answer):
        yield f"“{_joined(statement)}”\n{_source(statement)}"
    if answer.not_covered:
        yield _wrapped(f"{page_text.NOT_COVERED} {answer.not_covered}", width)
    if answer.notices:
        yield "\n".join(_wrapped(notice, width) for notice in answer.notices)
    if answer.see_also:
        yield "\n".join([f"{page_text.SEE_ALSO}:", *(f"- {paper}" for paper in answer.see_also)])


def _nearest(answer: Answer) -> Iterator[str]:
    if answer.nearest:
        yield "\n".join([f"{page_text.NEAREST}:", *(f"- {near.topic}" for near in answer.nearest)])


def _wrapped(text: str, width: int | None) -> str:
    if width is None:
        return text
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))


def _joined(statement: QuotedStatement) -> str:
    return "".join(piece.gap + piece.text for piece in statement.pieces)


def _source(statement: QuotedStatement) -> str:
    citation = statement.citation
    inferred = f"; {page_text.SECTION_INFERRED}" if citation.section_inferred else ""
    line = f"[{citation.number}] {place(citation)} ({published(citation)}; {retrieved(citation)}{inferred})"
    return f"{line}\n    {citation.url}" if citation.url else line


def render_markdown(answer: Answer) -> str:
    """CommonMark whose rendered text holds each quote code point for code point."""
    parts = [markdown_literal(answer.message)]
    for statement in quoted_statements(answer):
        quoted = "“" + "".join(piece.gap + markdown_literal(piece.text) for piece in statement.pieces) + "”"
        parts += ["> " + quoted.replace("\n", "\n> "), _markdown_source(statement)]
    if answer.not_covered:
        parts.append(markdown_literal(f"{page_text.NOT_COVERED} {answer.not_covered}"))
    parts += [markdown_literal(notice) for notice in answer.notices]
    parts += _markdown_list(page_text.SEE_ALSO, answer.see_also)
    parts += _markdown_list(page_text.NEAREST, [near.topic for near in answer.nearest])
    if answer.searched_for:
        parts.append(markdown_literal(f"{page_text.SEARCHED_FOR_LABEL}: {answer.searched_for}"))
    return "\n\n".join(parts) + "\n"


def _markdown_source(statement: QuotedStatement) -> str:
    citation, address = statement.citation, web_link(statement.citation)
    where = markdown_literal(place(citation))
    linked = f"[{where}](<{_address(address)}>)" if address else where
    inferred = f"; {page_text.SECTION_INFERRED}" if citation.section_inferred else ""
    return f"\\[{citation.number}\\] {linked} ({published(citation)}{inferred})"


def _markdown_list(heading: str, items: list[str] | tuple[str, ...]) -> list[str]:
    return ["\n".join([f"{heading}:", "", *(f"- {markdown_literal(item)}" for item in items)])] if items else []


def _address(address: str) -> str:
    """An address that cannot end its own angle brackets."""
    return re.sub(r"[<>\\\s]", lambda found: f"%{ord(found[0]):02X}", address)


def markdown_literal(text: str) -> str:
    """Text that CommonMark shows as it stands: nothing in it is markup, no line break or space is lost."""
    escaped = _MARKDOWN_MARK.sub(lambda found: "\\" + found[0], text)
    escaped = _MARKDOWN_LINE_START.sub(r"\1\\\2", escaped)
    escaped = _EDGE_SPACE.sub("&#32;", escaped).replace("\t", "&#9;")
    # Every break is a hard one; in a run of them only the last may be a real line end, or the paragraph would end.
    return re.sub(r"\n+", lambda found: "&#10;" * (len(found[0]) - 1) + "\\\n", escaped)
