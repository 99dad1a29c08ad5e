"""Say which section each block belongs to, and never guess a heading silently.

Text that follows the papers named at the foot of a section belongs to no printed heading. If it names a paper of its
own below, the section takes that paper's name and is marked as inferred; if it is only set off by a wider gap, it
falls back to the document's title, marked likewise.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blocks import Block, BlockKind, heading_of, named_paper
from corpus.models import Section
from corpus.text import slug


def assign_sections(document: str, title: str, text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The section of each block, in parallel with ``blocks``. A heading belongs to the section that it opens."""
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    current = Section(document, slug(title), (title,))
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            level, words = heading_of(block.span.of(text))
            path = [step for step in path if step[0] < level] + [(level, words)]
            names = tuple(words for _, words in path)
            current = Section(document, slug(" ".join(names)), names)
        elif block.kind is BlockKind.PARAGRAPH and number and _closes_section(text, blocks[number - 1]):
            current = _after_pointers(document, title, text, blocks[number:]) or current
        sections.append(current)
    return tuple(sections)


def _closes_section(text: str, block: Block) -> bool:
    """Whether a block is the kind of line that stands at a section's foot: one that names a paper."""
    return block.kind is BlockKind.POINTER and named_paper(block.span.of(text)) is not None


def _after_pointers(document: str, title: str, text: str, following: Sequence[Block]) -> Section | None:
    """The section of text that stands below a section's papers; None where it plainly goes on with that section."""
    for block in following:
        if block.kind is BlockKind.HEADING:
            break
        paper = named_paper(block.span.of(text)) if block.kind is BlockKind.POINTER else None
        if paper:
            return Section(document, slug(paper), (paper,), inferred=True)
    if following[0].blank_lines_before > 1:
        return Section(document, slug(title), (title,), inferred=True)
    return None
