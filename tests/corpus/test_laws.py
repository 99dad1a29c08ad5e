"""What holds of any document whatever its text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corpus.models import Document, Span, Statement
from corpus.parsing import parse_document
from corpus.splitting import PASSAGE_CHARACTERS, cut_passages
from corpus.text import digest
from tests.corpus.strategies import paragraphs, texts
from tests.support import document_of, front_matter, outside

ADDED = "Libraries deserve a line of their own in every budget."


def held(document: Document) -> list[Span]:
    """The spans of everything a document was cut into, in order."""
    return sorted(part.span for parts in (document.headings, document.statements, document.pointers) for part in parts)


@settings(max_examples=150)
@given(texts)
@example("")
@example("\ufeff\u00a0\n\u2029")
@example("## Heading only")
@example("Lead-in:\n- one\n\n- two. Three?\nfour")
def test_headings_statements_pointers_and_white_space_partition_the_text_in_order(text: str) -> None:
    document = document_of(text)
    assert document.text == text
    assert not outside(text, held(document)).strip()


@given(texts)
def test_no_span_begins_or_ends_with_white_space(text: str) -> None:
    for span in held(document_of(text)):
        assert span.of(text) == span.of(text).strip()


@settings(max_examples=150)
@given(texts)
@example("- 1. A. B.\n- (c) d")
def test_sentences_and_white_space_partition_each_statement(text: str) -> None:
    for statement in document_of(text).statements:
        assert statement.text == statement.span.of(text)
        assert len(statement.own_voice) == len(statement.sentences) >= 1
        assert all(statement.span.covers(sentence) for sentence in statement.sentences)
        shifted = [Span(s.start - statement.span.start, s.end - statement.span.start) for s in statement.sentences]
        assert not outside(statement.text, shifted).strip()


@given(texts)
def test_every_statement_has_an_id_of_its_own_that_its_words_decide(text: str) -> None:
    document = document_of(text)
    assert len({statement.id for statement in document.statements}) == len(document.statements)
    for statement in document.statements:
        assert statement.id.startswith(f"paper/{statement.section.slug}/{digest(statement.text)[:8]}")
        assert statement.section.name


def long_statements() -> st.SearchStrategy[list[str]]:
    return st.lists(
        st.one_of(paragraphs, st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1)), min_size=20
    )


@settings(max_examples=60)
@given(long_statements())
def test_passages_are_exact_spans_that_cover_their_statement(parts: list[str]) -> None:
    document = document_of("Lead-in: " + " ".join(parts))
    for statement in document.statements:
        passages = cut_passages(statement)
        covered = {place for passage in passages for place in range(passage.start, passage.end)}
        missing = [p for p in range(statement.span.start, statement.span.end) if p not in covered]
        assert all(
            statement.span.covers(passage) and len(passage.of(document.text)) <= PASSAGE_CHARACTERS for passage in passages
        ) or (passages == (statement.span,))
        assert not "".join(document.text[place] for place in missing).strip()


@settings(max_examples=150)
@given(texts, st.data())
def test_a_paragraph_inserted_above_a_statement_changes_no_other_id(text: str, data: st.DataObject) -> None:
    before = document_of(text)
    assume(before.statements and ADDED not in text)
    at = data.draw(st.sampled_from(before.statements))
    after = document_of(f"{text[: at.span.start]}{ADDED}\n\n{text[at.span.start :]}")
    assert [one.id for one in after.statements if one.text != ADDED] == [one.id for one in before.statements]


@given(texts, st.data())
def test_an_edited_statement_gets_a_new_id_and_the_others_keep_theirs(text: str, data: st.DataObject) -> None:
    before = document_of(text)
    assume(before.statements)
    at: Statement = data.draw(st.sampled_from(before.statements))
    assume([one.text for one in before.statements].count(at.text) == 1)
    after = document_of(f"{text[: at.span.end]} nevertheless.{text[at.span.end :]}")
    ids = {one.id for one in after.statements}
    assert at.id not in ids
    assert {one.id for one in before.statements} - {at.id} <= ids


@settings(max_examples=60)
@given(texts.filter(lambda text: "\r" not in text), st.booleans(), st.booleans())
def test_a_crlf_checkout_or_a_byte_order_mark_serves_the_same_document(text: str, crlf: bool, mark: bool) -> None:
    content = front_matter("paper", title="Paper") + text
    changed = ("\ufeff" if mark else "") + (content.replace("\n", "\r\n") if crlf else content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.md")
        path.write_bytes(content.encode("utf-8"))
        original = parse_document(path)
        path.write_bytes(changed.encode("utf-8"))
        assert parse_document(path) == original
        assert original.text == text
