"""The examples that the documents give are run as they stand: curl, Python and JavaScript."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.assembly import Service
from chatbot.server import create_app
from tests.chatbot.browser_support import chromium
from tests.chatbot.web_support import served
from tests.support import ROOT

HERE = "http://127.0.0.1:7860"
CURRICULUM = "A core curriculum framework should be set by an independent panel of experts"
documents = pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "docs" / "api.md"], ids=lambda path: path.name)


@pytest.fixture(scope="module")
def base(service: Service) -> Iterator[str]:
    with served(create_app(service, with_chat=False)) as base:
        yield base


def examples(path: Path, language: str, base: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    return [example.replace(HERE, base) for example in found if HERE in example]


@documents
def test_the_examples_with_curl(base: str, path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    commands = [
        command
        for example in examples(path, "sh", base)
        for command in example.replace("\\\n", " ").splitlines()
        if command.startswith("curl ")
    ]
    assert commands
    for command in commands:
        done = subprocess.run(shlex.split(command), capture_output=True, encoding="utf-8", check=True, timeout=60)
        held = json.loads(done.stdout)
        assert held.get("quotes") or held.get("statements") or held.get("differences"), command


@documents
def test_the_examples_in_python(base: str, path: Path) -> None:
    found = examples(path, "python", base)
    assert found
    for example in found:
        ran = [sys.executable, "-X", "utf8", "-c", example]
        done = subprocess.run(ran, capture_output=True, encoding="utf-8", check=True, timeout=60)
        assert CURRICULUM in done.stdout or "verified" in done.stdout.splitlines()


@pytest.mark.browser
@documents
def test_the_examples_in_javascript(base: str, path: Path) -> None:
    found = examples(path, "javascript", base)
    assert found
    with chromium() as browser:
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{base}/embed")
        for example in found:
            page.evaluate(f"async () => {{ {example} }}")
    assert CURRICULUM in " ".join(said) or "answered" in " ".join(said)
