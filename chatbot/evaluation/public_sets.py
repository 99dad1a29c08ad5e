"""Public sets: how the parts do on texts that this project knows nothing of, without curated questions.

The sets are read from a folder given on the command line and are no part of the project: SQuAD 2.0 (Rajpurkar, Jia and
Liang 2018; CC BY-SA 4.0) and ArgKP-2021 (Bar-Haim et al.; CDLA-Sharing-1.0).
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.evaluation.measuring import SEED, Measured, area_under_roc, share
from chatbot.judged import Judged
from chatbot.judging import load_judge
from chatbot.searching import Searcher
from corpus.models import Corpus, Document, Glossary, Kind, Role, Section, Span, Statement, Status
from corpus.sentences import cut_sentences
from index.encoder import Encoder
from index.opening import in_memory

SQUAD = "squad2-half-dev.json.gz"
ARGKP = "argkp_{part}_{split}.csv"
PARAGRAPHS = 80  # sampled of SQuAD; about 400 questions
CLAIMS = 400  # sampled of ArgKP
LIKELY_SPLITS = ("dev", "train")

Record = Mapping[str, str]


@dataclass(frozen=True)
class PublicSets:
    """Reads the public sets of one folder and puts them to the parts, with one encoder."""

    folder: Path
    encoder: Encoder
    model: str

    def measure(self) -> dict[str, dict[str, Measured]]:
        """Figures by set; a set whose files are not in the folder is left out."""
        done = {}
        if (self.folder / SQUAD).is_file():
            done["squad"] = self.squad()
        if self._splits():
            done["argkp"] = self.argkp()
        return done

    def squad(self) -> dict[str, Measured]:
        """Which sentence of a paragraph answers a question, and whether any does."""
        leading: list[bool] = []
        answered: list[float] = []
        unanswered: list[float] = []
        for paragraph in self._paragraphs():
            document = document_of("paragraph", paragraph["context"], cut(paragraph["context"]))
            searcher = self._searcher(document)
            for asked in paragraph["qas"]:
                judged = searcher.read(asked["question"], ())
                (unanswered if asked["is_impossible"] else answered).append(judged.chance)
                if not asked["is_impossible"]:
                    leading.append(_leads(judged, [answer["answer_start"] for answer in asked["answers"]]))
        return {"leading_sentence": share(leading), "abstention_area_under_roc": area_under_roc(answered, unanswered)}

    def argkp(self) -> dict[str, Measured]:
        """Which key point, of both sides of a motion, matches a claim; and how often one of the other side is taken."""
        points, matches = self._records("key_points"), self._matches()
        claims = sorted((claim for claim in self._records("arguments") if claim["arg_id"] in matches), key=lambda c: c["arg_id"])
        claims = random.Random(SEED).sample(claims, min(CLAIMS, len(claims)))
        right, opposite = [], []
        for topic in sorted({claim["topic"] for claim in claims}):
            held = [point for point in points if point["topic"] == topic]
            searcher = self._searcher(listed("motion", [point["key_point"] for point in held]))
            for claim in (claim for claim in claims if claim["topic"] == topic):
                point = held[_number(searcher.read(claim["argument"], ()))]
                right.append(point["key_point_id"] in matches[claim["arg_id"]])
                opposite.append(point["stance"] != claim["stance"])
        return {"top_1": share(right), "opposite_stance": share(opposite)}

    def _searcher(self, document: Document) -> Searcher:
        corpus = Corpus((document,), {}, Glossary((), frozenset()))
        return Searcher(corpus, in_memory(corpus, self.encoder, self.model), self.encoder, load_judge())

    def _paragraphs(self) -> list[Mapping[str, Any]]:
        with gzip.open(self.folder / SQUAD, "rt", encoding="utf-8") as file:
            articles = json.load(file)["data"]
        paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"] if paragraph["qas"]]
        return random.Random(SEED).sample(paragraphs, min(PARAGRAPHS, len(paragraphs)))

    def _splits(self) -> list[str]:
        parts = ("arguments", "key_points", "labels")
        return [
            split
            for split in LIKELY_SPLITS
            if all((self.folder / ARGKP.format(part=part, split=split)).is_file() for part in parts)
        ]

    def _records(self, part: str) -> list[Record]:
        return [record for split in self._splits() for record in _rows(self.folder / ARGKP.format(part=part, split=split))]

    def _matches(self) -> Mapping[str, set[str]]:
        matches = defaultdict(set)
        for record in self._records("labels"):
            if record["label"] == "1":
                matches[record["arg_id"]].add(record["key_point_id"])
        return matches


def cut(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph; the paragraph itself where there is none."""
    return cut_sentences(text, Span(0, len(text))) or (Span(0, len(text)),)


def listed(identifier: str, texts: Sequence[str]) -> Document:
    """A document whose statements are ``texts``, one a line."""
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    spans = [Span(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    return document_of(identifier, "\n".join(texts), spans)


def document_of(identifier: str, text: str, spans: Sequence[Span]) -> Document:
    """A document whose statements are the given spans, every one of them quotable."""
    section = Section(identifier, identifier, (identifier,))
    statements = tuple(
        Statement(f"{identifier}/{number}", identifier, section, span, span.of(text), Role.POSITION, (span,), (True,))
        for number, span in enumerate(spans)
    )
    return Document(
        identifier, identifier, "", Kind.POSITION_PAGE, None, None, None, Status.CURRENT, None, text, (), statements, ()
    )  # fmt: skip


def _leads(judged: Judged, starts: Sequence[int]) -> bool:
    span = judged.statements[0].span
    return any(span.start <= start < span.end for start in starts)


def _number(judged: Judged) -> int:
    """The number of the statement that fits best; the first where none is found."""
    return int(judged.statements[0].id.rpartition("/")[2]) if judged.statements else 0


def _rows(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
