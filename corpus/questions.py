"""Curated questions: questions people ask, linked to the statement that answers them, or known to have no answer.

``questions/<document id>.yaml`` maps a statement's id to its questions. Because the id carries a digest of the
statement's words, a question whose statement was edited is noticed, not silently kept.
``questions/<document id>.unanswered.yaml`` maps a label to questions that people ask and that the document does not
answer. They speak of that document only: another document may well answer them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import CorpusError, Fault
from corpus.text import read_canonical

UNANSWERED = ".unanswered.yaml"
# The same safe loader in C, fifteen times faster, wherever PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def question_faults(folder: Path, statements: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Curated questions whose statement changed or went, and questions that stand twice."""
    faults: list[Fault] = []
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
        content = yaml.load(read_canonical(path), Loader=_LOADER) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CorpusError((Fault(path, line, "error", "The file is not YAML.", "See the README beside it."),)) from error
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
