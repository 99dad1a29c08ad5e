"""The evaluation: figures worked out by hand on a few cases, the frozen held-out cases, and the thresholds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatbot.answer import Answer, AnswerStatus, Citation, Quote
from chatbot.assembly import Service
from chatbot.evaluation.ablating import single_signal, threshold_letting_through
from chatbot.evaluation.cases import CALIBRATION, HELD_OUT, Case, read_cases
from chatbot.evaluation.freezing import collisions, content_terms, digest_of, frozen_digest, overlaps
from chatbot.evaluation.limits import figure, limits_under, shortfalls, thresholds_of
from chatbot.evaluation.measuring import area_under_roc, by_kind, mean, measure, share
from chatbot.evaluation.plots import bars
from chatbot.evaluation.public_sets import cut, document_of, listed
from chatbot.evaluation.reporting import Report, difference, report_of
from chatbot.evaluation.scoreboard import write_scoreboard
from chatbot.evaluation.scoring import Scored
from chatbot.judging import load_judge
from corpus.models import Corpus, Glossary, Statement
from index.embedding import load_encoder
from index.opening import open_index
from index.terms import words
from tests.support import document_of as document_with
from tests.support import statement_with

PAPER = document_with(
    "## Inspection\n\nInspection should be less frequent.\n\nGrades should go.\n\n## Funding\n\nFunding must be fair.\n"
)
CORPUS = Corpus((PAPER,), {}, Glossary())
FREQUENCY, GRADES, FUNDING = (statement_with(PAPER, words) for words in ("frequent", "Grades", "fair"))


def case(name: str, kind: str, *expected: Statement, leads: Statement | None = None, **fields: Any) -> Case:
    """A case whose full answer is ``expected``; only ``leads`` may come first where it is given."""
    names = frozenset(one.id for one in expected)
    return Case(name, "paper", kind, f"question {name}", (), frozenset({leads.id}) if leads else names, names, **fields)


def quoted(asked: Case, *statements: Statement) -> Scored:
    """The case answered with these statements, in this order."""
    quotes = tuple(Quote(one.text, one.id, one.span.start, one.span.end, n) for n, one in enumerate(statements, start=1))
    citations = tuple(
        Citation(n, one.id, "Paper", one.section.name, False, None, None, "current", None, f"/statements/{one.id}")
        for n, one in enumerate(statements, start=1)
    )
    answer = Answer(asked.question, "", AnswerStatus.ANSWERED, "", None, quotes, citations)
    return Scored(asked, answer, tuple(one.id for one in statements))


def left(asked: Case, status: AnswerStatus = AnswerStatus.NO_POSITION) -> Scored:
    """The case ended without a quote."""
    return Scored(asked, Answer(asked.question, "", status, ""), ())


NOTHING = frozenset({"no_position"})
ANSWERED = [
    quoted(case("inspected too often?", "everyday", FREQUENCY, GRADES), FREQUENCY, GRADES),  # all of it, in order
    quoted(case("scrap grades?", "everyday", GRADES), FREQUENCY, GRADES),  # right, but second, and one too many
    left(case("is money shared fairly?", "jargon", FUNDING)),  # refused
]
LEFT_ALONE = [
    left(case("school trips?", "unanswerable", accepted_statuses=NOTHING)),
    quoted(case("who funds trips?", "unanswerable", accepted_statuses=NOTHING, near_miss=True), FUNDING),  # a false answer
    left(case("sue my school?", "decline", accepted_statuses=frozenset({"declined_advice"})), AnswerStatus.DECLINED_ADVICE),
    left(case("kill the reform?", "alarming_policy", accepted_statuses=NOTHING), AnswerStatus.DECLINED_ABUSE),  # over-blocked
]


def test_three_answerable_questions_one_right_one_right_second_one_refused() -> None:
    figures = measure(ANSWERED, CORPUS)
    assert figures["top_1"].value == pytest.approx(1 / 3, abs=1e-4)
    assert figures["top_3"].value == pytest.approx(2 / 3, abs=1e-4)
    assert figures["false_refusals"].value == pytest.approx(1 / 3, abs=1e-4)
    assert figures["quote_precision"].value == pytest.approx((1 + 1 / 2 + 0) / 3, abs=1e-4)
    assert figures["quote_recall"].value == pytest.approx((1 + 1 + 0) / 3, abs=1e-4)
    assert figures["quote_f1"].value == pytest.approx((1 + 2 / 3 + 0) / 3, abs=1e-4)


def test_a_question_without_an_answer_is_left_alone_declined_falsely_answered_or_over_blocked() -> None:
    figures = measure(LEFT_ALONE, CORPUS)
    assert figures["false_answers"].value == pytest.approx(1 / 3, abs=1e-4)
    assert figures["false_answers"].count == 3
    assert (figures["false_answers_near_miss"].value, figures["false_answers_near_miss"].count) == (1.0, 1)
    assert figures["declines_right"].value == 1.0
    assert figures["over_blocked"].value == 1.0
    assert figures["right"].value == 0.5
    assert "top_1" not in figures  # nothing to be measured on


def test_who_said_that_may_be_answered_with_quotes_although_no_statement_is_expected() -> None:
    asked = case("who said that?", "follow_up", accepted_statuses=frozenset({"answered_about_last"}))
    again = quoted(asked, GRADES)
    again = replace(again, answer=replace(again.answer, status=AnswerStatus.ANSWERED_ABOUT_LAST))
    assert "false_answers" not in measure([again], CORPUS)


def test_a_quote_with_one_letter_changed_and_a_citation_under_another_section_are_both_found() -> None:
    sound = quoted(case("fair?", "everyday", FUNDING), FUNDING)
    assert measure([sound], CORPUS)["verbatim_violations"].value == measure([sound], CORPUS)["section_faults"].value == 0
    [quote], [citation] = sound.answer.quotes, sound.answer.citations
    altered = replace(sound.answer, quotes=(replace(quote, text="Funding must be fare."),))
    assert measure([replace(sound, answer=altered)], CORPUS)["verbatim_violations"].value == 1
    misplaced = replace(sound.answer, citations=(replace(citation, section="Inspection"),))
    assert measure([replace(sound, answer=misplaced)], CORPUS)["section_faults"].value == 1


def test_wilsons_interval_is_the_published_one_and_stays_within_0_and_1() -> None:
    tenth = share([True] + [False] * 9)  # 1 of 10, as tabulated in Brown, Cai and DasGupta (2001)
    assert tenth.low == pytest.approx(0.0179, abs=1e-3)
    assert tenth.high == pytest.approx(0.4042, abs=1e-3)
    assert share([True] * 40).high == 1.0
    assert 0.9 < share([True] * 40).low < 1.0


def test_the_bootstrap_gives_the_same_interval_each_time_and_holds_the_mean() -> None:
    values = [1.0, 0.5, 0.0, 1.0, 1.0, 0.667]
    assert mean(values) == mean(values)
    assert mean(values).low < mean(values).value < mean(values).high
    assert mean([1.0, 1.0]).low == mean([1.0, 1.0]).high == 1.0


def test_area_under_roc_is_the_chance_that_an_answerable_question_scores_higher() -> None:
    assert area_under_roc([0.9, 0.8], [0.1, 0.2]).value == 1.0
    assert area_under_roc([0.9, 0.1], [0.5]).value == 0.5
    assert area_under_roc([0.5], [0.5]).value == 0.5


def test_near_misses_are_told_apart_within_their_kind() -> None:
    kinds = by_kind([*ANSWERED, *LEFT_ALONE])
    assert {kind: len(held) for kind, held in kinds.items()} == {
        "everyday": 2, "jargon": 1, "unanswerable": 2, "decline": 1, "alarming_policy": 1, "unanswerable_near_miss": 1,
    }  # fmt: skip


def a_report(*scored: Scored) -> Report:
    return report_of(HELD_OUT, CORPUS, scored)


def test_a_report_says_what_was_gained_and_lost_since_the_one_before() -> None:
    better = quoted(ANSWERED[2].case, FUNDING)
    worse = left(ANSWERED[0].case)
    compared = difference(a_report(*ANSWERED), a_report(worse, ANSWERED[1], better))
    assert (compared.gained, compared.lost, compared.shared) == (("is money shared fairly?",), ("inspected too often?",), 3)


def test_no_question_stands_in_a_report() -> None:
    assert "question " not in json.dumps(a_report(*ANSWERED, *LEFT_ALONE)["endings"])


def test_a_figure_beyond_its_threshold_is_named_with_both_numbers() -> None:
    report = a_report(*ANSWERED, *LEFT_ALONE)
    limits = {"at_least": {"overall.top_1": 0.9, "kinds.everyday.top_3": 0.9}, "at_most": {"overall.false_answers": 0.1}}
    assert shortfalls(report, limits) == (
        "overall.top_1 is 0.333; it must be at least 0.900.",
        "overall.false_answers is 0.333; it must be at most 0.100.",
    )
    assert shortfalls(report, {"at_least": {"kinds.misspelt.top_1": 0.9}}) == (
        "kinds.misspelt.top_1 was not measured, but has a threshold.",
    )
    assert shortfalls(report, {"at_least": {"ablations.no_glossary.overall.top_1": 0.9}}) == ()


def test_thresholds_are_set_one_case_under_what_was_measured_and_altered_quotes_are_never_allowed() -> None:
    report = a_report(*ANSWERED, *LEFT_ALONE)
    limits = limits_under(report)
    assert limits["at_least"]["overall.top_3"] == pytest.approx(2 / 3 - 1 / 3, abs=2e-3)
    assert limits["at_most"]["overall.verbatim_violations"] == 0
    assert limits["at_most"]["overall.over_blocked"] == 1  # as measured: no room
    assert shortfalls(report, limits) == ()


@pytest.mark.parametrize("cases", ["held-out", "unseen-documents"])
def test_the_shipped_thresholds_are_of_figures_that_exist_and_allow_no_altered_quote(cases: str) -> None:
    limits = json.loads(thresholds_of(cases).read_text(encoding="utf-8"))
    names = [*limits["at_least"], *limits["at_most"]]
    assert names and len(names) == len(set(names))
    for name in names:
        assert re.fullmatch(r"overall\.\w+|kinds\.\w+\.\w+|ablations\.\w+\.(overall|kinds\.\w+)\.\w+", name)
    assert limits["at_most"]["overall.verbatim_violations"] == limits["at_most"]["overall.section_faults"] == 0
    assert figure(a_report(*ANSWERED), "overall.verbatim_violations") == 0


def test_the_scoreboard_is_written_whole_and_its_plots_are_well_formed(tmp_path: Path) -> None:
    write_scoreboard(a_report(*ANSWERED, *LEFT_ALONE), tmp_path)
    page = (tmp_path / "scoreboard.md").read_text(encoding="utf-8")
    assert "| everyday wording | 50.0 [" in page
    linked = re.findall(r"\]\((scoreboard/[\w-]+\.svg)\)", page)
    assert linked
    for name in linked:
        ET.parse(tmp_path / name)
    ET.fromstring(bars("<Heads & tails>", [("a < b", {"value": 0.5, "low": 0.4, "high": 0.6})]))


def test_a_threshold_is_set_so_that_only_so_many_reach_it() -> None:
    chances = [0.1, 0.9, 0.4, 0.0]
    for most in (0, 1, 2, 3):
        assert sum(chance >= threshold_letting_through(chances, most) for chance in chances) == most
    assert threshold_letting_through(chances, 4) == 0.0


def test_one_signal_alone_decides_when_the_others_are_taken_away() -> None:
    judge = single_signal(load_judge(), "passage")
    assert all(sum(weight != 0 for weight in logistic.weights) == 1 for logistic in judge.answerable.values())
    assert judge.fit == load_judge().fit


def test_sentences_and_key_points_become_quotable_statements_with_exact_spans() -> None:
    text = "Rollo was a Norse leader. He settled in Normandy."
    for document in (document_of("paragraph", text, cut(text)), listed("motion", ["Uniforms help.", "Uniforms cost."])):
        assert len(document.statements) == 2
        assert all(one.quotable and one.span.of(document.text) == one.text for one in document.statements)


def test_the_held_out_cases_are_those_that_were_frozen() -> None:
    assert digest_of(HELD_OUT) == frozen_digest(), "the held-out cases were changed; they are frozen for good"


def test_the_frozen_digest_is_the_same_in_a_checkout_with_other_line_ends(tmp_path: Path) -> None:
    (tmp_path / "crlf.jsonl").write_bytes(HELD_OUT.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(tmp_path / "crlf.jsonl") == frozen_digest()


def test_no_held_out_case_is_a_calibration_case() -> None:
    learnt_from = {(tuple(words(one.question)), one.history) for one in read_cases(CALIBRATION)}
    assert [one.id for one in read_cases(HELD_OUT) if (tuple(words(one.question)), one.history) in learnt_from] == []


def test_two_questions_overlap_by_what_they_ask_for_not_by_their_frames() -> None:
    asked = content_terms("What does ASCL think about fair funding for rural schools?")
    questions = ("fair funding, rural schools", "What does ASCL think about school trips abroad?", "funding?", "")
    same, other, short, empty = overlaps([asked], [content_terms(question) for question in questions])[0].tolist()
    assert same == 1.0
    assert other < 0.3
    assert short == empty == 0.0  # too short to say


def test_no_held_out_case_is_a_near_duplicate_of_a_question_of_the_corpus(service: Service, built_index: Path) -> None:
    index = open_index(built_index, service.corpus, service.settings.model)
    near = collisions(read_cases(HELD_OUT), service.corpus, index, load_encoder(service.settings.model))
    # The ids are enough to mend it; the question of the corpus goes, the held-out case stays.
    assert [(one.case, one.asked) for one in near] == []
