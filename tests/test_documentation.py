"""What the documents say is there is there, and what is there is documented."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from chatbot.answer import Answer, AnswerStatus, Citation, Nearest, Quote
from chatbot.assembly import Service
from chatbot.exit_codes import ExitCode
from chatbot.rendering import render_text
from chatbot.settings import PREFIX, Settings
from tests.support import ROOT

DOCS = ROOT / "docs"


def read(path: Path) -> str:
    assert path.is_file(), f"{path.relative_to(ROOT).as_posix()} is not written yet"
    return path.read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))])


def commands() -> dict[str, list[str]]:
    """Every command of ``ascl-chat`` with its long options."""
    from chatbot.cli import app

    found: dict[str, list[str]] = {}

    def walk(command: object, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner:
            for word, one in inner.items():
                walk(one, f"{name} {word}".strip())
        else:
            options = [option for one in getattr(command, "params", []) for option in one.opts if option.startswith("--")]
            found[name] = [option for option in options if option != "--help"]

    walk(typer.main.get_command(app), "")
    return found


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_settings_with_its_name_in_the_environment(name: str) -> None:
    text = read(DOCS / "settings.md")
    assert re.search(rf"\b{PREFIX}{name.upper()}\b", text)


def test_no_setting_is_documented_that_is_not_there() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", everything())) <= known


@pytest.mark.parametrize("command", commands())
def test_every_command_and_its_options_stand_in_the_command_line(command: str) -> None:
    text = read(DOCS / "command-line.md")
    assert f"ascl-chat {command}" in text
    for option in commands()[command]:
        assert option in text, f"{command} {option}"


def test_every_exit_code_stands_in_the_command_line() -> None:
    text = read(DOCS / "command-line.md")
    assert [code.name for code in ExitCode if not re.search(rf"\b{int(code)}\b", text)] == []


@pytest.mark.parametrize("part", [Answer, Quote, Citation, Nearest], ids=lambda part: part.__name__)
def test_every_field_of_the_answer_is_documented(part: type) -> None:
    text = everything()
    assert [field.name for field in fields(part) if not re.search(rf"[`\"]{field.name}[`\"]", text)] == []


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_every_status_is_documented(status: AnswerStatus) -> None:
    assert re.search(rf"[`\"]{status.value}[`\"]", everything())


every_document = pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]), ids=lambda path: path.name)
SHOWN = re.compile(r"^\s*(?:\$ )?(?:\.venv/bin/)?ascl-chat ([a-z-]+(?: [a-z]+)?)", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


@every_document
def test_every_link_inside_the_documents_leads_somewhere(path: Path) -> None:
    assert [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()] == []


@every_document
def test_every_command_that_the_documents_show_exists(path: Path) -> None:
    known = commands()
    shown = SHOWN.findall(path.read_text(encoding="utf-8"))
    assert [words for words in shown if words not in known and words.split()[0] not in known] == []


PRINTED = re.compile(r"```sh\n\.venv/bin/ascl-chat ask \"([^\"]+)\"\n```\n\n```text\n(.*?)\n```", re.DOTALL)


@pytest.mark.parametrize(("question", "shown"), PRINTED.findall(read(ROOT / "README.md")))
def test_what_the_readme_shows_is_what_is_printed(service: Service, question: str, shown: str) -> None:
    assert render_text(service.answer(question), None) == shown
