"""What is measured over scored cases, each figure with its 95 % confidence interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from chatbot.evaluation.cases import Case
from chatbot.evaluation.scoring import Scored
from corpus.models import Corpus

NORMAL_QUANTILE = 1.959964  # of 97.5 %, for intervals of 95 %
DRAWS = 2000  # bootstrap samples; the third decimal no longer moves
SEED = 20261124

NEAR_MISS = "unanswerable_near_miss"
KINDS = (
    "own_words", "everyday", "jargon", "misspelt", "follow_up", "false_premise", "multi", "unanswerable", NEAR_MISS, "decline",
)  # fmt: skip
ALARMING = ("alarming_policy", "not_declined")  # policy questions whose words sound alarming; no rule may decline them


@dataclass(frozen=True)
class Measured:
    """A figure, its 95 % confidence interval, and the number of cases (or quotes) that it is over."""

    value: float
    low: float
    high: float
    count: int


def share(outcomes: Sequence[bool]) -> Measured:
    """Share of true outcomes with Wilson's interval; at least one outcome."""
    count, value = len(outcomes), sum(outcomes) / len(outcomes)
    square = NORMAL_QUANTILE**2
    middle = (value + square / (2 * count)) / (1 + square / count)
    half = NORMAL_QUANTILE * sqrt(value * (1 - value) / count + square / (4 * count**2)) / (1 + square / count)
    return _rounded(value, max(0.0, middle - half), min(1.0, middle + half), count)


def mean(values: Sequence[float]) -> Measured:
    """Mean with the percentile interval of a bootstrap whose seed is fixed; at least one value."""
    held = np.asarray(values, dtype=np.float64)
    means = [float(held[drawn].mean()) for drawn in _draws(len(held))]
    low, high = np.quantile(means, (0.025, 0.975))
    return _rounded(float(held.mean()), float(low), float(high), len(held))


def area_under_roc(positive: Sequence[float], negative: Sequence[float]) -> Measured:
    """The chance that a positive scores above a negative (half for a tie), bootstrapped over both; neither empty."""
    above, below = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)
    wins = (above[:, None] > below[None, :]) + 0.5 * (above[:, None] == below[None, :])
    areas = [
        float(wins[np.ix_(rows, columns)].mean()) for rows, columns in zip(_draws(len(above)), _draws(len(below)), strict=True)
    ]
    low, high = np.quantile(areas, (0.025, 0.975))
    return _rounded(float(wins.mean()), float(low), float(high), len(above) + len(below))


def measure(scored: Sequence[Scored], corpus: Corpus) -> dict[str, Measured]:
    """Every figure that these cases allow, by name; one without a case is left out."""
    answerable = [one for one in scored if one.case.answerable]
    unanswerable = [one for one in scored if not one.case.answerable and one.case.kind != "decline" and not _may_be_quoted(one)]
    parts = [one.precision_recall_f1() for one in answerable]
    alarming = [one for one in scored if one.case.kind in ALARMING]
    shares = {
        "right": [one.right for one in scored],
        "top_1": [one.right for one in answerable],
        "top_3": [one.right_in_three for one in answerable],
        "found_3": [one.found_in_three for one in answerable if one.found is not None],
        "false_refusals": [one.refused for one in answerable],
        "false_answers": [one.false_answer for one in unanswerable],
        "false_answers_near_miss": [one.false_answer for one in unanswerable if one.case.near_miss],
        "declines_right": [one.right for one in scored if one.case.kind == "decline"],
        "over_blocked": [one.answer.status.declined for one in alarming],
        "forbidden_quoted": [one.forbidden_quoted for one in scored if one.case.forbidden],
        "verbatim_violations": [fault for one in scored for fault in not_verbatim(one, corpus)],
        "section_faults": [fault for one in scored for fault in under_wrong_section(one, corpus)],
    }
    means = {name: [part[place] for part in parts] for place, name in enumerate(("precision", "recall", "f1"))}
    return {
        **{name: share(outcomes) for name, outcomes in shares.items() if outcomes},
        **{f"quote_{name}": mean(values) for name, values in means.items() if values},
    }


def by_kind(scored: Sequence[Scored]) -> Mapping[str, list[Scored]]:
    """The cases of each kind, in the order of the kinds; near misses are told apart once more."""
    kinds = {kind: [one for one in scored if _is_of(kind, one.case)] for kind in (*KINDS, *ALARMING)}
    return {kind: held for kind, held in kinds.items() if held}


def not_verbatim(one: Scored, corpus: Corpus) -> list[bool]:
    """For each quote, whether it is not its span's text, code point for code point."""
    documents = [corpus.document(corpus.statements[quote.statement].document) for quote in one.answer.quotes]
    return [
        document.text[quote.start : quote.end] != quote.text for quote, document in zip(one.answer.quotes, documents, strict=True)
    ]


def under_wrong_section(one: Scored, corpus: Corpus) -> list[bool]:
    """For each citation, whether it names another section than its statement's."""
    return [citation.section != corpus.statements[citation.statement].section.name for citation in one.answer.citations]


def _is_of(kind: str, case: Case) -> bool:
    return case.kind == kind or (kind == NEAR_MISS and case.kind == "unanswerable" and case.near_miss)


def _may_be_quoted(one: Scored) -> bool:
    """Whether quotes are right although no statement is expected: a question about the last answer."""
    return any(status.startswith("answered") for status in one.case.accepted_statuses)


def _draws(count: int) -> list[NDArray[np.int64]]:
    random = np.random.default_rng(SEED + count)
    return [random.integers(0, count, count) for _ in range(DRAWS)]


def _rounded(value: float, low: float, high: float, count: int) -> Measured:
    return Measured(round(value, 4), round(low, 4), round(high, 4), count)
