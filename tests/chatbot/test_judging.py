"""The judge gives probabilities, and refuses a file that was learnt over other signals."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import gate
from chatbot.answer import AnswerStatus
from chatbot.answering import Recipe
from chatbot.evaluation.cases import CALIBRATION
from chatbot.evaluation.freezing import digest_of
from chatbot.evaluation.gating import EXAMPLES
from chatbot.forms import FORM_FILE
from chatbot.judging import MODEL_FILE, Judge, load_judge
from chatbot.signals import NAMES
from tests.chatbot.answer_support import recipe_over
from tests.support import write_document

signals = st.lists(st.lists(st.floats(-30, 30), min_size=len(NAMES), max_size=len(NAMES)), max_size=5)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge()


@settings(max_examples=50)
@given(rows=signals)
def test_the_chance_of_an_answer_is_a_probability(judge: Judge, rows: list[list[float]]) -> None:
    matrix = np.array(rows, dtype=np.float64).reshape(-1, len(NAMES))
    with np.errstate(over="ignore"):
        weighed = judge.weighed(matrix)
    assert weighed.shape == (len(rows),)
    assert ((weighed >= 0) & (weighed <= 1)).all()


def test_where_nothing_was_found_there_is_no_answer(judge: Judge) -> None:
    nothing = np.zeros((0, len(NAMES)))
    assert judge.weighed(nothing).max(initial=0) == 0


@settings(max_examples=30)
@given(rows=signals)
def test_what_has_curated_questions_and_what_has_none_do_not_sway_one_another(judge: Judge, rows: list[list[float]]) -> None:
    matrix = np.array(rows, dtype=np.float64).reshape(-1, len(NAMES))
    curated = matrix[:, NAMES.index("curated")] > 0
    with np.errstate(over="ignore"):
        together = judge.weighed(matrix)
        for own in (curated, ~curated):
            assert np.allclose(together[own], judge.weighed(matrix[own]))


def test_the_operating_point_is_a_probability_and_shares_are_shares(judge: Judge) -> None:
    assert 0 < judge.threshold < 1
    assert 0 < judge.extra_here <= 1 and 0 < judge.extra_elsewhere <= 1


def test_whatever_was_learnt_was_learnt_from_the_cases_and_examples_that_are_here() -> None:
    """Mended by: python scripts/calibrate.py"""
    judge, forms = (json.loads(path.read_text(encoding="utf-8")) for path in (MODEL_FILE, FORM_FILE))
    assert judge["cases"]["sha256"] == forms["learnt_from"] == digest_of(CALIBRATION)
    with np.load(gate.MODEL_FILE, allow_pickle=False) as held:
        assert held["learnt_from"].tolist() == [digest_of(EXAMPLES), digest_of(CALIBRATION)]


def test_a_judge_learnt_over_other_signals_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    held = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    path = tmp_path / "judge.json"
    path.write_text(json.dumps({**held, "signals": held["signals"][1:]}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"other signals than these; mend it with: python scripts/calibrate\.py"):
        load_judge(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judging")
    write_document(folder, "libraries", "## Libraries\n\nASCL believes that every school should have a library.\n")
    write_document(folder, "meals", "## Meals\n\nASCL believes that school meals should be free for all.\n")
    return folder


def asked(folder: Path, question: str, **given_settings: float) -> AnswerStatus:
    recipe: Recipe = recipe_over(folder, **given_settings)
    return recipe.answer(question).status


def test_a_higher_threshold_answers_less_and_a_lower_one_more(folder: Path) -> None:
    """Set by hand, it stands instead of the measured one."""
    assert asked(folder, "What does ASCL think about school libraries?") is AnswerStatus.ANSWERED
    assert asked(folder, "What does ASCL think about school libraries?", answer_threshold=1.0) is AnswerStatus.NO_POSITION
    assert asked(folder, "What does ASCL think about school uniform?", answer_threshold=0.0) is AnswerStatus.ANSWERED


def test_statements_without_curated_questions_are_judged_too(folder: Path) -> None:
    assert asked(folder, "What does ASCL think about school libraries?") is AnswerStatus.ANSWERED
    assert asked(folder, "What does ASCL think about the length of the school day?") is AnswerStatus.NO_POSITION


@pytest.mark.parametrize("others", [0, 1, 2, 4])
def test_a_paper_of_few_statements_can_be_found(tmp_path: Path, others: int) -> None:
    """Where nothing else is held, that nothing else comes near says nothing."""
    unlike = ["Boilers should be serviced.", "Governors need training.", "Buses should run on time.", "Libraries matter."]
    text = "ASCL believes that mobile phones should be banned in every school."
    write_document(tmp_path, "phones", "## Phones\n\n" + "\n\n".join([text, *unlike[:others]]) + "\n")
    assert asked(tmp_path, "Should mobile phones be banned in schools?") is AnswerStatus.ANSWERED
