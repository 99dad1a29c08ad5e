"""One statement as others cite it: plain text, Markdown, HTML and BibTeX."""

from __future__ import annotations

import re
from html import escape

from chatbot.answer import Citation
from chatbot.citing import place, published, retrieved, web_link
from chatbot.page_text import SECTION_INFERRED
from chatbot.rendering import markdown_literal

_BIBTEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "#$%&_{}"} | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)


def source_line(citation: Citation) -> str:
    """Publisher, title, section and dates in one line."""
    inferred = f"; {SECTION_INFERRED}" if citation.section_inferred else ""
    return f"ASCL, {place(citation)} ({published(citation)}; {retrieved(citation)}{inferred})"


def as_text(text: str, citation: Citation, address: str) -> str:
    """The words in quotation marks, where they stand, and both links."""
    links = [link for link in (web_link(citation), address) if link]
    return "\n".join([f"“{text}”", f"— {source_line(citation)}", *links])


def as_markdown(text: str, citation: Citation, address: str) -> str:
    """A CommonMark block quote."""
    quoted = markdown_literal(f"“{text}”").replace("\n", "\n> ")
    return f"> {quoted}\n>\n> — [{markdown_literal(source_line(citation))}](<{address}>)"


def as_html(text: str, citation: Citation, address: str) -> str:
    """A figure with a block quote; line ends stay, so that lists keep their lines."""
    source = web_link(citation)
    cite = f' cite="{escape(source)}"' if source else ""
    lines = "<br>\n".join(escape(line, quote=False) for line in text.split("\n"))
    return (
        f"<figure>\n<blockquote{cite}><p>“{lines}”</p></blockquote>\n"
        f'<figcaption>— <a href="{escape(address)}">{escape(source_line(citation), quote=False)}</a></figcaption>\n</figure>'
    )


def as_bibtex(text: str, citation: Citation, address: str) -> str:
    """An entry for the page or paper with the words as its note; an undated one has no year, and says so."""
    key = re.sub(r"[^a-z0-9]+", "-", citation.statement.lower())
    year = [f"  year = {{{citation.published[:4]}}},"] if citation.published else []
    note = f"{published(citation)}; {retrieved(citation)}"
    return "\n".join(
        [
            f"@misc{{ascl-{key},",
            "  author = {{Association of School and College Leaders}},",
            f"  title = {{{_literal(place(citation))}}},",
            *year,
            f"  howpublished = {{\\url{{{web_link(citation) or address}}}}},",
            f"  note = {{{_literal(note)}. Quoted from {_literal(address)}}},",
            f"  annote = {{“{_literal(text)}”}},",
            "}",
        ]
    )


def _literal(text: str) -> str:
    return text.translate(_BIBTEX)
