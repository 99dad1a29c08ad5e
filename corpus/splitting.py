"""Cut what is too long for the encoder into passages. The only importer of langchain_text_splitters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus.models import Span, Statement

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

# The encoder reads 256 word pieces. English prose takes 4 to 5 characters a piece; at 3, still 233 fit in 700.
PASSAGE_CHARACTERS = 700
OVERLAP_CHARACTERS = 80


class SplitError(Exception):
    """Raised when the splitter hands back text that does not stand where it says; no index is built then."""


def cut_passages(statement: Statement) -> tuple[Span, ...]:
    """Spans, in the document's offsets, that together cover the statement; one span where it is short enough.

    Raises:
        SplitError: if a chunk is not the text at its offset.
    """
    if len(statement.text) <= PASSAGE_CHARACTERS:
        return (statement.span,)
    passages = []
    for chunk in _splitter().create_documents([statement.text]):
        start = int(chunk.metadata["start_index"])
        if statement.text[start : start + len(chunk.page_content)] != chunk.page_content:
            raise SplitError(f"The splitter misplaced a passage of {statement.id} at character {start}.")
        passages.append(Span(statement.span.start + start, statement.span.start + start + len(chunk.page_content)))
    return tuple(passages)


@cache
def _splitter() -> RecursiveCharacterTextSplitter:
    # Not at the top: it takes a quarter of a second, and only an index build cuts anything.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    # Lengths in characters: with a word-count length the splitter's start_index is wrong wherever chunks overlap.
    return RecursiveCharacterTextSplitter(
        chunk_size=PASSAGE_CHARACTERS,
        chunk_overlap=OVERLAP_CHARACTERS,
        length_function=len,
        add_start_index=True,
        separators=["\n\n", "\n", ". ", "; ", ", ", " ", ""],
    )
