"""What answers questions is small: no serving process imports torch or what comes with it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from chatbot.exit_codes import ExitCode
from tests.support import ROOT

QUESTION = "What does ASCL think about Ofsted?"
TRAINING = ("torch", "transformers", "sentence_transformers", "sklearn", "onnx", "onnxscript", "langchain_text_splitters")
PAGE = ("gradio", "pandas")
UNUSED = ("scipy", "tqdm")  # bm25s takes them where they are, and needs neither
PARSING = ("yaml", "structlog", "fastapi")  # not for one question over a corpus that the index keeps

# Runs the command line as installed, then prints which modules it had imported.
COMMAND = """
import json, sys
import chatbot.cli
sys.argv = ["ascl-chat", *json.loads(sys.argv[1])]
try:
    chatbot.cli.main()
except SystemExit as ended:
    if ended.code:
        raise
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""

# Serves in the main thread, as ever; another asks over HTTP, prints the answer's status and what is imported, and ends it.
SERVED = """
import http.client, json, os, sys, threading, time
import chatbot.cli
arguments, address = json.loads(sys.argv[1]), int(sys.argv[2])

def request(method, path, body=None):
    link = http.client.HTTPConnection("127.0.0.1", address, timeout=60)
    link.request(method, path, body and json.dumps(body), {"content-type": "application/json"})
    response = link.getresponse()
    return response.status, response.read()

def asker():
    while True:
        try:
            if request("GET", "/readyz")[0] == 200:
                break
        except OSError:
            time.sleep(0.05)
    code, held = request("POST", "/api/v1/answers", {"question": "What does ASCL think about Ofsted?"})
    page, _ = request("GET", "/chat/")
    modules = sorted(name for name in sys.modules if "." not in name)
    print(json.dumps([code, json.loads(held)["status"], page, modules]), flush=True)
    os._exit(0)

threading.Thread(target=asker, daemon=True).start()
sys.argv = ["ascl-chat", "serve", "--port", str(address), *arguments]
chatbot.cli.main()
"""


def ended(program: str, index: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "ASCL_CHAT_INDEX_FOLDER": str(index), "ASCL_CHAT_LOG_LEVEL": "error"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )


def run(program: str, index: Path, *arguments: object) -> str:
    done = ended(program, index, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def forbidden(modules: list[str], *groups: tuple[str, ...]) -> list[str]:
    assert "onnxruntime" in modules, "a question was answered"
    return [name for group in groups for name in group if name in modules]


def test_a_question_on_the_command_line(built_index: Path) -> None:
    *answer, modules = run(COMMAND, built_index, json.dumps(["ask", QUESTION])).splitlines()
    assert any("slim, stable and smart accountability framework" in line for line in answer)
    assert forbidden(json.loads(modules), TRAINING, PAGE, UNUSED, PARSING) == []


def test_a_question_weighed_aloud(built_index: Path) -> None:
    modules = run(COMMAND, built_index, json.dumps(["ask", QUESTION, "--explain", "--json"])).splitlines()[-1]
    assert forbidden(json.loads(modules), TRAINING, PAGE) == []


def test_a_file_of_questions(built_index: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(f'{json.dumps({"question": QUESTION})}\n{{"question": "school funding"}}\n', encoding="utf-8")
    first, second, modules = run(COMMAND, built_index, json.dumps(["batch", str(asked)])).splitlines()
    assert json.loads(first)["status"] == json.loads(second)["status"] == "answered"
    assert forbidden(json.loads(modules), TRAINING, PAGE, UNUSED, PARSING) == []


def test_a_server_without_the_chat_page(built_index: Path) -> None:
    code, status, page, modules = json.loads(run(SERVED, built_index, '["--no-chat"]', free_port()))
    assert (code, status, page) == (200, "answered", 404)
    assert forbidden(modules, TRAINING, PAGE, UNUSED) == []


def test_a_server_with_the_chat_page(built_index: Path) -> None:
    code, status, page, modules = json.loads(run(SERVED, built_index, "[]", free_port()))
    assert (code, status, page) == (200, "answered", 200)
    assert "gradio" in modules
    assert forbidden(modules, TRAINING) == []


def test_looking_at_an_index(built_index: Path) -> None:
    said, modules = run(COMMAND, built_index, '["index", "check"]').splitlines()
    assert said.startswith("The index is whole")
    assert forbidden(json.loads(modules), TRAINING, PAGE) == []


@pytest.mark.parametrize("command", [["index", "build", "--if-needed"], ["corpus", "list"]])
def test_commands_that_encode_nothing_load_no_model(built_index: Path, command: list[str]) -> None:
    modules = json.loads(run(COMMAND, built_index, json.dumps(command)).splitlines()[-1])
    assert [name for name in (*TRAINING, *PAGE) if name in modules] == []


def named_in(lines: list[str]) -> list[Requirement]:
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def slim() -> list[Requirement]:
    return named_in((ROOT / "requirements" / "serve.txt").read_text(encoding="utf-8").splitlines())


def installed_with(wanted: list[Requirement]) -> set[str]:
    """The distributions that installing ``wanted`` brings, by their canonical names."""
    found: set[str] = set()
    while wanted:
        one = wanted.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        try:
            wanted += named_in(requires(one.name) or [])
        except PackageNotFoundError:  # for another system than this
            continue
        found.add(name)
    return found


# Hides every distribution but those named, and our own packages, from the program that follows.
HIDDEN = """
import re, sys
from importlib.metadata import packages_distributions

held = set(sys.argv.pop().split()) | {"ascl-chat"}
hidden = {
    module for module, owners in packages_distributions().items()
    if not held & {re.sub("[-_.]+", "-", owner).lower() for owner in owners}
}

class Shown:
    finders = list(sys.meta_path)
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in hidden:
            return None
        found = (finder.find_spec(name, path, target) for finder in self.finders if hasattr(finder, "find_spec"))
        return next((spec for spec in found if spec), None)

sys.meta_path[:] = [Shown()]
"""


def test_what_a_slim_server_installs_is_wanted_by_the_whole_program_in_the_same_versions() -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {str(one) for one in slim()} <= {str(one) for one in named_in(whole)}
    assert not installed_with(slim()) & {
        "torch",
        "transformers",
        "sentence-transformers",
        "scikit-learn",
        "scipy",
        "gradio",
        "pandas",
    }


def test_with_nothing_but_what_a_slim_server_installs_questions_are_answered(built_index: Path, tmp_path: Path) -> None:
    held = " ".join(installed_with(slim()))
    shown = run(HIDDEN + COMMAND, built_index, json.dumps(["ask", QUESTION, "--explain"]), held)
    assert "slim, stable and smart accountability framework" in shown
    code, status, _, _ = json.loads(run(HIDDEN + SERVED, built_index, '["--no-chat"]', free_port(), held))
    assert (code, status) == (200, "answered")


def test_a_slim_server_refuses_to_build_with_the_remedy(tmp_path: Path) -> None:
    done = ended(HIDDEN + COMMAND, tmp_path, '["index", "build"]', " ".join(installed_with(slim())))
    assert done.returncode == ExitCode.MODEL
    assert "No index can be built here: sentence-transformers is not installed. Build the index where" in done.stderr
