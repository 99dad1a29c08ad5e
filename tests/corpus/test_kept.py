"""A corpus that is put together from what was kept is the corpus that would be loaded, or is not used at all."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from corpus import kept
from corpus.kept import read_kept, sources, write_kept
from corpus.loading import load_corpus
from corpus.models import Corpus
from tests.support import SHIPPED, write_document, write_questions

PAPER = """Words before any heading.

## Pay

Pay should rise – “now”. This is urgent. The government says that it has risen.

## Inspection

Grades should go.

ASCL policy paper: Inspection and Beyond
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_document(tmp_path, "pay", PAPER, published="2024-03")
    statement = next(iter(load_corpus(tmp_path).statements))
    write_questions(tmp_path, "pay", {statement: ["What comes first?"]})
    (tmp_path / "questions" / "pay.unanswered.yaml").write_text("costs:\n- What would it cost?\n", encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(
        "entries:\n- {term: Ofsted, kind: body, full: Office for Standards, same: [the inspectorate]}\nnever_expand: [it]\n",
        encoding="utf-8",
    )
    return tmp_path


@pytest.fixture
def path(folder: Path) -> Path:
    """What was kept of the corpus in ``folder``."""
    path = folder / "corpus.json"
    write_kept(path, load_corpus(folder))
    return path


def assert_kept_whole(folder: Path, path: Path) -> None:
    """What is kept of the corpus in ``folder`` gives back what loading it gives."""
    loaded = load_corpus(folder)
    write_kept(path, loaded)
    found = read_kept(path, folder)
    assert found is not None
    assert parts(found) == parts(loaded)


def parts(corpus: Corpus) -> tuple[object, ...]:
    return corpus.documents, dict(corpus.questions), dict(corpus.unanswered), corpus.glossary, corpus.digest, corpus.sources


def test_what_is_put_together_is_what_would_be_loaded(folder: Path, path: Path) -> None:
    found = read_kept(path, folder)
    assert found is not None
    assert parts(found) == parts(load_corpus(folder))


def test_the_shipped_corpus_is_put_together_whole(tmp_path: Path) -> None:
    assert_kept_whole(SHIPPED, tmp_path / "corpus.json")


def test_a_document_without_a_body_is_put_together_as_well(folder: Path) -> None:
    write_document(folder, "empty", "")
    assert_kept_whole(folder, folder / "corpus.json")


def test_a_checkout_with_other_line_ends_is_put_together_from_its_own_bytes(folder: Path) -> None:
    document = folder / "documents" / "pay.md"
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n"))
    assert_kept_whole(folder, folder / "corpus.json")


def test_no_statement_s_words_are_kept(folder: Path, path: Path) -> None:
    held = path.read_text(encoding="utf-8")
    corpus = load_corpus(folder)
    assert not [statement.text for statement in corpus.statements.values() if json.dumps(statement.text)[1:-1] in held]
    assert "rise" not in held


@pytest.mark.parametrize("name", ["documents/pay.md", "questions/pay.yaml", "questions/pay.unanswered.yaml", "glossary.yaml"])
def test_a_file_that_changed_by_one_byte_makes_it_useless(name: str, folder: Path, path: Path) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    assert read_kept(path, folder) is None


def test_a_file_that_came_or_went_makes_it_useless(folder: Path, path: Path) -> None:
    added = write_document(folder, "new", "## New\n\nNew things are needed.\n")
    assert read_kept(path, folder) is None
    added.unlink()
    assert read_kept(path, folder) is not None
    (folder / "questions" / "pay.unanswered.yaml").unlink()
    assert read_kept(path, folder) is None


@pytest.mark.parametrize("left", ["documents/README.md", "documents/.#pay.md", "questions/old.yaml"])
def test_a_file_that_cannot_be_read_keeps_nothing_and_says_nothing_itself(left: str, folder: Path, path: Path) -> None:
    (folder / left).symlink_to(folder / "nowhere")
    assert (sources(folder) == "") == (left != "documents/README.md")  # which is no part of a corpus
    assert (read_kept(path, folder) is None) == (left != "documents/README.md")


def test_a_field_that_yaml_takes_for_a_date_is_kept_as_it_was_read(folder: Path) -> None:
    write_document(folder, "pay", PAPER, source_digest=datetime.date(2024, 1, 1))
    assert load_corpus(folder).documents[0].source_digest == "2024-01-01"
    assert_kept_whole(folder, folder / "corpus.json")


@pytest.mark.parametrize("rule", ["voices.py", "voice_model.json", "voice_words.json"])
def test_rules_that_changed_make_it_useless(
    rule: str, folder: Path, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(Path(kept.__file__).parent, rules, ignore=shutil.ignore_patterns("questions", "documents"))
    with (rules / rule).open("a", encoding="utf-8") as file:
        file.write("\n")
    monkeypatch.setattr(kept, "_RULES", rules)
    assert read_kept(path, folder) is None


def test_of_a_corpus_that_no_files_hold_nothing_is_used(folder: Path, path: Path) -> None:
    loaded = load_corpus(folder)
    write_kept(path, Corpus(loaded.documents, loaded.questions, loaded.glossary, loaded.unanswered))
    assert read_kept(path, folder) is None


def test_files_edited_while_they_are_read_are_kept_of_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(["before", "after"])
    monkeypatch.setattr("corpus.loading.sources", lambda _: next(told))
    assert load_corpus(folder).sources == ""
    monkeypatch.undo()
    assert load_corpus(folder).sources == sources(folder)
