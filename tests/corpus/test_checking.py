"""What ``corpus check`` points out, and what is refused when a corpus is read: never passed over without a word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.checking import check_corpus
from corpus.errors import CorpusError
from corpus.loading import load_corpus
from tests.support import write_document

PAY = "## Pay\n\nPay should rise.\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("## Pay\n\n**ASCL** wants pay to rise.\n", "marks of a web page or of Markdown ('**')"),
        ("## Pay\n\nPay should rise, as [our paper](https://example.org) says.\n", "marks of a web page or of Markdown"),
        ("## Pay\n\nSocial media\nThe age for it should be 16.\n", "'Social media' may be a heading"),
        ("## Pay\n\n\u200bPay should rise.\n", "hidden character"),
        ("\u200b## Pay\n\nPay should rise.\n", "hidden character"),
        ("## Pay\n\nThe NEU says that pay is fine. We think that it must rise.\n", "in part"),
    ],
)
def test_what_would_be_quoted_badly_or_not_at_all_is_pointed_out(body: str, words: str, tmp_path: Path) -> None:
    write_document(tmp_path, "pay", body)
    assert any(words in fault.message and fault.severity == "warning" for fault in check_corpus(tmp_path))


def test_a_role_for_words_that_have_changed_is_refused_for_they_might_be_quoted_since(tmp_path: Path) -> None:
    write_document(tmp_path, "pay", PAY, roles={"pay/1f2e3d4c": "context"})
    assert any("has no effect" in fault.message for fault in check_corpus(tmp_path) if fault.severity == "error")
    with pytest.raises(CorpusError, match="has no effect"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("glossary", "words"),
    [
        ("entries: 5\n", "entries are no list"),
        ("never_expand: 5\n", "never_expand are no list"),
        ("entrys:\n  - term: pay\n", "'entrys' is not known"),
        ("entries:\n  - term: 2024-02-31\n", "not YAML"),
        ("entries: " + "[" * 3000, "not YAML"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_refused_in_a_sentence(glossary: str, words: str, tmp_path: Path) -> None:
    write_document(tmp_path, "pay", PAY)
    (tmp_path / "glossary.yaml").write_text(glossary, encoding="utf-8")
    assert any(words in fault.message for fault in check_corpus(tmp_path) if fault.severity == "error")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a named pipe, which Windows has not")
def test_a_pipe_among_the_documents_is_passed_over(tmp_path: Path) -> None:
    write_document(tmp_path, "pay", PAY)
    os.mkfifo(tmp_path / "documents" / "waits.md")
    assert [document.id for document in load_corpus(tmp_path).documents] == ["pay"]


@pytest.mark.parametrize("mark", ["invented: on", '"invented": true', "invented: TRUE"])
def test_an_invented_document_is_refused_however_it_says_so(mark: str, tmp_path: Path) -> None:
    path = write_document(tmp_path, "pay", PAY)
    path.write_text(path.read_text(encoding="utf-8").replace("id: pay\n", f"id: pay\n{mark}\n", 1), encoding="utf-8")
    with pytest.raises(CorpusError, match="marked as invented"):
        load_corpus(tmp_path)


def test_questions_under_one_statement_twice_are_refused_and_so_are_those_of_no_document(tmp_path: Path) -> None:
    write_document(tmp_path, "pay", PAY)
    questions = tmp_path / "questions"
    questions.mkdir()
    (questions / "pay.yaml").write_text("pay/x/1:\n  - One?\npay/x/1:\n  - Two?\n", encoding="utf-8")
    (questions / "other.unanswered.yaml").write_text("gaps:\n  - Three?\n", encoding="utf-8")
    messages = [fault.message for fault in check_corpus(tmp_path)]
    assert any("'pay/x/1' stands twice" in message for message in messages)
    (questions / "pay.yaml").unlink()
    assert any("There is no document 'other'" in fault.message for fault in check_corpus(tmp_path))
