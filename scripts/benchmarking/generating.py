"""A corpus of any size with the words of real ones, for measuring how the service grows.

A word chain of order two is learnt from the shipped document, the invented documents of the evaluation and the written
questions: every word follows the two before it as it does somewhere in those texts (Shannon 1948, second-order word
approximation). Lengths are drawn from the real statements. The same seed gives the same corpus.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from corpus.loading import document_paths, load_corpus
from corpus.models import Corpus, Document
from corpus.parsing import parse_document

SEED = 20261124
PER_DOCUMENT = 250  # statements; a long policy paper
PER_SECTION = 10
_END = ""
_FRONT = """---
id: {id}
title: {title}
publisher: Association of School and College Leaders
kind: policy paper
published: unknown
retrieved: unknown
status: current
source_digest: sha256:{digest}
---
"""

Chain = dict[tuple[str, str], list[str]]


def statements(count: int, real: Path, further: Path, seed: int = SEED) -> list[str]:
    """``count`` different statements of one to four sentences.

    Their words are those of the corpus in ``real`` and of the documents in ``further``.
    """
    corpus = load_corpus(real)
    documents = [*corpus.documents, *(parse_document(path) for path in document_paths(further))]
    chain, starts = _chain([*_stated(documents), *_asked(corpus)])
    lengths = [len(statement.sentences) for document in documents for statement in document.statements]
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        sentences = [_sentence(chain, starts, chance) for _ in range(min(4, max(1, chance.choice(lengths))))]
        made[" ".join(sentences)] = None
    return list(made)


def write_corpus(folder: Path, texts: Sequence[str], real: Path) -> None:
    """A corpus folder: the shipped document and glossary of ``real``, then ``texts`` in documents of their own."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for path in sorted((real / "documents").glob("*.md")):
        if path.name != "README.md":
            (documents / path.name).write_bytes(path.read_bytes())
    (folder / "glossary.yaml").write_bytes((real / "glossary.yaml").read_bytes())
    for number, start in enumerate(range(0, len(texts), PER_DOCUMENT), start=1):
        body = _body(texts[start : start + PER_DOCUMENT])
        name = f"generated-{number:04d}"
        front = _FRONT.format(id=name, title=f"Generated paper {number}", digest="0" * 64)
        (documents / f"{name}.md").write_text(front + body, encoding="utf-8", newline="\n")


def _body(texts: Sequence[str]) -> str:
    blocks = []
    for place, text in enumerate(texts):
        if place % PER_SECTION == 0:
            blocks.append(f"## {' '.join(text.split()[:4]).rstrip('.,;:').capitalize()}")
        blocks.append(text)
    return "\n\n".join(blocks) + "\n"


def _stated(documents: Sequence[Document]) -> list[str]:
    return [
        sentence.of(document.text)
        for document in documents
        for statement in document.statements
        for sentence in statement.sentences
    ]


def _asked(corpus: Corpus) -> list[str]:
    asked = [question for held in (*corpus.questions.values(), *corpus.unanswered.values()) for question in held]
    return [f"{question.rstrip(' ?.!')}." for question in asked]


def _chain(sentences: Sequence[str]) -> tuple[Chain, list[tuple[str, str]]]:
    chain: Chain = defaultdict(list)
    starts = []
    for sentence in sentences:
        words = sentence.split()
        if len(words) < 4:
            continue
        starts.append((words[0], words[1]))
        for first, second, third in zip(words, words[1:], [*words[2:], _END], strict=False):
            chain[first, second].append(third)
    return chain, starts


def _sentence(chain: Chain, starts: Sequence[tuple[str, str]], chance: random.Random) -> str:
    words = list(chance.choice(starts))
    while len(words) < 40 and (word := chance.choice(chain[words[-2], words[-1]])) != _END:
        words.append(word)
    text = " ".join(words).rstrip(" ,;:-–")
    return (text[0].upper() + text[1:]).rstrip(".") + "."
