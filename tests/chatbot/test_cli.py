"""The command line, run as its users run it: the installed program, its output and its exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chatbot.assembly import Service
from chatbot.cli import app
from chatbot.exit_codes import MEANINGS, ExitCode

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("ascl-chat.exe" if sys.platform == "win32" else "ascl-chat")
Ask = Callable[..., Any]
OFSTED = "what does ASCL think about Ofsted?"


def run(
    *arguments: str | Path, index: Path | None = None, given: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``ascl-chat`` from another folder than the repository's."""
    settings = {"ASCL_CHAT_INDEX_FOLDER": str(index)} if index else {}
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=ROOT / "tests",
        env={**os.environ, **settings, **(env or {})},
        input=given,
        capture_output=True,
        encoding="utf-8",
    )


class TestHelp:
    def test_help_answers_in_under_half_a_second(self) -> None:
        def seconds() -> float:
            started = time.perf_counter()
            assert run("--help").returncode == ExitCode.OK
            return time.perf_counter() - started

        assert min(seconds() for _ in range(3)) < 0.5

    def test_importing_the_command_line_imports_nothing_heavy(self) -> None:
        heavy = ["pydantic", "rich", "numpy", "torch", "gradio", "fastapi", "structlog", "yaml", "faiss"]
        program = f"import sys, chatbot.cli; sys.exit(' '.join(name for name in {heavy!r} if name in sys.modules) or 0)"
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")

    def test_help_names_every_command_and_every_exit_code(self) -> None:
        shown = run("--help").stdout
        for word in ("serve", "ask", "batch", "index", "corpus", "version"):
            assert f"\n  {word} " in shown
        for code in ExitCode:
            assert f"{code.value}  {MEANINGS[code]}" in shown

    @pytest.mark.parametrize("group", ["index", "corpus"])
    def test_help_of_groups(self, group: str) -> None:
        shown = run(group, "--help").stdout
        assert "check" in shown and "show" in shown

    def test_version(self) -> None:
        from chatbot.version import __version__

        assert run("version").stdout == f"ascl-chat {__version__}\n"

    @pytest.mark.parametrize("wrong", [["ask"], ["ask", "--jsn", "q"], ["aks"], ["serve", "--port", "0"]])
    def test_bad_usage_is_refused_with_a_sentence(self, wrong: list[str]) -> None:
        done = run(*wrong)
        assert done.returncode == ExitCode.USAGE
        assert done.stdout == ""
        assert "Error: " in done.stderr


class TestAsk:
    """Within this process, on one service, because each start of the program opens index and model anew."""

    @pytest.fixture
    def ask(self, service: Service, monkeypatch: pytest.MonkeyPatch) -> Ask:
        monkeypatch.setattr("chatbot.cli._service", lambda: service)
        return lambda *arguments: CliRunner().invoke(app, ["ask", *arguments])

    def test_an_answer_is_quoted_with_its_place_and_undated(self, ask: Ask) -> None:
        done = ask(OFSTED)
        assert done.exit_code == ExitCode.OK
        assert all(words in done.stdout for words in ("“", "Inspection reform", "undated"))

    def test_json_is_all_there_is_on_standard_output(self, ask: Ask) -> None:
        answer = json.loads(ask(OFSTED, "--json").stdout)
        assert (answer["question"], answer["status"], answer["diagnostics"]) == (OFSTED, "answered", None)
        assert answer["quotes"] and answer["citations"]

    def test_history_carries_a_follow_up(self, ask: Ask) -> None:
        before = "What does ASCL say about school funding?"
        answer = json.loads(ask("and for sixth forms?", "--history", before, "--json").stdout)
        assert answer["status"].startswith("answered")

    @pytest.mark.parametrize("question", ["", "what does ASCL think about mobile phones?", "   ", "\U0001f600"])
    def test_an_abstention_or_a_decline_is_a_success(self, question: str, ask: Ask) -> None:
        done = ask(question, "--json")
        assert done.exit_code == ExitCode.OK
        assert json.loads(done.stdout)["quotes"] == []

    def test_explain_shows_what_was_weighed(self, ask: Ask) -> None:
        shown = ask(OFSTED, "--explain")
        assert shown.exit_code == ExitCode.OK
        assert all(word in shown.stdout for word in ("is needed", "Quoted:", "Not quoted:"))
        assert "\x1b" not in shown.stdout
        assert json.loads(ask(OFSTED, "--explain", "--json").stdout)["diagnostics"]

    def test_a_pasted_question_commands_no_terminal(self, ask: Ask) -> None:
        pasted = "\x1b[31mwhat does ASCL say about \x9b2J Ofsted\x07?"
        shown = ask(pasted, "--explain")
        assert shown.exit_code == ExitCode.OK
        assert not {"\x1b", "\x9b", "\x07"} & set(shown.stdout)
        assert json.loads(ask(pasted, "--json").stdout)["question"] == pasted


