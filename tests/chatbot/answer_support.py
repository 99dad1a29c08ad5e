"""The whole way from a question to its answer over a corpus folder, and what holds of every answer."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from chatbot.answer import Answer, AnswerStatus, Quote
from chatbot.answering import Recipe
from chatbot.judging import load_judge
from chatbot.searching import Searcher
from chatbot.settings import load_settings
from corpus.loading import load_corpus
from corpus.models import Corpus, Span
from index.embedding import PACKAGED
from index.opening import OpenIndex, in_memory
from tests.support import packaged_encoder

STATUSES = {
    "answered", "answered_partly", "answered_about_last", "no_position", "unclear", "off_topic", "greeting", "declined_empty",
    "declined_too_long", "declined_abuse", "declined_instruction", "declined_personal_data", "declined_advice",
    "declined_other_body", "declined_emergency",
}  # fmt: skip


def index_over(corpus: Corpus) -> OpenIndex:
    """An index by the real model that is never written."""
    return in_memory(corpus, packaged_encoder(), PACKAGED)


def recipe_over(folder: Path, **given: Any) -> Recipe:
    """What answers questions from the corpus in ``folder``, with the real model and judge."""
    corpus = load_corpus(folder)
    return Recipe(Searcher(corpus, index_over(corpus), packaged_encoder(), load_judge()), load_settings(**given))


@cache
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words of letters only."""
    return tuple("".join(c if c.isalpha() or c in "'’" else " " for c in text.lower()).split())


def quoted(answer: Answer) -> str:
    """Everything an answer quotes, one quote per line."""
    return "\n".join(quote.text for quote in answer.quotes)


def assert_well_formed(answer: Answer, corpus: Corpus) -> None:
    """What holds of every answer, whatever was asked."""
    assert answer.status.value in STATUSES
    assert answer.message.strip()
    assert bool(answer.quotes) == bool(answer.citations) == answer.status.value.startswith("answered")
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert list(dict.fromkeys(quote.citation for quote in answer.quotes)) == [one.number for one in answer.citations]
    assert (answer.not_covered is not None) == (answer.status is AnswerStatus.ANSWERED_PARTLY)
    assert all(nearest.statement in corpus.statements for nearest in answer.nearest)
    for quote in answer.quotes:
        assert_exact(quote, answer, corpus)
    written = json.dumps(answer.to_dict(), ensure_ascii=False).encode("utf-8")
    assert json.loads(written) == json.loads(json.dumps(answer.to_dict()))


def assert_exact(quote: Quote, answer: Answer, corpus: Corpus) -> None:
    """A quote is its span of the loaded document, inside the statement that its citation names."""
    statement = corpus.statements[quote.statement]
    document = corpus.document(statement.document)
    assert quote.text == document.text[quote.start : quote.end] != ""
    assert statement.span.covers(Span(quote.start, quote.end))
    citation = answer.citations[quote.citation - 1]
    assert (citation.statement, citation.title, citation.section) == (statement.id, document.title, statement.section.name)
    assert (citation.published, citation.retrieved, citation.url) == (document.published, document.retrieved, document.url)
    assert citation.section_inferred == statement.section.inferred
    assert citation.status == document.status.value != "withdrawn"
