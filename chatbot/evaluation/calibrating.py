"""Learn the judge's coefficients from the calibration cases.

Every figure that is reported, and the operating point, comes from cross-validation: no case is judged by coefficients
that it helped to learn.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from chatbot.evaluation.cases import CALIBRATION, read_cases
from chatbot.evaluation.forming import crossed_forms
from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.pairing import crossed_relations, learn_relation, pairs_of
from chatbot.evaluation.seeing import KINDS, Learnt, Marks, Remembering, Seen, invented_documents, seen_by
from chatbot.judging import EXTRA_SIGNALS, Logistic, evidence, kind_of
from chatbot.relating import Relation
from chatbot.signals import NAMES, TURN, Matrix
from corpus.loading import load_corpus
from index.embedding import load_encoder

FOLDS = 5
HARDEST = 12  # candidates of a question that the first step learns from; the rest are too easy to teach anything
# Share of the answerable that the operating point refuses, not of the unanswerable that it answers: that would mean less with
# every easy case that is added. From the curves in judging_model.json: with curated questions refusing fewer lets ever more
# false answers through; without, where either fault is far commoner, half as many are refused as are let through: half of the
# unanswerable cases about invented papers are near misses, which few askers would think of.
# Among follow-ups with curated questions both faults are commoner than among questions that stand alone: a point between.
REFUSED = {"curated": 0.0175, "curated_leaning": 0.03, "plain": 0.15, "plain_leaning": 0.15}
ONLY_WITH_CURATED = (
    "question",
    "questions",
    "unanswered",
    "question_lead",
    "question_mass",
    "document_mass",
    "unanswered_beyond",
    "head",
    "document_head",
    "mass_share",
    "turn_question",
    "turn_unanswered",
)

# In the plain second step these say what others say already; side by side they took weights of opposite sign, and a
# statement that leaves more uncovered came to be the likelier answer.
SAID_ALREADY = ("covered_all", "uncovered_all", "uncovered_own")


def calibrate(corpus_folder: Path, model: str) -> tuple[dict[str, Any], Relation]:
    """Learn from the calibration cases: the content of ``judging_model.json``, with what was measured on the way, and the
    relation that its coefficients were learnt over.
    """
    cases = read_cases(CALIBRATION)
    encoder = Remembering(load_encoder(model))
    corpus = load_corpus(corpus_folder)
    invented = invented_documents()
    pairs = pairs_of(corpus, invented, cases, encoder, model)
    learnt = Learnt(crossed_forms(corpus, cases), crossed_relations(corpus, pairs, cases))
    asked = {kind: seen_by(kind, corpus, cases, encoder, model, learnt) for kind in KINDS}
    fit, answerable, measured = {}, {}, {}
    picks: list[tuple[Seen, Matrix]] = []
    for kind, seen in asked.items():
        fits = _crossed_fits(kind, seen)
        if kind == "curated":
            picks = list(zip(seen, fits, strict=True))
        fit[kind] = _learn_fit(kind, seen)
        for leaning in (False, True):
            part = [number for number, one in enumerate(seen) if one.leaning is leaning]
            name = kind_of(kind == "curated", leaning)
            own, own_fits = [seen[n] for n in part], [fits[n] for n in part]
            chances = _crossed_chances(name, own, own_fits)
            answerable[name], measured[name] = _with_operating_point(name, own, own_fits, chances)
    here, elsewhere, f1 = _best_extras([(one, fits) for one, fits in picks if one.case.answerable])
    judged = {
        "learnt": datetime.date.today().isoformat(),
        "cases": {"file": CALIBRATION.name, "sha256": digest_of(CALIBRATION), "count": len(cases)},
        "measured": {**measured, "quote_f1": f1},
        "signals": list(NAMES),
        "fit": {kind: dataclasses.asdict(value) for kind, value in fit.items()},
        "answerable": {kind: dataclasses.asdict(value) for kind, value in answerable.items()},
        "threshold": 0.5,
        "extra_here": here,
        "extra_elsewhere": elsewhere,
    }
    return judged, learn_relation(pairs)


def _columns(kind: str) -> list[int]:
    """The signals that are learnt from. What a follow-up's own words tell counts in its second step alone."""
    without = (() if kind.startswith("curated") else ONLY_WITH_CURATED) + (() if kind.endswith("_leaning") else TURN)
    return [n for n, name in enumerate(NAMES) if name not in without]


def _regression(rows: Matrix, truth: Marks, columns: Sequence[int], strength: float, balanced: bool) -> Logistic:
    """Fit on some columns; the others get weight 0, so that every model takes the same row."""
    scaler = StandardScaler().fit(rows)
    learnt = LogisticRegression(C=strength, max_iter=5000, class_weight="balanced" if balanced else None)
    learnt.fit(scaler.transform(rows)[:, columns], truth.astype(int))
    weights = np.zeros(rows.shape[1])
    weights[list(columns)] = learnt.coef_[0]
    return Logistic(
        [round(float(w), 5) for w in weights],
        [round(float(m), 6) for m in scaler.mean_],
        [round(float(s), 6) or 1.0 for s in scaler.scale_],
        round(float(learnt.intercept_[0]), 5),
    )