class TestProgram:
    """The installed program itself."""

    def test_a_console_without_unicode_does_not_crash(self, built_index: Path) -> None:
        ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
        done = run("ask", OFSTED, "--explain", index=built_index, env=ascii_only)
        assert done.returncode == ExitCode.OK, done.stderr
        assert done.stdout.isascii()
        plain = run("ask", OFSTED, "--json", index=built_index, env=ascii_only)
        assert plain.stdout.isascii()
        assert "“" in json.loads(plain.stdout)["message"] + done.stdout.replace("\\u201c", "“")

    def test_asking_never_imports_gradio(self, built_index: Path) -> None:
        program = (
            "import sys\nfrom chatbot.cli import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "sys.stderr.write(' '.join({'gradio', 'uvicorn'} & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "ask", OFSTED],
            cwd=ROOT,
            env={**os.environ, "ASCL_CHAT_INDEX_FOLDER": str(built_index)},
            capture_output=True,
            encoding="utf-8",
        )
        assert "“" in done.stdout
        assert done.stderr == ""

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a writer otherwise that its reader has gone: no EPIPE")
    def test_a_reader_that_goes_away_ends_it_quietly(self) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([PROGRAM, "corpus", "list"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True)
        os.close(writing)
        assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, "")

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl+C to one process alone")
    def test_ctrl_c_ends_it_without_a_traceback(self, built_index: Path) -> None:
        with subprocess.Popen(
            [PROGRAM, "batch", "-"],
            cwd=ROOT,
            env={**os.environ, "ASCL_CHAT_INDEX_FOLDER": str(built_index)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Started in the background, a test run ignores Ctrl+C and would hand that on to what it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as waiting:
            assert waiting.stdin is not None and waiting.stdout is not None and waiting.stderr is not None
            waiting.stdin.write('{"question": ""}\n')
            waiting.stdin.flush()
            assert json.loads(waiting.stdout.readline())["status"] == "declined_empty"  # at once, through a pipe
            waiting.send_signal(signal.SIGINT)
            assert waiting.stderr.read() == ""
        assert waiting.returncode == ExitCode.INTERRUPTED


class TestRefusals:
    """Each thing that users can mend has a sentence and an exit code of its own; none shows a traceback."""

    def test_a_setting_that_cannot_be_used(self) -> None:
        done = run("ask", "q", env={"ASCL_CHAT_PORT": "eighty"})
        assert done.returncode == ExitCode.SETTINGS
        assert "ASCL_CHAT_PORT cannot be 'eighty'" in done.stderr

    def test_a_corpus_that_is_not_there(self, tmp_path: Path) -> None:
        done = run("ask", "q", env={"ASCL_CHAT_CORPUS_FOLDER": str(tmp_path)})
        assert done.returncode == ExitCode.CORPUS
        assert "Remedy:" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_index_that_is_not_there(self, tmp_path: Path) -> None:
        for command in (["ask", "q"], ["index", "check"], ["index", "show"]):
            done = run(*command, index=tmp_path)
            assert done.returncode == ExitCode.INDEX
            assert done.stderr.strip().endswith("ascl-chat index build")
            assert done.stdout == ""

    def test_a_model_that_is_not_there(self, tmp_path: Path) -> None:
        done = run("index", "build", index=tmp_path, env={"ASCL_CHAT_MODEL": str(tmp_path / "missing")})
        assert done.returncode == ExitCode.MODEL, done.stderr
        assert "Traceback" not in done.stderr

    def test_a_port_that_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = run("serve", "--port", str(port))
        assert done.returncode == ExitCode.PORT_TAKEN
        assert f"Port {port} on 127.0.0.1 is taken" in done.stderr


class TestBatch:
    def test_one_json_line_for_each_line(self, built_index: Path, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        file.write_text(json.dumps({"question": OFSTED, "id": 7}) + '\n{"question": ""}\nno json\n', encoding="utf-8")
        done = run("batch", file, index=built_index)
        answered, declined, bad = map(json.loads, done.stdout.splitlines())
        assert (answered["status"], answered["input"]) == ("answered", {"id": 7})
        assert declined["status"] == "declined_empty"
        assert (bad["status"], bad["line"]) == ("error_bad_line", 3)
        assert done.returncode == ExitCode.UNREADABLE_LINES
        assert "Lines: 3. Answered: 2. Not readable: 1." in done.stderr

    def test_standard_input_and_a_file_for_the_answers(self, built_index: Path, tmp_path: Path) -> None:
        out = tmp_path / "answers.jsonl"
        given = f'id,question,history\n1,{OFSTED},\n2,and for sixth forms?,"[""on school funding?""]"\n'
        done = run("batch", "-", "--out", out, index=built_index, given=given)
        assert done.returncode == ExitCode.OK, done.stderr
        assert done.stdout == ""
        first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
        assert (first["input"], second["input"]) == ({"id": "1"}, {"id": "2"})

    def test_a_file_that_is_not_there(self, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("chatbot.cli._service", lambda: service)
        done = CliRunner().invoke(app, ["batch", str(tmp_path / "missing.csv")])
        assert done.exit_code == ExitCode.FILE
        assert "missing.csv cannot be read" in done.stderr


class TestIndex:
    def test_check_and_show(self, built_index: Path) -> None:
        checked, shown = run("index", "check", index=built_index), run("index", "show", index=built_index)
        assert (checked.returncode, shown.returncode) == (ExitCode.OK, ExitCode.OK), checked.stderr + shown.stderr
        assert "The index is whole" in checked.stdout
        assert "corpus_digest: " in shown.stdout
        assert "statements: 29" in shown.stdout

    def test_build_if_needed_leaves_a_current_index(self, built_index: Path) -> None:
        before = {path: path.stat().st_mtime_ns for path in built_index.rglob("*")}
        done = run("index", "build", "--if-needed", index=built_index)
        assert (done.returncode, done.stdout) == (ExitCode.OK, "")
        assert "The index is current." in done.stderr
        assert {path: path.stat().st_mtime_ns for path in built_index.rglob("*")} == before


class TestCorpus:
    def test_list_counts(self) -> None:
        shown = run("corpus", "list").stdout
        assert "what-we-stand-for" in shown
        assert "29 statements" in shown

    def test_check_of_the_shipped_corpus_finds_no_error(self) -> None:
        done = run("corpus", "check")
        assert done.returncode == ExitCode.OK, done.stdout
        assert "Errors: 0." in done.stderr

    def test_check_prints_every_fault(self, tmp_path: Path) -> None:
        (tmp_path / "documents").mkdir()
        (tmp_path / "documents" / "broken.md").write_text("no front matter\n", encoding="utf-8")
        (tmp_path / "glossary.yaml").write_text("]", encoding="utf-8")
        done = run("corpus", "check", env={"ASCL_CHAT_CORPUS_FOLDER": str(tmp_path)})
        assert done.returncode == ExitCode.CORPUS
        assert "broken.md:" in done.stdout and "glossary.yaml:" in done.stdout

    def test_show_of_a_document_and_of_a_statement(self) -> None:
        document = run("corpus", "show", "what-we-stand-for").stdout
        statement = next(line for line in document.splitlines() if line.startswith("what-we-stand-for/"))
        shown = run("corpus", "show", statement).stdout
        assert shown.startswith(statement)
        assert all(word in shown for word in ("section: ", "role: ", "span: ["))

    def test_show_of_an_unknown_id_names_near_ones(self) -> None:
        done = run("corpus", "show", "what-we-stand-fro")
        assert done.returncode == ExitCode.USAGE
        assert "Near it: what-we-stand-for" in done.stderr
