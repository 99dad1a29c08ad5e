"""Curated questions: questions people ask, linked to the statement that answers them, or known to have no answer.

``questions/<document id>.yaml`` maps a statement's id to its questions. Because the id carries a digest of the
statement's words, a question whose statement was edited is noticed, not silently kept.
``questions/<document id>.unanswered.yaml`` maps a label to questions that people ask and that the document does not
answer. They speak of that document only: another document may well answer them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import CorpusError, Fault
from corpus.text import read_canonical

UNANSWERED = ".unanswered.yaml"
_TWICE = "found duplicate key"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # in C, fifteen times faster, where there is one
    """Refuses a name that stands twice: the first of its lists would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        for name, count in Counter(names).items():
            if count > 1:
                again = [key for key, _ in node.value if key.value == name][1]
                raise yaml.MarkedYAMLError(problem=f"{_TWICE} {name}", problem_mark=again.start_mark)
        return dict(super().construct_mapping(node, deep))


def load_questions(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Statement id -> its curated questions, from every file of ``folder``; empty where there is no such folder.

    Raises:
        CorpusError: for a file that is not such a mapping.
    """
    questions: dict[str, tuple[str, ...]] = {}
    for path in _question_files(folder):
        for statement, asked in read_mapping(path).items():
            if not isinstance(asked, list) or not all(isinstance(question, str) and question.strip() for question in asked):
                raise CorpusError((_fault(path, str(statement), "must have a list of questions."),))
            questions[str(statement)] = questions.get(str(statement), ()) + tuple(asked)
    return questions


def load_unanswered(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Document id -> questions it is known not to answer.

    Raises:
        CorpusError: for a file that is not a mapping from labels to lists of questions.
    """
    unanswered = {}
    for path in sorted(folder.glob(f"*{UNANSWERED}")):
        groups = read_mapping(path)
        for label, asked in groups.items():
            if not isinstance(asked, list) or not all(isinstance(question, str) and question.strip() for question in asked):
                raise CorpusError((_fault(path, str(label), "must have a list of questions."),))
        unanswered[path.name.removesuffix(UNANSWERED)] = tuple(question for asked in groups.values() for question in asked)
    return unanswered


def _question_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if not path.name.endswith(UNANSWERED))


def question_faults(folder: Path, statements: Mapping[str, Any], documents: Collection[str]) -> tuple[Fault, ...]:
    """Curated questions whose statement or document changed or went, and questions that stand twice."""
    faults: list[Fault] = []
    for path in sorted(folder.glob(f"*{UNANSWERED}")):
        if (document := path.name.removesuffix(UNANSWERED)) not in documents:
            message = f"There is no document {document!r}, which these questions are said to have no answer in."
            faults.append(Fault(path, 1, "error", message, f"Name the file after a document: <its id>{UNANSWERED}."))
    for path in _question_files(folder):
        for statement, asked in read_mapping(path).items():
            if statement not in statements:
                faults.append(_fault(path, str(statement), "is not a statement of the corpus; its words changed or went."))
            counted = Counter(question.casefold() for question in asked)
            for question in dict.fromkeys(question for question in asked if counted[question.casefold()] > 1):
                faults.append(_fault(path, question, "stands twice under one statement.", warning=True))
    return tuple(faults)


def read_mapping(path: Path) -> Mapping[Any, Any]:
    """One YAML file that holds a mapping.

    Raises:
        CorpusError: if it is not YAML or not a mapping.
    """
    try:
        content = yaml.load(read_canonical(path), Loader=_Loader) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date that there never was; brackets without end
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = str(getattr(error, "problem", "") or "")
        twice = problem.startswith(_TWICE)
        message = f"The name {problem.removeprefix(_TWICE).strip()!r} stands twice." if twice else "The file is not YAML."
        remedy = "Put both lists under one." if twice else "See the README beside it."
        raise CorpusError((Fault(path, line, "error", message, remedy),)) from error
    if not isinstance(content, dict):
        raise CorpusError((Fault(path, 1, "error", "The file holds no mapping.", "See the README beside it."),))
    return content


def _fault(path: Path, words: str, message: str, *, warning: bool = False) -> Fault:
    text = read_canonical(path)
    position = text.find(words)
    line = text.count("\n", 0, position) + 1 if position >= 0 else 1
    remedy = (
        "Remove the repeat." if warning else "Re-read the statement's words ('ascl-chat corpus show') and move its questions."
    )
    return Fault(path, line, "warning" if warning else "error", f"{words!r} {message}", remedy)
