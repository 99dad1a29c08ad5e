"""What is known of how well each candidate answers: one row of numbers per candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.aligning import Alignment
from chatbot.details import missing_details
from chatbot.relating import Relation
from chatbot.retrieval import Candidates
from chatbot.understanding import Understood
from chatbot.vocabulary import Unit, Vocabulary, covered
from corpus.models import Statement
from index.lexicon import Phrase
from index.rows import ALL_KINDS

Matrix = NDArray[np.float64]

# Whether a question leans on an earlier one, what its own words then tell without it, and how near each statement and its section
# lie to that earlier one: all 0 for one that stands alone.
TURN = (
    "leaning",
    "turn_passage",
    "turn_sentence",
    "turn_question",
    "turn_unanswered",
    "turn_context",
    "turn_terms",
    "turn_units",
    "turn_before",
    "turn_before_section",
    "turn_before_best",
)
NAMES = (
    "passage", "sentence", "question", "questions", "unanswered", "question_lead", "lexical", "fused",
    "passage_lead", "sentence_lead", "fused_lead", "section", "covered_own", "covered_all", "uncovered_own",
    "uncovered_all", "heading", "units", "curated", "detail_missing",
    "question_mass", "document_mass", "mass_share", "unanswered_beyond", "named_wholly", "head", "document_head", "form",
    "uncovered_turn", "relation", "late", "late_lead", "late_amiss", "aligned", *TURN,
)  # fmt: skip

MOST_TURN = 8  # terms or things of a follow-up, beyond which more tell nothing


def signals(
    understood: Understood,
    found: Candidates,
    statements: Sequence[Statement],
    vocabulary: Vocabulary,
    curated: Callable[[str], bool],
    form: float,
    relation: Relation,
    alignment: Alignment | None,
) -> Matrix:
    """Signals of every candidate, shape (candidates, len(NAMES)); rows in the order of ``found``.

    ``statements`` are the whole corpus in order, ``curated`` tells whether a statement has curated questions,
    ``form`` how likely a question of this form is to have an answer (:mod:`chatbot.forms`),
    ``relation`` how a question's vector lies to those of statements that answer it (:mod:`chatbot.relating`), and ``alignment``
    how its tokens lie to theirs (:mod:`chatbot.aligning`).
    A ``..._lead`` is how far a score stands above the mean of all candidates. What is not known, and what tokens tell of
    statements with curated questions, is not a number.
    """
    if not found.statements:
        return np.zeros((0, len(NAMES)))
    held = [statements[number] for number in found.statements]
    units, turn = understood.units, frozenset(understood.own_units)
    weights = np.array([max(vocabulary.weight(term) for term in unit.phrase) for unit in units])
    own = _named(units, [vocabulary.own_terms[n] for n in found.statements], vocabulary)
    asked = _named(units, [vocabulary.all_terms[n] for n in found.statements], vocabulary)
    headed = _named(units, [vocabulary.heading_terms[n] for n in found.statements], vocabulary)
    dense = found.passage + found.sentence + found.questions
    columns = {
        **_masses(held, found),
        **_turn(understood, found),
        **_by_tokens(found, alignment),
        "passage": found.passage,
        "sentence": found.sentence,
        "question": found.question,
        "questions": found.questions,
        "unanswered": found.unanswered,
        "question_lead": np.where(found.question > 0, found.question - found.unanswered, 0.0),
        "head": np.clip(found.head, -15, 15),
        "document_head": np.clip(found.document_head, -15, 15),
        "lexical": found.lexical / (1.0 + weights.sum()),
        "fused": found.fused,
        "passage_lead": found.passage - found.passage.mean(),
        "sentence_lead": found.sentence - found.sentence.mean(),
        "fused_lead": found.fused - _fourth(found.fused),
        "section": _section_means(held, dense) - dense.mean(),
        "covered_own": _covered(own, weights),
        "covered_all": _covered(asked, weights),
        "uncovered_own": _uncovered(own, weights),
        "uncovered_all": _uncovered(asked, weights),
        "heading": _covered(headed, weights),
        "unanswered_beyond": _beyond(understood, found, vocabulary),
        "named_wholly": own.all(axis=1),
        "form": np.full(len(held), form),
        "uncovered_turn": _uncovered(asked, np.where([unit in turn for unit in units], weights, 0.0)),
        "relation": np.clip(relation.log_odds(found.asked, found.passages, found.sentences), -8, 8),
        "units": np.full(len(held), min(len(units), 10)),
        "curated": np.array([curated(statement.id) for statement in held]),
        "detail_missing": np.array([missing_details(understood.asked, statement.text) for statement in held]),
    }
    return np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in NAMES])


def _turn(understood: Understood, found: Candidates) -> dict[str, Matrix]:
    """The signals named in ``TURN``."""
    leaning = float(understood.context is not None)
    same = {
        "leaning": leaning,
        "turn_context": found.to_context,
        "turn_terms": leaning * min(len(understood.terms), MOST_TURN),
        "turn_units": leaning * min(len(understood.own_units), MOST_TURN),
    }
    nothing = np.zeros(len(found.statements))
    before = {
        "turn_before": found.before,
        "turn_before_section": found.before_section,
        "turn_before_best": leaning * (found.before >= 0),
    }
    own = {f"turn_{kind}": np.asarray(found.turn.get(kind, nothing), dtype=np.float64) for kind in ALL_KINDS}
    return {**before, **own, **{name: np.full(len(found.statements), value) for name, value in same.items()}}


def _by_tokens(found: Candidates, alignment: Alignment | None) -> dict[str, Matrix]:
    """What the tokens of a question and of each statement tell: how near they are, how much is lost by the token of the question
    that counts most and finds least, beside one that counts as much as any, and the log odds of an answer; not a number where
    there are no tokens.
    """
    met = found.meeting
    if met is None or alignment is None:
        return dict.fromkeys(("late", "late_lead", "late_amiss", "aligned"), np.full(len(found.statements), np.nan))
    late = met.likeness
    lost = len(met.focus.shares) * met.focus.shares * (1 - met.likest)
    return {
        "late": late,
        "late_lead": late - late.mean(),
        "late_amiss": lost.max(axis=1),
        "aligned": np.clip(alignment.log_odds(met), -8, 8),
    }


def _masses(held: Sequence[Statement], found: Candidates) -> dict[str, Matrix]:
    """How curated questions weigh against those known to be unanswered: log ratios, cut to [-10, 10], and a share."""
    own, against = found.question_mass.astype(np.float64), found.unanswered_mass.astype(np.float64)
    documents = np.array([statement.document for statement in held])
    masses = {document: np.logaddexp.reduce(own[documents == document]) for document in set(documents.tolist())}
    whole = np.array([masses[document] for document in documents.tolist()])
    weighed = np.isfinite(own) & np.isfinite(against)
    share = np.where(np.isfinite(own), np.exp(np.where(np.isfinite(own), own, 0) - np.where(np.isfinite(whole), whole, 0)), 0.0)
    return {
        "question_mass": _difference(own, against, weighed),
        "document_mass": _difference(whole, against, weighed),
        "mass_share": share,
    }


def _beyond(understood: Understood, found: Candidates, vocabulary: Vocabulary) -> Matrix:
    """How much the nearest unanswered question asks beyond this one, as a share of its weight: 0 to 1.

    "How large must the endowment be?" lies near "endowment" only because it names the same thing and asks more of it.
    """
    asked = frozenset(understood.terms)
    shares: dict[int | None, float] = {None: 0.0}
    for row in set(found.unanswered_row) - {None}:
        units = vocabulary.units(vocabulary.unanswered_terms[row]) if row is not None else ()
        weights = [max(vocabulary.weight(term) for term in unit.phrase) for unit in units]
        beyond = [weight for unit, weight in zip(units, weights, strict=True) if not covered(unit, asked)]
        shares[row] = sum(beyond) / sum(weights) if weights else 0.0
    return np.array([shares[row] for row in found.unanswered_row])


def _difference(first: Matrix, second: Matrix, weighed: NDArray[np.bool_]) -> Matrix:
    return np.clip(np.subtract(first, second, where=weighed, out=np.zeros_like(first)), -10, 10)


def _named(units: Sequence[Unit], held: Sequence[frozenset[str]], vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Which statements, by the terms they hold, name which units; shape (len(held), len(units))."""
    named = [_naming(vocabulary.phrases(unit), held) for unit in units]
    return np.array(named, dtype=np.bool_).reshape(len(units), len(held)).T


