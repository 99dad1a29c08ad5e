"""start.py and test.py: their command lines, an old Python, taken ports, a server that ends."""

from __future__ import annotations

import ast
import http.server
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chatbot import ports
from scripts import check, start
from scripts import test as testing
from scripts.outcomes import Exit, Refused

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[int]:
    """A port that another program has taken."""
    with socket.socket() as taken:
        taken.bind((host, 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("name", ["start.py", "test.py"])
def test_an_old_python_can_read_the_file_up_to_its_refusal(name: str) -> None:
    source = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    docstring, first, check_of_version, *_ = tree.body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(first, ast.Import) and [alias.name for alias in first.names] == ["sys"]
    assert isinstance(check_of_version, ast.If)
    # What is run before the refusal ends the process is in that statement alone.
    old = {"__name__": "old", "__file__": str(ROOT / "scripts" / name)}
    script = ast.unparse(ast.Module([check_of_version], [])).replace("sys.version_info", "(3, 6)")
    with pytest.raises(SystemExit) as ended:
        exec("import sys\n" + script, old)  # our own source, with the version read as 3.6
    assert ended.value.code == Exit.PYTHON_TOO_OLD


def test_scripts_use_the_standard_library_only() -> None:
    names = ("start", "test", "check", "environment", "installing", "locking", "outcomes")
    files = [*(ROOT / "scripts" / f"{name}.py" for name in names), ROOT / "chatbot" / "ports.py"]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                top = module.partition(".")[0]
                assert top in sys.stdlib_module_names or top == "scripts" or module == "chatbot", (path, module)


@pytest.mark.parametrize("name", ["start.py", "check.py"])
def test_a_script_runs_from_any_folder(name: str, tmp_path: Path) -> None:
    program = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='read only')"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, str(ROOT / "scripts" / name)], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "٣", ""])
def test_what_is_no_port_is_bad_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.read_arguments([f"--port={port}"])
    assert ended.value.code == Exit.USAGE
    assert "from 1 to 65535" in capsys.readouterr().err


def test_a_default_port_that_is_taken_gives_the_next_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with listening() as taken:
        free = start.choose_port("127.0.0.1", taken, given=False)
        assert free > taken
        assert f"Port {taken} is taken by another program; using port {free} instead." in capsys.readouterr().out


def test_a_port_asked_for_by_name_that_is_taken_is_refused() -> None:
    with listening() as taken, pytest.raises(Refused, match=f"Port {taken} on 127.0.0.1 is taken") as refused:
        start.choose_port("127.0.0.1", taken, given=True)
    assert refused.value.code == Exit.PORT_TAKEN


def test_a_listener_on_all_addresses_takes_the_port_of_each() -> None:
    with listening("0.0.0.0") as taken:
        assert not ports.is_free("127.0.0.1", taken)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Refused, match="Cannot listen on 192.0.2.1") as refused:
        start.choose_port("192.0.2.1", 7860, given=False)
    assert refused.value.code == Exit.USAGE


class Ready(http.server.BaseHTTPRequestHandler):
    """Answers as a server that knows only its public name."""

    def do_GET(self) -> None:
        self.send_response(200 if (self.path, self.headers["Host"]) == ("/readyz", "chat.example.org") else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def settings_for(port: int) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": port, "prefix": "", "known_as": ["chat.example.org"]}


def test_readiness_is_asked_under_a_name_the_server_knows() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Ready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert start.answers(settings_for(server.server_port))
        assert not start.answers({**settings_for(server.server_port), "known_as": ["*"]})
        server.shutdown()
    assert not start.answers(settings_for(server.server_port))


def test_a_server_that_ends_is_not_waited_for() -> None:
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(5)"]) as ended:
        ended.wait()
        assert not start.wait_until_ready(ended, settings_for(1))


def test_a_server_is_stopped() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as server:
        start.stop(server, patience=0.1)
        assert server.returncode is not None


def test_checks_all_run_and_the_first_failure_counts(tmp_path: Path) -> None:
    """A stand-in for Python that notes its arguments and fails from the second call on."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@" >> calls\n[ "$2" = ruff ] && [ "$3" = format ] && exit 4\nexit 0\n')
    python.chmod(0o755)
    assert check.main(str(python), tmp_path) == 4
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert calls == ["-m ruff check .", "-m ruff format --check .", "-m mypy"]


def test_a_browser_and_a_proxy_are_installed_only_where_skips_are_not_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    there: set[str] = set()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(testing, "may_install", lambda: True)
    monkeypatch.delenv("CI", raising=False)
    assert testing.wanted_packages(["-q"]) == ()
    assert testing.wanted_packages(["-q", "--no-skips"]) == ("chromium", "nginx", "chromium-headless-shell")
    monkeypatch.setenv("CI", "true")
    assert testing.wanted_packages([]) == ("chromium", "nginx", "chromium-headless-shell")
    there |= {"google-chrome", "nginx"}  # such a browser will do, but takes longer
    assert testing.wanted_packages([]) == ("chromium-headless-shell",)
    monkeypatch.setattr(testing, "may_install", lambda: False)
    assert testing.wanted_packages([]) == ()
    there.add("chromium-headless-shell")
    assert testing.wanted_packages(["--no-skips"]) == ()


def test_the_tests_run_in_two_processes_unless_that_is_in_the_way() -> None:
    assert testing.spread(["--no-skips", "tests/corpus"]) == ["-n", "2", "--dist", "loadfile"]
    for own in (["-n0"], ["--numprocesses=4"], ["-s"], ["tests/corpus", "--pdb"]):
        assert testing.spread(own) == []


@pytest.mark.parametrize("spread", [[], ["-n", "2"]])
def test_no_skips_fails_a_run_with_a_skipped_test_and_says_why(tmp_path: Path, spread: list[str]) -> None:
    test = tmp_path / "test_two.py"
    test.write_text(
        "import pytest\ndef test_fine(): pass\n@pytest.mark.skip('no browser here')\ndef test_browser(): pass\n"
        "@pytest.mark.xfail\ndef test_known(): assert False\n",
        encoding="utf-8",
    )
    whole = tmp_path / "test_whole.py"
    whole.write_text("import pytest\npytest.skip('not on this system', allow_module_level=True)\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    command += [*spread, str(test), str(whole)]
    lenient = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    strict = subprocess.run([*command, "--no-skips"], cwd=ROOT, capture_output=True, text=True)
    assert lenient.returncode == 0, lenient.stdout
    assert strict.returncode == 1, strict.stdout
    assert strict.stdout.count("test_browser: Skipped: no browser here") == 1
    assert strict.stdout.count("test_whole.py: Skipped: not on this system") == 1
    assert re.search(r"1 passed, \d skipped, 1 xfailed", strict.stdout.splitlines()[-1])
