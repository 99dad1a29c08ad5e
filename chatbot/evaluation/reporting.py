"""The report: everything measured, as plain JSON values, and what differs from an earlier one.

A report names cases by their ids only: it may be shown to those who tune, the held-out questions may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chatbot.evaluation.ablating import Ablation
from chatbot.evaluation.measuring import Measured, by_kind, measure
from chatbot.evaluation.scoring import Scored
from chatbot.judging import MODEL_FILE
from corpus.models import Corpus

Report = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """Cases by id that two reports share and judge differently, and how many they share."""

    shared: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    other_ending: tuple[str, ...]


def report_of(
    cases: Path,
    corpus: Corpus,
    scored: Sequence[Scored],
    ablations: Sequence[Ablation] = (),
    public: Mapping[str, Mapping[str, Measured]] | None = None,
) -> Report:
    """A report. Ablations and public sets stand in it only where they were measured."""
    learnt = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    report: Report = {
        "cases": {
            "file": cases.name,
            "sha256": hashlib.sha256(cases.read_bytes().replace(b"\r\n", b"\n")).hexdigest(),
            "count": len(scored),
        },
        "corpus": {
            "digest": corpus.digest,
            "statements": len(corpus.statements),
            "curated_questions": sum(len(asked) for asked in corpus.questions.values()),
            "unanswered_questions": sum(len(asked) for asked in corpus.unanswered.values()),
            "glossary_entries": len(corpus.glossary.entries),
        },
        "overall": _figures(measure(scored, corpus)),
        "kinds": {kind: _figures(measure(held, corpus)) for kind, held in by_kind(scored).items()},
        "trade_off": {kind: held["trade_off"] for kind, held in learnt["measured"].items() if kind in learnt["answerable"]},
        "endings": {one.case.id: ending_of(one) for one in scored},
    }
    if ablations:
        report["ablations"] = {one.name: _ablated(one, corpus) for one in ablations}
    if public:
        report["public"] = {name: _figures(figures) for name, figures in public.items()}
    return report


def ending_of(one: Scored) -> dict[str, Any]:
    """How one case ended, without its words."""
    return {"kind": one.case.kind, "right": one.right, "status": one.answer.status.value, "quoted": len(one.quoted)}


def difference(earlier: Report, later: Report) -> Difference:
    """What changed from one report to another, over the cases that both hold."""
    before, after = earlier["endings"], later["endings"]
    shared = [name for name in after if name in before]
    return Difference(
        len(shared),
        gained=tuple(name for name in shared if after[name]["right"] and not before[name]["right"]),
        lost=tuple(name for name in shared if before[name]["right"] and not after[name]["right"]),
        other_ending=tuple(
            name
            for name in shared
            if before[name]["right"] == after[name]["right"] and before[name]["status"] != after[name]["status"]
        ),
    )


def _ablated(ablation: Ablation, corpus: Corpus) -> Report:
    return {
        "changes": ablation.changes,
        "overall": _figures(measure(ablation.scored, corpus)),
        "kinds": {kind: _figures(measure(held, corpus)) for kind, held in by_kind(ablation.scored).items()},
    }


def _figures(measured: Mapping[str, Measured]) -> dict[str, dict[str, float]]:
    return {name: asdict(one) for name, one in measured.items()}
