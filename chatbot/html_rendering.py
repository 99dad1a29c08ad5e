"""An answer as HTML: one line without white space between tags, so that it is also one HTML block in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

from chatbot import page_text
from chatbot.answer import Answer, Citation
from chatbot.citing import QuotedStatement, place, published, quoted_statements, web_link

# Letters, digits, spaces and what lies beyond ASCII stand as they are; U+00A0 is written out so that no tool on the
# way takes it for an ordinary space, and the rest of ASCII so that neither HTML nor Markdown finds markup in it.
_WRITTEN_OUT = re.compile(r"[\x01-\x1f!-/:-@\[-`{-\x7f\xa0]")


def literal(text: str) -> str:
    """Text that a browser shows code point for code point, in HTML and in HTML within Markdown."""
    return _WRITTEN_OUT.sub(lambda found: f"&#{ord(found[0])};", text.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def render_html(answer: Answer, *, topic_buttons: bool = False, topic_links: str = "") -> str:
    """The answer, escaped, without script.

    With ``topic_buttons`` the nearest topics are buttons that carry a question; with ``topic_links``, the path of a page
    that takes one as ``q``, they are links.
    """
    topics = [_topic(near.topic, topic_buttons, topic_links) for near in answer.nearest]
    return f'<div class="answer {answer.status.value}">{"".join(_parts(answer, topics))}</div>'


def question_html(question: str) -> str:
    """The asker's words, shown as typed and never as markup."""
    return f'<p class="asked" dir="auto">{literal(question)}</p>'


def _parts(answer: Answer, topics: list[str]) -> Iterator[str]:
    for paragraph in answer.message.split("\n\n"):
        yield f'<p class="message">{literal(paragraph)}</p>'
    for statement in quoted_statements(answer):
        yield _figure(statement)
    if answer.not_covered:
        yield f'<p class="not-covered">{literal(f"{page_text.NOT_COVERED} {answer.not_covered}")}</p>'
    for notice in answer.notices:
        yield f'<p class="notice">{literal(notice)}</p>'
    yield _list("see-also", page_text.SEE_ALSO, [literal(paper) for paper in answer.see_also])
    yield _list("nearest", page_text.NEAREST, topics)


def _figure(statement: QuotedStatement) -> str:
    pieces = "".join(
        f'<span class="gap">{piece.gap}</span>' * bool(piece.gap) + f'<span class="quote-text">{literal(piece.text)}</span>'
        for piece in statement.pieces
    )
    return (
        f'<figure class="quote"><blockquote><p><span class="mark">“</span>{pieces}<span class="mark">”</span></p>'
        f"</blockquote><figcaption>{_source(statement.citation)}</figcaption></figure>"
    )


def _source(citation: Citation) -> str:
    date = f' <span class="date">({literal(published(citation))})</span>'
    inferred = f'<span class="inferred">{literal(page_text.SECTION_INFERRED)}: {literal(page_text.SECTION_INFERRED_WHY)}</span>'
    permalink = (
        f' <a class="permalink" href="{literal(citation.permalink)}" target="_blank" rel="noopener noreferrer">'
        f'{page_text.PERMALINK}<span class="visually-hidden"> ({page_text.OPENS_NEW_TAB})</span></a>'
    )
    return f"{_link(citation)}{date}{permalink}{inferred if citation.section_inferred else ''}"


def _link(citation: Citation) -> str:
    number = f'<span class="number">[{citation.number}]</span> '
    where, address = literal(place(citation)), web_link(citation)
    if address is None:
        return number + where
    return (
        f'{number}<a href="{literal(address)}" target="_blank" rel="noopener noreferrer">{where}'
        f'<span class="visually-hidden"> ({page_text.OPENS_NEW_TAB})</span></a>'
    )


def _topic(topic: str, button: bool, links: str) -> str:
    if links:
        return f'<a href="{literal(links)}?q={quote_plus(page_text.question_about(topic))}">{literal(topic)}</a>'
    if not button:
        return literal(topic)
    question = literal(page_text.question_about(topic))
    # In "value", because the page's sanitiser takes every data attribute away.
    return f'<button type="button" class="topic" value="{question}">{literal(topic)}</button>'


def _list(name: str, heading: str, items: list[str]) -> str:
    if not items:
        return ""
    entries = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="{name}"><p>{literal(heading)}</p><ul>{entries}</ul></div>'