def _learn_fit(kind: str, seen: Sequence[Seen]) -> Logistic:
    """Step one, learnt from answerable cases only: which of the candidates answers."""
    rows, truth = [], []
    fused = NAMES.index("fused")
    for one in seen:
        if one.case.answerable and one.right.any():
            hardest = set(np.argsort(-one.rows[:, fused])[:HARDEST]) | set(np.flatnonzero(one.right))
            kept = sorted(hardest)
            rows.append(one.rows[kept])
            truth.append(one.right[kept])
    return _regression(np.vstack(rows), np.concatenate(truth), _columns(kind), 0.3, balanced=False)


def _learn_answerable(kind: str, seen: Sequence[Seen], fits: Sequence[Matrix]) -> Logistic:
    """Step two: whether the best candidate answers, from fits that were not learnt on the same case."""
    rows = np.vstack([evidence(one.rows, fit) for one, fit in zip(seen, fits, strict=True)])
    own = [n for n in _columns(kind) if kind.startswith("curated") or NAMES[n] not in SAID_ALREADY]
    columns = [*own, *range(len(NAMES), len(NAMES) + len(EXTRA_SIGNALS))]
    return _regression(rows, np.array([one.case.answerable for one in seen]), columns, 0.1, balanced=True)


def _folds(seen: Sequence[Seen]) -> list[tuple[list[int], list[int]]]:
    groups = [one.case.id for one in seen]
    return [(list(learn), list(test)) for learn, test in GroupKFold(FOLDS).split(groups, groups=groups)]


def _crossed_fits(kind: str, seen: Sequence[Seen]) -> list[Matrix]:
    fits: list[Matrix] = [np.zeros(0)] * len(seen)
    for learn, test in _folds(seen):
        model = _learn_fit(kind, [seen[n] for n in learn])
        for number in test:
            fits[number] = model.probabilities(seen[number].rows)
    return fits


def _crossed_chances(kind: str, seen: Sequence[Seen], fits: Sequence[Matrix]) -> Matrix:
    chances = np.zeros(len(seen))
    for learn, test in _folds(seen):
        model = _learn_answerable(kind, [seen[n] for n in learn], [fits[n] for n in learn])
        for number in test:
            chances[number] = model.probabilities(evidence(seen[number].rows, fits[number])[None, :])[0]
    return chances


def _with_operating_point(
    kind: str, seen: Sequence[Seen], fits: Sequence[Matrix], chances: Matrix
) -> tuple[Logistic, dict[str, Any]]:
    """Step two shifted so that 0.5 is the operating point, and what was measured there and around it."""
    answerable = np.array([one.case.answerable for one in seen])
    leads = np.array([bool(one.leading[int(np.argmax(fit))]) for one, fit in zip(seen, fits, strict=True)])
    cut = float(np.quantile(chances[answerable], REFUSED[kind]))
    learnt = _learn_answerable(kind, seen, fits)
    shifted = dataclasses.replace(learnt, bias=round(learnt.bias - float(np.log(cut / (1 - cut))), 5))
    curve = [
        {
            "false_answers_per_100_unanswerable": round(100 * share, 1),
            "refusals_per_100_answerable": round(
                100 * float((chances[answerable] <= np.quantile(chances[~answerable], 1 - share)).mean()), 1
            ),
            "right_answers_per_100_answerable": round(
                100 * float(((chances > np.quantile(chances[~answerable], 1 - share)) & leads)[answerable].mean()), 1
            ),
            "threshold": round(_moved(float(np.quantile(chances[~answerable], 1 - share)), cut), 3),
        }
        for share in (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3)
    ]
    return shifted, {
        "cases": len(seen),
        "leading_right": round(float(leads[answerable].mean()), 3),
        "area_under_roc": round(_area(chances, answerable), 3),
        "operating_point": {
            "refusals_per_100_answerable": round(100 * REFUSED[kind], 2),
            "false_answers_per_100_unanswerable": round(100 * float((chances[~answerable] > cut).mean()), 1),
        },
        "trade_off": curve,
    }


def _moved(chance: float, cut: float) -> float:
    """A probability as it reads once the operating point has been moved to 0.5."""
    odds = chance / (1 - chance) * (1 - cut) / cut
    return odds / (1 + odds)


def _area(scores: Matrix, truth: Marks) -> float:
    """Area under the receiver operating characteristic: the chance that an answerable case scores above another."""
    positive, negative = scores[truth], scores[~truth]
    return float((positive[:, None] > negative[None, :]).mean() + 0.5 * (positive[:, None] == negative[None, :]).mean())


def _best_extras(picks: Sequence[tuple[Seen, Matrix]]) -> tuple[float, float, float]:
    """The shares of the best fit at which quoting further statements gives the best mean F1 by statement."""
    tried = [
        (round(float(np.mean([_f1(one, fits, here, elsewhere) for one, fits in picks])), 4), here, elsewhere)
        for here in np.arange(0.1, 1.0, 0.05).round(2).tolist()
        for elsewhere in np.arange(0.3, 1.01, 0.1).round(2).tolist()
    ]
    best, here, elsewhere = max(tried)
    return here, elsewhere, best


def _f1(one: Seen, fits: Matrix, here: float, elsewhere: float) -> float:
    best = int(np.argmax(fits))
    section = one.statements[best].section
    shares = np.array([here if statement.section == section else elsewhere for statement in one.statements])
    chosen = fits >= shares * fits[best]
    shared = float((chosen & one.right).sum())
    return 2 * shared / float(chosen.sum() + len(one.case.expected_all)) if shared else 0.0