def _naming(alike: Sequence[Phrase], held: Sequence[frozenset[str]]) -> list[bool]:
    """Which terms hold any of some phrases; nearly always there is one phrase of one term, or none that anything holds."""
    if not alike:
        return [False] * len(held)
    if len(alike) == 1 and len(alike[0]) == 1:
        (term,) = alike[0]
        return [term in terms for terms in held]
    return [any(map(terms.issuperset, alike)) for terms in held]


def _covered(named: NDArray[np.bool_], weights: Matrix) -> Matrix:
    """Share of what was asked for, by weight, that each statement names: 0 to 1; 0 where nothing was asked for."""
    return np.asarray(named @ weights / weights.sum()) if len(weights) else np.zeros(len(named))


def _uncovered(named: NDArray[np.bool_], weights: Matrix) -> Matrix:
    """The weight of the most telling thing asked for that each statement does not name; 0 where all is named."""
    return np.asarray(np.where(named, 0.0, weights).max(axis=1, initial=0.0))


def _section_means(held: Sequence[Statement], scores: NDArray[np.float32]) -> Matrix:
    places = {
        section: place for place, section in enumerate({(statement.document, statement.section.slug) for statement in held})
    }
    of = np.array([places[statement.document, statement.section.slug] for statement in held])
    return np.asarray((np.bincount(of, scores) / np.bincount(of))[of])


def _fourth(scores: NDArray[np.float32]) -> float:
    return float(np.sort(scores)[-4]) if len(scores) >= 4 else float(scores.min())
