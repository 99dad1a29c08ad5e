"""Cut a canonical text into blocks: headings, pointers and paragraphs, in order, with white space between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from corpus.models import Span
from corpus.text import lines, plain

HEADING = re.compile(r"(#{1,6})(?:(?<=##)|[ \t])[ \t]*([^#\s].*|[^#\s])")  # "##Funding" is one; "#FairFunding" may be a hashtag
UNDERLINED = re.compile(r"([^\n]*\S)[ \t]*\n[ \t]*([=-])\2{2,}")
NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
LIST_ITEM = re.compile(r"(?:-|\*|•|\d{1,2}[.)]|\([a-z0-9]{1,3}\))\s+\S")

_BULLET = r"(?:[-*•]\s+)?"
_PUBLICATION = (
    r"(?:(?:policy|position|discussion|guidance|briefing|consultation|information|technical|research|working|joint)\s+)?"
    r"(?:papers?|publications?|reports?|blueprints?|briefings?|guidance|documents?|responses?|leaflets?|toolkits?)"
)
_NAMED_PAPER = re.compile(
    rf"{_BULLET}(?:see\s+(?:also\s+)?)?(?:the\s+)?(?:(?:ASCL(?:'s)?|our)\s+)?{_PUBLICATION}\s*:\s*(?P<paper>\S.*)",
    re.IGNORECASE,
)
_READ_PAPER = re.compile(
    rf"{_BULLET}(?:read|see|download|view|find)\s+(?:more\s+in\s+|also\s+)?(?:the\s+)?(?:full\s+)?(?:(?:ASCL(?:'s)?|our)\s+)?"
    rf"(?:full\s+)?{_PUBLICATION}\b[\s:]*(?P<paper>.*)",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    rf"{_BULLET}(?:read|find\s+out|see)\s+(?:more|also|further)(?:\s+(?:about|on|in|at))?\s*(?::|$)\s*(?P<paper>.*)",
    re.IGNORECASE,
)
LONGEST_POINTER = 200  # characters; a longer line says something of its own
LEAST_LED_IN = 5  # words of a line without a stop that leads in a list
LONGEST_TITLE = 24  # words; the longest title of a parliamentary paper seen in the field is shorter


class BlockKind(Enum):
    """What a block is, before it is known which section it belongs to."""

    HEADING = auto()
    POINTER = auto()
    PARAGRAPH = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines. ``blank_lines_before`` counts the empty lines between it and the block above."""

    kind: BlockKind
    span: Span
    blank_lines_before: int


def pointed_paper(line: str) -> str | None:
    """The paper a line names if naming a paper is all the line does, else None.

    A full sentence is never a pointer: a title does not end in a full stop, unless the line opens with an
    instruction to read, see, view or download a publication.
    """
    line = plain(line)
    if len(line) > LONGEST_POINTER or len(line.split()) > LONGEST_TITLE:
        return None
    named = named_paper(line)
    if named:
        return named
    read = _READ_PAPER.fullmatch(line) or _READ_MORE.fullmatch(line)
    if read and ". " not in line:
        return read["paper"].strip(" .") or line.rstrip(".")
    return None


def named_paper(line: str) -> str | None:
    """The title in a line of the form "ASCL policy paper: Title", else None."""
    line = plain(line)
    named = _NAMED_PAPER.fullmatch(line)
    return named["paper"].strip() if named and not line.endswith((".", "!", "?")) else None


def cut_blocks(text: str) -> tuple[Block, ...]:
    """Cut ``text`` so that the blocks' spans and white space partition it, in order."""
    blocks: list[Block] = []
    blank = 0
    for line in lines(text):
        if blocks and blank == 0 and _underlines(text, blocks[-1], line):
            last = blocks.pop()
            blocks.append(Block(BlockKind.HEADING, Span(last.span.start, line.end), last.blank_lines_before))
            continue
        kind = _kind(line.of(text))
        if kind is None:
            blank += 1
            continue
        if blocks and _continues(text, blocks[-1], line, kind, blank):
            last = blocks.pop()
            blocks.append(Block(kind, Span(last.span.start, line.end), last.blank_lines_before))
        else:
            blocks.append(Block(kind, line, blank))
        blank = 0
    return tuple(blocks)


def heading_of(line: str) -> tuple[int, str]:
    """Level (1 to 6) and words of a heading line, or of one that is underlined.

    Raises:
        ValueError: for a line that is not a heading.
    """
    match = HEADING.fullmatch(line)
    if match is None and (underlined := UNDERLINED.fullmatch(line)):
        return (1 if underlined[2] == "=" else 2), underlined[1].strip()
    if match is None:
        raise ValueError(f"{line!r} is not a heading; a heading is written as '## Words'.")
    return len(match[1]), match[2]


def _underlines(text: str, above: Block, line: Span) -> bool:
    """Whether a line makes a heading of the one above it."""
    heading = above.kind is BlockKind.PARAGRAPH and UNDERLINED.fullmatch(text[above.span.start : line.end]) is not None
    return heading and not plain(above.span.of(text)).endswith((".", ":", ";"))


def _kind(line: str) -> BlockKind | None:
    if not line:
        return None
    if HEADING.fullmatch(line):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH if pointed_paper(line) is None else BlockKind.POINTER


def _continues(text: str, last: Block, line: Span, kind: BlockKind, blank: int) -> bool:
    """Whether a line belongs to the block above: the next line of a paragraph, or an item of the list it leads in."""
    if kind is not BlockKind.PARAGRAPH or last.kind is not BlockKind.PARAGRAPH:
        return False
    if blank == 0:
        return True
    above, below = last.span.of(text), line.of(text)
    in_list = LIST_ITEM.match(above.rsplit("\n", 1)[-1].strip()) is not None
    if NUMBERED.match(above):  # a paragraph with a number, as evidence to a committee is written: only a colon leads in a list
        return LIST_ITEM.match(below) is not None and NUMBERED.match(below) is None and above.partition("\n")[0].endswith(":")
    return LIST_ITEM.match(below) is not None and (in_list or _leads_in_a_list(above))


def _leads_in_a_list(above: str) -> bool:
    """Whether a paragraph ends as one does whose list follows: "We call on the government to". A short line may be a heading."""
    last = above.rsplit("\n", 1)[-1].rstrip()
    return last.endswith(":") or (last[-1:].isalpha() and len(last.split()) >= LEAST_LED_IN)
