"""Files of the corpus: what is read, and what is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.checking import check_corpus
from corpus.errors import CorpusError
from corpus.loading import load_corpus
from corpus.models import Kind, Status
from corpus.parsing import parse_document
from tests.support import SHIPPED, front_matter, write_document, write_questions

PAY = "## Pay\n\nPay should rise.\n"


def refusal(path: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        parse_document(path)
    return str(caught.value)


def test_fields_are_read(tmp_path: Path) -> None:
    document = parse_document(write_document(tmp_path, "pay-2024", PAY, status="superseded", published="2024-03-18"))
    assert (document.id, document.kind, document.status) == ("pay-2024", Kind.POLICY_PAPER, Status.SUPERSEDED)
    assert (document.published, document.retrieved) == ("2024-03-18", "2024-04-01")


@pytest.mark.parametrize("unknown", ["unknown", "undated", ""])
def test_an_unknown_date_is_no_date(unknown: str, tmp_path: Path) -> None:
    assert parse_document(write_document(tmp_path, "pay", PAY, published=unknown)).published is None


@pytest.mark.parametrize(
    ("fields", "line", "words"),
    [
        ({"id": "Pay Paper"}, 2, "'Pay Paper' cannot be used"),
        ({"id": "other"}, 2, "'other' is not the file's name"),
        ({"title": ""}, 3, "no title"),
        ({"kind": "rumour"}, 5, "'rumour' is not known"),
        ({"url": "javascript:alert(1)"}, 6, "is not a web address"),
        ({"published": "last spring"}, 7, "'last spring' cannot be read"),
        ({"published": "2024-13"}, 7, "'2024-13' cannot be read"),
        ({"status": "retired"}, 9, "'retired' is not known"),
        ({"roles": {"pay/1f2e3d4c": "pointer"}}, 10, "roles cannot be read"),
    ],
)
def test_a_wrong_field_is_refused_with_its_line_and_a_remedy(
    fields: dict[str, object], line: int, words: str, tmp_path: Path
) -> None:
    path = write_document(tmp_path, "pay", PAY, **fields)
    message = refusal(path)
    assert message.startswith(f"{path}:{line}: error: ")
    assert words in message and "Remedy: " in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Pay should rise.", "no front matter"),
        (b"", "no front matter"),
        (b"---\nid: [\n---\n", "not YAML"),
        (b"---\njust words\n---\n", "holds no fields"),
        (b"---\n---\n", "holds no fields"),
        (b"\xff\xfe", "not UTF-8"),
        (b"---\npublished: 2024-02-31\n---\n", "not YAML"),
    ],
)
def test_a_file_that_is_no_document_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "pay.md"
    path.write_bytes(content)
    assert words in refusal(path)


def test_loading_names_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    write_document(tmp_path, "good", PAY)
    write_document(tmp_path, "bad", PAY, kind="rumour", status="retired")
    (tmp_path / "documents" / "worse.md").write_bytes(b"no front matter")
    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert [(fault.path.name, fault.line) for fault in caught.value.faults] == [("bad.md", 5), ("bad.md", 9), ("worse.md", 1)]


def test_a_folder_without_documents_is_refused_with_the_setting_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="ASCL_CHAT_CORPUS_FOLDER"):
        load_corpus(tmp_path)


def test_the_readme_of_the_folder_is_no_document(tmp_path: Path) -> None:
    write_document(tmp_path, "pay", PAY)
    (tmp_path / "documents" / "README.md").write_text("What the fields mean.", encoding="utf-8")
    assert [document.id for document in load_corpus(tmp_path).documents] == ["pay"]


class TestDigest:
    """An index depends on it: whatever changes an answer changes it, and nothing else does."""

    def test_a_crlf_checkout_has_the_same_digest(self, tmp_path: Path) -> None:
        path = write_document(tmp_path, "pay", PAY)
        before = load_corpus(tmp_path).digest
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert load_corpus(tmp_path).digest == before

    def test_a_word_a_status_and_a_question_each_change_it(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", PAY)
        digests = [load_corpus(tmp_path).digest]
        [statement] = load_corpus(tmp_path).statements
        write_questions(tmp_path, "pay", {statement: ["More pay?"]})
        digests.append(load_corpus(tmp_path).digest)
        write_document(tmp_path, "pay", PAY, status="withdrawn")
        digests.append(load_corpus(tmp_path).digest)
        write_document(tmp_path, "pay", PAY.replace("rise", "fall"))
        digests.append(load_corpus(tmp_path).digest)
        assert len(set(digests)) == 4

    def test_a_question_known_to_be_unanswered_changes_it_too_for_it_has_a_vector(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", PAY)
        before = load_corpus(tmp_path).digest
        write_questions(tmp_path, "pay.unanswered", {"pensions": ["Will pensions rise?"]})
        assert load_corpus(tmp_path).digest != before


class TestCuratedQuestions:
    def test_they_stay_with_their_statement_when_a_paragraph_is_inserted_above_it(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", "## Pay\n\nPay should rise.\n")
        [statement] = load_corpus(tmp_path).statements
        write_questions(tmp_path, "pay", {statement: ["More pay?"]})
        write_document(tmp_path, "pay", "## Pay\n\nTeaching is hard work.\n\nPay should rise.\n")
        corpus = load_corpus(tmp_path)
        assert corpus.questions == {statement: ("More pay?",)}
        assert corpus.statements[statement].text == "Pay should rise."
        assert check_corpus(tmp_path) == ()

    def test_they_are_left_out_and_named_when_their_statement_was_edited(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", "Pay should rise.\n")
        [statement] = load_corpus(tmp_path).statements
        path = write_questions(tmp_path, "pay", {statement: ["More pay?"]})
        write_document(tmp_path, "pay", "Pay should rise by a tenth.\n")
        assert load_corpus(tmp_path).questions == {}
        [fault] = check_corpus(tmp_path)
        assert (fault.path, fault.line, fault.severity) == (path, 1, "error")
        assert statement in fault.message

    def test_a_question_that_stands_twice_is_a_warning_at_its_line(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", "Pay should rise.\n")
        [statement] = load_corpus(tmp_path).statements
        write_questions(tmp_path, "pay", {statement: ["Why?", "More pay?", "more pay?"]})
        faults = check_corpus(tmp_path)
        assert {fault.severity for fault in faults} == {"warning"}
        assert all("stands twice" in fault.message for fault in faults)

    @pytest.mark.parametrize("content", ["- a list\n", "pay/pay/1f2e3d4c: one question\n", "a: [unclosed\n", "a:\n  - ''\n"])
    def test_a_file_of_another_shape_is_refused(self, content: str, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", PAY)
        path = write_questions(tmp_path, "pay", {})
        path.write_text(content, encoding="utf-8")
        with pytest.raises(CorpusError, match="pay.yaml"):
            load_corpus(tmp_path)
        assert [fault.path for fault in check_corpus(tmp_path)] == [path]


class TestChecking:
    def test_the_shipped_corpus_has_nothing_to_mend(self) -> None:
        assert [str(fault) for fault in check_corpus(SHIPPED)] == []

    def test_every_kind_of_fault_is_reported_in_order_of_file_and_line(self, tmp_path: Path) -> None:
        write_document(tmp_path, "b", "Ofsted says that standards rose.\n\nA hidden\u200b character.\n")
        write_document(tmp_path, "a", PAY, kind="rumour", published="soon")
        write_document(tmp_path, "c", "\n")
        (tmp_path / "glossary.yaml").write_text("entries:\n  - term: MAT\n    kind: nickname\n", encoding="utf-8")
        faults = check_corpus(tmp_path)
        assert [(fault.path.name, fault.severity) for fault in faults] == [
            ("a.md", "error"),
            ("a.md", "error"),
            ("b.md", "warning"),
            ("b.md", "warning"),
            ("c.md", "warning"),
            ("glossary.yaml", "error"),
        ]
        assert [fault.line for fault in faults[:4]] == [5, 7, 11, 13]
        assert all(fault.message.endswith(".") and fault.remedy.endswith(".") for fault in faults)

    def test_lines_are_counted_alike_in_a_crlf_checkout(self, tmp_path: Path) -> None:
        path = write_document(tmp_path, "b", "Ofsted says that standards rose.\n")
        lines = [fault.line for fault in check_corpus(tmp_path)]
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert [fault.line for fault in check_corpus(tmp_path)] == lines == [11]

    def test_a_missing_or_unknown_field_is_a_warning(self, tmp_path: Path) -> None:
        path = tmp_path / "documents" / "pay.md"
        path.parent.mkdir()
        path.write_text("---\nid: pay\ntitle: Pay\nauthor: A Head\n---\nPay should rise.\n", encoding="utf-8")
        load_corpus(tmp_path)
        messages = " ".join(str(fault) for fault in check_corpus(tmp_path))
        assert all(word in messages for word in ("'author'", "kind", "status", "published"))
        assert {fault.severity for fault in check_corpus(tmp_path)} == {"warning"}


class TestGlossary:
    def glossary(self, tmp_path: Path, content: str) -> str:
        write_document(tmp_path, "pay", PAY)
        (tmp_path / "glossary.yaml").write_text(content, encoding="utf-8")
        try:
            entries = load_corpus(tmp_path).glossary.entries
        except CorpusError as error:
            return str(error)
        return repr(entries)

    def test_an_entry_is_read(self, tmp_path: Path) -> None:
        read = self.glossary(tmp_path, "entries:\n  - {term: MAT, kind: abbreviation, full: multi-academy trust}\n")
        assert "multi-academy trust" in read

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ("{kind: synonym}", "without a term"),
            ("{term: heads, kind: nickname}", "'nickname'"),
            ("{term: heads, kind: synonym, same: [Heads]}", "links to itself"),
            ("{term: heads, kind: synonym, same: principals}", "list of words"),
            ("{term: heads, kind: synonym, alike: [principals]}", "'alike'"),
            ("{term: heads, kind: synonym}\n  - {term: Heads, kind: synonym}", "stands twice"),
        ],
    )
    def test_a_wrong_entry_is_refused_with_its_line(self, row: str, words: str, tmp_path: Path) -> None:
        message = self.glossary(tmp_path, f"entries:\n  - {row}\n")
        assert words in message and "glossary.yaml:" in message

    def test_a_corpus_without_glossary_and_questions_is_complete(self, tmp_path: Path) -> None:
        write_document(tmp_path, "pay", PAY)
        corpus = load_corpus(tmp_path)
        assert corpus.glossary.entries == () and corpus.questions == {}


def test_front_matter_helper_is_what_the_shipped_documents_use() -> None:
    shipped = {
        line.split(":")[0] for line in (SHIPPED / "documents" / "what-we-stand-for.md").read_text("utf-8").split("\n")[1:10]
    }
    assert {line.split(":")[0] for line in front_matter("a").split("\n")[1:-2]} <= shipped


def test_an_invented_document_is_refused_in_a_corpus(tmp_path: Path) -> None:
    write_document(tmp_path, "made-up", "## Zoology\n\nEvery school should keep an axolotl.\n")
    path = tmp_path / "documents" / "made-up.md"
    path.write_text(path.read_text(encoding="utf-8").replace("\n---\n", "\ninvented: true\n---\n", 1), encoding="utf-8")
    with pytest.raises(CorpusError, match="marked as invented"):
        load_corpus(tmp_path)
    assert any("marked as invented" in fault.message for fault in check_corpus(tmp_path))


def test_half_a_character_in_the_front_matter_is_refused(tmp_path: Path) -> None:
    path = write_document(tmp_path, "pay", PAY)
    path.write_text(path.read_text(encoding="utf-8").replace("title:", 'title: "A \\ud800 page"  #', 1), encoding="utf-8")
    assert "half a character" in refusal(path)


def test_a_value_of_any_length_is_shown_in_a_line(tmp_path: Path) -> None:
    message = refusal(write_document(tmp_path, "pay", PAY, kind=["rumour"] * 3000))
    assert "is not known" in message and len(message) < 2000
