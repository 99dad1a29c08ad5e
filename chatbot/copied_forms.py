"""Take a pasted text out of the forms it was copied in, down to the words that claim to be a quotation.

Those forms are our own (plain text, Markdown, HTML, a console's) and quotation marks put around by hand. What stands
around a quotation is left out only where it is one of our own lines; any other word counts as pasted, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot import messages, page_text

# A quotation in our forms: curly marks, then its number or a dash with its source on a line below, and links.
_CITED = re.compile(
    r"“(?P<quote>.*?)”\s*\n\s*(?:\[\d{1,3}\]|—) (?P<source>[^\n]*)(?:\n[ \t]*https?://[^\s]+(?=\n|\s*$))*", re.DOTALL
)
_MARKDOWN = re.compile(r"^\s*>|\\[\[\].(#&_*-]|&#\d+;", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\(<[^>\n]*>\)")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BREAKING = re.compile(r"</?(?:p|div|li|ul|blockquote|figure|figcaption|br|h\d)\b[^<>]*>", re.IGNORECASE)
_PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"))
_OURS = frozenset(
    line.strip()
    for module in (messages, page_text)
    for value in vars(module).values()
    if isinstance(value, str)
    for line in value.split("\n")
    if line.strip()
)
_BEGINNINGS = (page_text.NOT_COVERED, f"{page_text.SEARCHED_FOR_LABEL}:", f"{page_text.SEE_ALSO}:", f"{page_text.NEAREST}:", "- ")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The passages that claim to be quoted, each with the source named behind it, and whatever else was pasted."""

    passages: tuple[tuple[str, str], ...]
    beside: str


def unwrapped(text: str) -> Iterator[Pasted]:
    """The ways a text may be read, the plainest first: as it stands, out of Markdown, out of HTML."""
    yield _read(text)
    if _MARKDOWN.search(text):
        yield _read(_out_of_markdown(text))
    if _TAG.search(text):
        yield _read(_out_of_html(text))


def _read(text: str) -> Pasted:
    cited = list(_CITED.finditer(text))
    if not cited:
        return Pasted(((_without_marks(text.strip()), ""),), "")
    beside = _CITED.sub("\n", text)
    lines = [line.strip() for line in beside.split("\n")]
    kept = [line for line in lines if line and line not in _OURS and not line.startswith(_BEGINNINGS)]
    return Pasted(tuple((one["quote"], one["source"]) for one in cited), "\n".join(kept))


def _without_marks(text: str) -> str:
    """Without one pair of quotation marks around the whole."""
    for opening, closing in _PAIRS:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == opening and text.rstrip(".")[-1:] == closing and opening not in inner.rstrip(".")[:-1]:
            return text[1:].rstrip(".").removesuffix(closing)
    return text


def _out_of_markdown(text: str) -> str:
    """The text that CommonMark would show, as far as our own Markdown uses it."""
    unquoted = re.sub(r"(?m)^[ \t]*> ?", "", text)
    unlinked = _LINK.sub(lambda link: link["words"], unquoted)
    broken = re.sub(r"\\\n", "\n", unlinked)
    return html.unescape(_ESCAPED.sub(r"\1", broken))


def _out_of_html(text: str) -> str:
    hidden = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", text)
    return html.unescape(_TAG.sub("", _BREAKING.sub("\n", hidden)))
