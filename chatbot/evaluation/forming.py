"""Learn the forms of questions that tend to have an answer, from the cases and the questions of the corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from chatbot.evaluation.cases import CALIBRATION, Case
from chatbot.evaluation.freezing import digest_of
from chatbot.forms import Forms, signs
from corpus.models import Corpus
from index.terms import FUNCTION_WORDS

FOLDS = 5
OF_CORPUS = 0.3  # weight of a question of the corpus beside a case: there are many, of one document
STRENGTH = 0.1  # inverse regularisation
FEWEST = 3  # questions that a sign must occur in
NEGLIGIBLE = 0.005  # weight, below which a sign is left out of the file


def learn_forms(corpus: Corpus, cases: Sequence[Case]) -> Forms:
    """Learn from every question whose answer is known."""
    asked = [(question, True) for held in corpus.questions.values() for question in held]
    asked += [(question, False) for held in corpus.unanswered.values() for question in held]
    # A question that one document answers and another does not is of a form that has an answer.
    known: dict[str, bool] = {}
    for case in cases:
        known[case.question] = known.get(case.question, False) or case.answerable
    texts = [question for question, _ in asked] + list(known)
    truth = [answered for _, answered in asked] + list(known.values())
    importance = [OF_CORPUS] * len(asked) + [1.0] * len(known)
    kept = FUNCTION_WORDS
    signed = [dict.fromkeys(signs(text, kept), 1) for text in texts]
    vectors = DictVectorizer()
    struck = vectors.fit_transform(signed)
    common = np.flatnonzero(np.asarray(struck.sum(axis=0)).ravel() >= FEWEST)
    learnt = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    learnt.fit(struck[:, common], truth, sample_weight=importance)
    names = vectors.get_feature_names_out()[common]
    weights = {str(name): round(float(weight), 4) for name, weight in zip(names, learnt.coef_[0], strict=True)}
    telling = {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= NEGLIGIBLE}
    return Forms(kept, telling, round(float(learnt.intercept_[0]), 4))


def crossed_forms(corpus: Corpus, cases: Sequence[Case]) -> Mapping[str, float]:
    """The log odds of each case by its id, from forms that were learnt without its question."""
    odds: dict[str, float] = {}
    groups = [case.question for case in cases]
    for learn, test in GroupKFold(FOLDS).split(groups, groups=groups):
        forms = learn_forms(corpus, [cases[number] for number in learn])
        odds.update({cases[number].id: forms.log_odds(cases[number].question) for number in test})
    return odds


def save_forms(forms: Forms, path: Path) -> None:
    """Write what :func:`chatbot.forms.load_forms` reads, with the digest of the cases it was learnt from."""
    held = {"learnt_from": digest_of(CALIBRATION), "kept": sorted(forms.kept), "bias": forms.bias, "weights": forms.weights}
    path.write_text(json.dumps(held, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
