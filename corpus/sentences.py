"""Cut a statement into sentences and list items, each an exact span.

Rules, not a model: published policy prose is regular, and a wrong cut here would cut a quote.
"""

from __future__ import annotations

import re

from corpus.blocks import LIST_ITEM
from corpus.models import Span
from corpus.text import lines, trimmed

# A full stop after one of these does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|viz|al|approx|no|nos|p|pp|[Pp]ara|[Pp]aras|[Vv]ol|[Cc]h|[Ff]ig|ed|eds|Mr|Mrs|Ms|Dr|Prof|Sir|St|Rev|Hon|Rt|Jan|Feb|Aug|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)
LONGEST_ABBREVIATION = 12  # characters, with what stands in front of it
# A mark for a footnote may stand behind the stop: "since 2018.[1] The rise ..."
_BREAK = re.compile(r"[.!?…]++[\"'”’)\]]*+(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹])*+(?=\s+[\"'“‘(\[]?[A-Z0-9£])")


def cut_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of ``text[span]`` in order; with white space between them they partition the span.

    Each list item begins a sentence of its own. A paragraph that runs over several lines is not cut at line ends.
    """
    return tuple(
        sentence for run in _runs(text, span) for sentence in _sentences_of_run(text, run) if sentence.end > sentence.start
    )


def _runs(text: str, span: Span) -> list[Span]:
    """Paragraph runs and list items."""
    runs: list[Span] = []
    for line in lines(span.of(text)):
        here = Span(line.start + span.start, line.end + span.start)
        if here.start == here.end:
            continue
        if runs and not LIST_ITEM.match(here.of(text)):
            runs[-1] = Span(runs[-1].start, here.end)
        else:
            runs.append(here)
    return runs


def _sentences_of_run(text: str, run: Span) -> list[Span]:
    sentences: list[Span] = []
    start = run.start
    for match in _BREAK.finditer(text, run.start, run.end):
        if _ABBREVIATION.search(text, max(start, match.end() - LONGEST_ABBREVIATION), match.end()):
            continue
        if text[match.start()] == "." and LIST_ITEM.fullmatch(text[start : match.end()] + " x"):
            continue  # the number of a numbered item is not a sentence
        sentences.append(trimmed(text, start, match.end()))
        start = match.end()
    sentences.append(trimmed(text, start, run.end))
    return sentences
