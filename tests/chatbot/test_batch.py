"""Batch: one line out for each line in, whatever the lines hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer import Answer, AnswerStatus
from chatbot.batch import answer_file, results
from chatbot.batch_reading import Asked, BatchRefused, Unreadable, read_lines


def echo(question: str, history: Sequence[str] = ()) -> Answer:
    """An answering function whose answer shows what it was asked."""
    status = AnswerStatus.NO_POSITION if question.strip() else AnswerStatus.DECLINED_EMPTY
    return Answer(question, question, status, " / ".join([*history, question]))


def read(content: bytes, suffix: str = ".jsonl") -> list[Asked | Unreadable]:
    return list(read_lines(content.splitlines(keepends=True) if b"\r" not in content else _lines(content), suffix))


def _lines(content: bytes) -> list[bytes]:
    """As a file gives them: ended by line feeds only."""
    return [line + b"\n" for line in content.split(b"\n")[:-1]] + ([content.split(b"\n")[-1]] if content[-1:] != b"\n" else [])


def message(line: Asked | Unreadable) -> str:
    assert isinstance(line, Unreadable)
    return line.message


def test_json_lines_carry_question_history_and_other_fields() -> None:
    content = b'{"question": "on funding?", "id": 7, "tags": ["a"]}\n{"question": "post-16?", "history": ["on funding?"]}'
    assert read(content) == [Asked("on funding?", (), {"id": 7, "tags": ["a"]}), Asked("post-16?", ("on funding?",))]


def test_other_fields_come_back_under_input_and_only_if_there_are_any() -> None:
    with_id, without = results([Asked("a", (), {"id": "K-12"}), Asked("b")], echo)
    assert with_id["input"] == {"id": "K-12"}
    assert "input" not in without


def test_an_empty_question_is_an_ordinary_answer() -> None:
    [answer] = results(read(b'{"question": ""}'), echo)
    assert answer["status"] == "declined_empty"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "blank"),
        (b"   ", "blank"),
        (b"what about Ofsted?", "not JSON"),
        (b'"what about Ofsted?"', "not a JSON object"),
        (b'["what about Ofsted?"]', "not a JSON object"),
        (b'{"text": "what about Ofsted?"}', 'no field "question"'),
        (b'{"question": 5}', '"question" must be a string'),
        (b'{"question": null}', '"question" must be a string'),
        (b'{"question": "q", "history": "earlier"}', '"history" must be a list'),
        (b'{"question": "q", "history": [1]}', '"history" must be a list'),
        (b'{"question": "caf\xe9"}', "not UTF-8"),
        (b'{"question": "q", "score": NaN}', "not JSON"),
        (b'{"question": "q", "score": 1e999}', "not JSON"),
        (b'{"question": "q", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not JSON"),
    ],
)
def test_an_unreadable_line_is_named_and_spoils_no_other(line: bytes, why: str) -> None:
    good = b'{"question": "good"}'
    first, bad, last = read(good + b"\n" + line + b"\n" + good + b"\n")
    assert first == last == Asked("good")
    assert isinstance(bad, Unreadable)
    assert bad.line == 2
    assert why in bad.message


def test_an_unreadable_line_gives_exactly_status_line_and_message() -> None:
    [given_back] = results([Unreadable(3, "This line is blank.")], echo)
    assert given_back == {"status": "error_bad_line", "line": 3, "message": "This line is blank."}


def test_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    assert read(b'\xef\xbb\xbf{"question": "a"}\r\n{"question": "b"}\r\n') == [Asked("a"), Asked("b")]


def test_csv_reads_columns_by_name() -> None:
    content = 'id,question,history\n7,"Phones, too?","[""on funding?""]"\n8,Überprüfung?,\n'.encode()
    assert read(content, ".csv") == [Asked("Phones, too?", ("on funding?",), {"id": "7"}), Asked("Überprüfung?", (), {"id": "8"})]


def test_csv_from_a_spreadsheet_with_mark_semicolons_and_windows_line_ends() -> None:
    assert read(b"\xef\xbb\xbfQuestion ;id\r\non funding?;7\r\n", ".csv") == [Asked("on funding?", (), {"id": "7"})]


def test_a_csv_record_over_two_lines_is_one_line() -> None:
    assert read(b'question\n"over\ntwo lines"\nnext\n', ".csv") == [Asked("over\ntwo lines"), Asked("next")]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (b"", "blank"),
        (b"1,What about A, B?", "3 fields"),
        (b"1,caf\xe9", "not UTF-8"),
        (b'1,"a"b', "not CSV"),
        (b"1", 'no field "question"'),
    ],
)
def test_an_unreadable_csv_record_spoils_no_other(record: bytes, why: str) -> None:
    first, bad, last = read(b"id,question\n1,good\n" + record + b"\n1,good\n", ".csv")
    assert first == last == Asked("good", (), {"id": "1"})
    assert isinstance(bad, Unreadable)
    assert bad.line == 2
    assert why in bad.message


def test_csv_history_must_be_a_json_array() -> None:
    assert '"history" is not a JSON array' in message(read(b"question,history\nq,earlier\n", ".csv")[0])
    assert '"history" must be a list' in message(read(b'question,history\nq,"{}"\n', ".csv")[0])


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    [bad] = read(b'question\n"never closed\nnext\n', ".csv")
    assert "not CSV" in message(bad)


def test_csv_without_a_question_column_is_refused_whole() -> None:
    with pytest.raises(BatchRefused, match='one of them must be "question"'):
        read(b"id,text\n1,q\n", ".csv")
    with pytest.raises(BatchRefused):
        read(b"", ".csv")


def test_without_a_suffix_the_first_line_decides() -> None:
    assert read(b"id,question\n1,q\n", "") == [Asked("q", (), {"id": "1"})]
    assert read(b'{"question": "q"}\n', "") == [Asked("q")]
    assert read(b"", "") == []


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b""))))
def test_law_one_line_out_for_each_line_in(lines: list[bytes]) -> None:
    content = b"".join(line + b"\n" for line in lines)
    given_back = list(results(read_lines(_lines(content) if content else [], ".jsonl"), echo))
    assert len(given_back) == len(lines)
    assert all(result["line"] == number for number, result in enumerate(given_back, 1) if "line" in result)


@given(st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_law_what_json_says_arrives(question: str, history: list[str], carried: dict[str, Any]) -> None:
    ours = {"question": question, "history": history}
    [asked] = read_lines([json.dumps({**carried, **ours}).encode()], ".jsonl")
    assert asked == Asked(question, tuple(history), {k: v for k, v in carried.items() if k not in ours})


class TestOut:
    """``--out``: the file appears whole, or not at all."""

    @pytest.fixture
    def questions(self, tmp_path: Path) -> Path:
        path = tmp_path / "questions.jsonl"
        path.write_text('{"question": "a’b"}\n\n{"question": "\\ud800"}\n', encoding="utf-8")
        return path

    def test_written_with_one_line_each(self, questions: Path, tmp_path: Path) -> None:
        out = tmp_path / "answers.jsonl"
        said: list[str] = []
        assert answer_file(questions, out, echo, said.append) == 1
        first, second, third = map(json.loads, out.read_text(encoding="utf-8").splitlines())
        assert (first["question"], second["status"], third["question"]) == ("a’b", "error_bad_line", "\ud800")
        assert said == ["Lines: 3. Answered: 2. Not readable: 1."]

    def test_interrupted_it_leaves_what_was_there(self, questions: Path, tmp_path: Path) -> None:
        out = tmp_path / "answers.jsonl"
        out.write_text("before", encoding="utf-8")

        def interrupted(question: str, history: Sequence[str]) -> Answer:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            answer_file(questions, out, interrupted, print)
        assert out.read_text(encoding="utf-8") == "before"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.jsonl", "questions.jsonl"]

    def test_never_over_the_file_that_is_read(self, questions: Path, tmp_path: Path) -> None:
        before = questions.read_bytes()
        link = tmp_path / "link.jsonl"
        link.hardlink_to(questions)
        for out in (questions, link):
            with pytest.raises(BatchRefused, match="is being read"):
                answer_file(questions, out, echo, print)
        assert questions.read_bytes() == before

    def test_where_it_cannot_be_it_is_refused(self, questions: Path, tmp_path: Path) -> None:
        with pytest.raises(BatchRefused, match="cannot be written"):
            answer_file(questions, tmp_path / "missing" / "answers.jsonl", echo, print)
        with pytest.raises(BatchRefused, match="is a folder"):
            answer_file(questions, tmp_path, echo, print)
        with pytest.raises(BatchRefused, match="cannot be read"):
            answer_file(tmp_path / "missing.jsonl", None, echo, print)

    def test_a_header_that_is_refused_leaves_no_file(self, tmp_path: Path) -> None:
        source = tmp_path / "questions.csv"
        source.write_text("id,text\n1,q\n", encoding="utf-8")
        with pytest.raises(BatchRefused):
            answer_file(source, tmp_path / "answers.jsonl", echo, print)
        assert list(tmp_path.iterdir()) == [source]
