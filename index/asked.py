"""The words of the questions that a corpus knows, taken apart when an index is built: thousands of them for every start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.models import Corpus
from index.framing import without_frame
from index.rows import UNANSWERED
from index.terms import terms, words

CURATED = "question"


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one kind of questions, in the order of that kind's rows.

    ``words`` holds all words of each as it was asked, ``terms`` the stems of its subject, the frame removed.
    """

    words: Sequence[Sequence[str]]
    terms: Sequence[Sequence[str]]


def asked_in(corpus: Corpus) -> dict[str, Asked]:
    """The curated and the unanswered questions of a corpus, taken apart."""
    curated = (corpus.questions.get(statement, ()) for statement in corpus.statements)
    unanswered = (corpus.unanswered.get(document.id, ()) for document in corpus.documents)
    return {CURATED: _taken_apart(curated), UNANSWERED: _taken_apart(unanswered)}


def _taken_apart(groups: Iterable[Sequence[str]]) -> Asked:
    questions = [question for group in groups for question in group]
    return Asked([words(question) for question in questions], [terms(without_frame(question)) for question in questions])


def write_asked(path: Path, asked: Mapping[str, Asked]) -> None:
    """Write them as JSON: each question one string, for no word holds a space."""
    held = {kind: {part: [" ".join(one) for one in getattr(it, part)] for part in Asked.__slots__} for kind, it in asked.items()}
    path.write_text(json.dumps(held), encoding="utf-8")


def read_asked(path: Path) -> dict[str, Asked]:
    """Read what :func:`write_asked` wrote."""
    held: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return {kind: Asked(**{part: [one.split() for one in texts] for part, texts in it.items()}) for kind, it in held.items()}
