"""Take a pasted text out of the forms it was copied in, down to the words that claim to be a quotation.

Those forms are our own (plain text, Markdown, HTML, a console's) and quotation marks put around by hand. What stands
around a quotation is left out only where it is one of our own lines; any other word counts as pasted, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chatbot import messages, page_text
from chatbot.widget import words

# What stands below a quotation in our forms: its number or a dash with its source, and lines that say more of it.
_MORE = rf"https?://\S+|(?i:{page_text.PERMALINK}|{page_text.SECTION_INFERRED}|{words.COPY_QUOTE})[^\n]*"
_SOURCE = re.compile(rf"”[^\S\n]*\n\s*(?:\[\d{{1,3}}\]|—) (?P<source>[^\n]*(?:\n\s*(?:{_MORE})(?=\n|\s*$))*)")
_OPENING = re.compile(r"^[ \t]*“", re.MULTILINE)
_MARKDOWN = re.compile(r"^[ \t]*>|\\[\[\].(#&_*-]|&#\d+;", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\(<[^>\n]*>\)")
# Only tags that our own forms use, with no attribute that could hide or strike out a word: any other is text as pasted.
_TAG = re.compile(
    r"</?(?:figure|blockquote|figcaption|p|a|br|span|div|ul|li|em|strong|b|i)"
    r"(?:\s+(?:cite|href|class|target|rel|dir|lang)=\"[^\"<>]*\")*\s*/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:p|div|li|ul|blockquote|figure|figcaption|br)\b[^<>]*>|<span class=\"inferred\">", re.IGNORECASE)
_FOR_SCREEN_READERS = f'<span class="visually-hidden"> ({page_text.OPENS_NEW_TAB})</span>'
_BIBTEX = re.compile(r"\s*@misc\{ascl-[a-z0-9-]+,\n")
_FIELD = re.compile(r"^  (?P<name>\w+) = \{(?P<value>(?:[^{}\\]|\\.|\{\})*)\},$", re.MULTILINE)
_BIBTEX_MARKS = {"\\textbackslash{}": "\\", "\\textasciitilde{}": "~", "\\textasciicircum{}": "^"}
_PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"))
_OURS = frozenset(
    line.strip()
    for named in (vars(messages), vars(page_text), words.FOR_SCRIPT)
    for value in named.values()
    if isinstance(value, str)
    for line in value.split("\n")
    if line.strip()
)
# The rest of such a line is the asker's, and says so.
_BEGINNINGS = (page_text.NOT_COVERED, f"{page_text.SEARCHED_FOR_LABEL}:")
_HEADINGS = frozenset((f"{page_text.SEE_ALSO}:", f"{page_text.NEAREST}:", page_text.SEE_ALSO, page_text.NEAREST))


@dataclass(frozen=True, slots=True)
class Pasted:
    """The passages that claim to be quoted, each with the source named behind it, and whatever else was pasted."""

    passages: tuple[tuple[str, str], ...]
    beside: str


def unwrapped(text: str, listed: Collection[str] = ()) -> Iterator[Pasted]:
    """The ways a text may be read, the plainest first: as it stands, out of Markdown, HTML or BibTeX.

    ``listed`` are the papers and topics that an answer may name in a list below its quotes.
    """
    yield _read(text, listed)
    if _MARKDOWN.search(text):
        yield _read(_out_of_markdown(text), listed)
    if _TAG.search(text):
        yield _read(_out_of_html(text), listed)
    if _BIBTEX.match(text):
        yield from _out_of_bibtex(text)


def _read(text: str, listed: Collection[str]) -> Pasted:
    passages: list[tuple[str, str]] = []
    beside: list[str] = []
    end = 0
    for source in _SOURCE.finditer(text):
        opening = _OPENING.search(text, end, source.start())
        if opening is None:
            continue
        passages.append((text[opening.end() : source.start()], source["source"]))
        beside.append(text[end : opening.start()])
        end = source.end()
    if not passages:
        return Pasted(((_without_marks(text.strip()), ""),), "")
    lines = [line.strip() for line in "\n".join([*beside, text[end:]]).split("\n")]
    return Pasted(tuple(passages), "\n".join(line for line in lines if line and not _is_ours(line, listed)))


def _is_ours(line: str, listed: Collection[str]) -> bool:
    return line in _OURS or line in _HEADINGS or line.startswith(_BEGINNINGS) or line.removeprefix("- ") in listed


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
    seen = text.replace(_FOR_SCREEN_READERS, "")
    return html.unescape(_TAG.sub(lambda tag: "\n" if _BREAKING.fullmatch(tag[0]) else "", seen))


def _out_of_bibtex(text: str) -> Iterator[Pasted]:
    """Our own entry only: the words stand in its note of their own."""
    fields = {found["name"]: _out_of_tex(found["value"]) for found in _FIELD.finditer(text)}
    if "annote" in fields:
        yield Pasted(((_without_marks(fields["annote"]), fields.get("title", "")),), "")


def _out_of_tex(value: str) -> str:
    return re.sub(r"\\text\w+\{\}|\\.", lambda mark: _BIBTEX_MARKS.get(mark[0], mark[0][1:]), value)
