"""What is quoted of a statement: exact spans, caveats kept, nobody else's voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatbot.quoting import (
    WHOLE_STATEMENT,
    leaned_on,
    leans,
    same_words,
    spans_to_quote,
    standing_runs,
    standing_sentences,
)
from corpus.models import Document, Statement
from tests.corpus.strategies import paragraphs, texts
from tests.support import document_of, statement_with

FILLER = "Schools in every region have told us about this at length in each of the last five years, and at every conference."


def quotes(document: Document, statement: Statement, *liked: str) -> list[str]:
    def score(texts: Sequence[str]) -> list[float]:
        return [float(any(word in text for word in liked)) for text in texts]

    return [span.of(document.text) for span in spans_to_quote(document, statement, score)]


def long_paper(*sentences: str) -> tuple[Document, Statement]:
    """One statement too long to be quoted whole: the sentences, then filler."""
    text = " ".join([*sentences, *[FILLER] * 8])
    document = document_of(text)
    [statement] = document.statements
    assert len(statement.text) > WHOLE_STATEMENT
    return document, statement


def test_a_short_statement_is_quoted_whole() -> None:
    document = document_of("Funding should be fair. Some schools will lose, so a transition is important.")
    assert quotes(document, document.statements[0], "fair") == [document.text]


def test_of_a_long_statement_the_best_sentences_are_quoted() -> None:
    document, statement = long_paper(FILLER, "Every school should have a library.", "Meals matter.")
    assert "Every school should have a library." in quotes(document, statement, "library")[0]
    assert sum(map(len, quotes(document, statement, "library"))) < len(statement.text)


@pytest.mark.parametrize(
    "leaning",
    [
        "This would be made easier if performance measures were fewer.",
        "However, it must be paid for.",
        "They should be run by librarians.",
        "To achieve this, ministers should act.",
        "For example, a school might share one.",
        "Otherwise nothing will change.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(leaning: str) -> None:
    document, statement = long_paper("Every school should have a library.", leaning)
    assert f"Every school should have a library. {leaning}" in quotes(document, statement, leaning)[0]


@pytest.mark.parametrize(
    "condition",
    [
        "Provided that the money is found, this can be done in a year.",
        "Unless the money is found, schools should not be asked to do it.",
        "However, this must be paid for by the government.",
        "But small schools should be exempt.",
        "This should only be done with new money.",
        "If these are secure, there would be no need for an inspection visit.",
        "With the exception of special schools, that holds for all.",
    ],
)
def test_a_demand_keeps_the_condition_that_follows_it(condition: str) -> None:
    document, statement = long_paper(FILLER, "Every school should have a library.", condition)
    assert f"Every school should have a library. {condition}" in "\n".join(quotes(document, statement, "a library"))


def test_a_condition_inside_the_sentence_is_never_cut_off() -> None:
    demand = "Every school should have a library, provided that it is paid for by new money and not from existing budgets."
    document, statement = long_paper(FILLER, demand)
    assert demand in "\n".join(quotes(document, statement, "library"))


def test_an_item_of_a_list_keeps_the_words_that_lead_it_in() -> None:
    items = [f"- help with subject number {number}, in every region and at every stage of a career" for number in range(9)]
    document = document_of("ASCL would only support the following:\n" + "\n".join(items))
    [statement] = document.statements
    text = "\n".join(quotes(document, statement, "number 7"))
    assert "ASCL would only support the following:" in text and items[7] in text


def test_somebody_elses_sentence_inside_a_statement_is_left_out() -> None:
    text = "Ofsted says that grades help parents. ASCL believes that grades should go. The government argues that they stay."
    document = document_of(text)
    assert quotes(document, document.statements[0], "grades") == ["ASCL believes that grades should go."]


@pytest.mark.parametrize(
    "sentence", ["This is wrong.", "However, it is.", "- They must.", "It is designed to help.", "It is important."]
)
def test_what_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Inspection should be short.",
        "Thistles grow.",
        "ASCL believes in its members.",
        "It is not appropriate for inspectors to grade.",
    ],
)
def test_what_stands_alone(sentence: str) -> None:
    assert not leans(sentence)


class TestAStatementThatLeansOnTheOneBefore:
    def test_brings_it(self) -> None:
        document = document_of("## One\n\nLeaders must be bold.\n\nThis would be made easier by money.")
        assert leaned_on(document, statement_with(document, "money")) == statement_with(document, "bold")

    def test_but_not_from_another_section(self) -> None:
        document = document_of("## One\n\nLeaders must be bold.\n\n## Two\n\nThis would be made easier by money.")
        assert leaned_on(document, statement_with(document, "money")) is None

    def test_nor_from_somebody_else(self) -> None:
        document = document_of("## One\n\nOfsted says that leaders are bold.\n\nThis must be made easier by money.")
        assert leaned_on(document, statement_with(document, "money")) is None

    def test_and_one_that_stands_alone_brings_nothing(self) -> None:
        document = document_of("## One\n\nLeaders must be bold.\n\nMoney would help leaders.")
        assert leaned_on(document, statement_with(document, "Money")) is None


def test_nearly_the_same_words_are_one_quote_and_an_opposite_is_not() -> None:
    said = "Key to making our education system world-class is a culture of trust and respect between politicians and teachers."
    assert same_words(said, said.replace("our education", "our  education"))
    assert not same_words("Grammar schools should be expanded.", "Inspection should be short and fair to all.")


def test_one_not_more_says_the_opposite_not_the_same() -> None:
    demand = "Schools should be inspected every year by Ofsted or by anybody else at all."
    assert not same_words(demand, demand.replace("should be", "should not be"))


@settings(max_examples=80)
@given(st.one_of(texts, st.lists(paragraphs, min_size=12, max_size=24).map(" ".join)), st.integers(1, 11))
@example("Schools believes.\n\nthat.", 1)
def test_spans_lie_in_order_in_their_statement_and_some_is_quoted_where_all_of_it_is_ascls_own(text: str, step: int) -> None:
    document = document_of(text)
    for before, statement in zip([None, *document.statements], document.statements, strict=False):
        spans = spans_to_quote(document, statement, lambda texts: [float(number * step % 7) for number in range(len(texts))])
        assert all(statement.span.covers(span) and span.of(text) == span.of(text).strip() != "" for span in spans)
        assert all(one.end < other.start for one, other in pairwise(spans))
        # But for what goes on with somebody else's view, as a test below has it.
        goes_on = before is not None and not all(before.own_voice) and leans(statement.sentences[0].of(text))
        goes_on = goes_on or statement.text.endswith(":")  # nor is what only leads in something else
        assert spans or goes_on or not all(statement.own_voice)


OTHERS = "Ofsted says that grades help parents."
GRADES = "ASCL believes that grades should go."


def test_a_sentence_that_leans_on_somebody_elses_is_not_quoted_without_it_nor_with_it() -> None:
    document = document_of(f"{OTHERS} This is wrong. {GRADES}")
    assert quotes(document, document.statements[0], "wrong") == [GRADES]


def test_a_paragraph_that_goes_on_with_somebody_elses_is_not_quoted() -> None:
    document = document_of("## Days\n\nThe government argues that days should be longer.\n\nThis would raise results.\n")
    assert standing_sentences(document, statement_with(document, "raise")) == frozenset()


def test_after_a_question_or_ascls_own_answer_a_paragraph_may_lean() -> None:
    document = document_of("## One\n\nWhat should happen to inspection?\n\nThis must be reformed at once.\n")
    assert standing_sentences(document, statement_with(document, "reformed")) == {0}
    document = document_of(f"## One\n\n{OTHERS} This is wrong.\n\nIt would harm pupils.\n")
    assert standing_sentences(document, statement_with(document, "harm")) == frozenset()


def test_a_limit_of_a_limit_takes_both_along() -> None:
    document = document_of("Colleges may close. Only if pay rises must this be done. Unless ministers object, that holds.")
    [statement] = document.statements
    held_back = replace(statement, own_voice=(True, True, False))
    assert standing_sentences(document, held_back) == frozenset()
    assert quotes(document, held_back, "pay") == []


@pytest.mark.parametrize(
    ("limit", "stands"), [("Unless pay rises, this must not be done.", False), ("However, we would not hurry.", True)]
)
def test_a_sentence_is_not_quoted_without_what_limits_it(limit: str, stands: bool) -> None:
    document = document_of(f"Colleges may close courses. {limit} Pupils come first.")
    [statement] = document.statements
    held_back = replace(statement, own_voice=(True, False, True))
    assert (0 in standing_sentences(document, held_back)) is stands
    assert 0 in standing_sentences(document, statement)


def test_all_that_may_be_quoted_of_a_statement_lies_in_runs() -> None:
    document = document_of(f"{GRADES} {FILLER} {OTHERS} This is wrong. {GRADES}")
    [statement] = document.statements
    assert [span.of(document.text) for span in standing_runs(document, statement)] == [f"{GRADES} {FILLER}", GRADES]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([OTHERS, GRADES, "This is wrong.", FILLER]), min_size=1, max_size=14))
def test_whatever_is_liked_best_nobody_elses_sentence_is_quoted(sentences: list[str]) -> None:
    document = document_of(" ".join(sentences))
    [statement] = document.statements
    assert not any(OTHERS in quote for quote in quotes(document, statement, "Ofsted") if statement.quotable)


def test_an_item_is_quoted_with_the_words_above_its_list_wherever_these_stand() -> None:
    text = f"Machines make mistakes. We call on the government to\n- publish a list of safe products\n- {FILLER}\n" + "\n".join(
        [f"- {FILLER}"] * 7
    )
    document = document_of(text)
    [quote, *_] = quotes(document, document.statements[0], "safe products")
    assert "We call on the government to\n- publish a list of safe products" in quote


@pytest.mark.parametrize("pointing", ["We welcome this.", "We do not agree with that.", "12. We agree.", "ASCL supports these."])
def test_what_says_nothing_without_the_sentence_before_brings_it_along(pointing: str) -> None:
    document, statement = long_paper("Every school should have a library.", pointing)
    assert f"Every school should have a library. {pointing}" in quotes(document, statement, pointing)[0]


@pytest.mark.parametrize("pointing", ["We welcome this.", "We support it."])
def test_nor_is_it_quoted_after_what_somebody_else_says(pointing: str) -> None:
    document = document_of(f"The Department for Education says that machines save time. {pointing} Early trials were small.")
    assert standing_sentences(document, document.statements[0]) <= {2}


@pytest.mark.parametrize("answer", ["No.", "12. No.", "10. Yes, in principle.", "11. We agree."])
def test_a_yes_or_no_is_never_quoted_without_its_question(answer: str) -> None:
    document = document_of(f"Question 3: Should students resit until they pass?\n\n{answer} Forced resits are demoralising.")
    [run] = standing_runs(document, document.statements[1])
    assert run.of(document.text) == "Forced resits are demoralising."


@pytest.mark.parametrize(
    ("text", "quotable"),
    [
        ("Heads lead. Commenting on the award, ASCL said:", "Heads lead."),
        ("Pay should rise.[1] Buildings should be safe.", "Pay should rise.[1] Buildings should be safe."),
    ],
)
def test_what_leads_in_words_that_are_not_quoted_is_left_out(text: str, quotable: str) -> None:
    document = document_of(text)
    assert [run.of(document.text) for run in standing_runs(document, document.statements[0])] == [quotable]


def test_a_footnote_mark_ends_a_sentence_as_its_stop_does() -> None:
    document = document_of("Absence has doubled since 2018/19.[1] The rise is steepest in poor areas.² Ministers must act.")
    assert len(document.statements[0].sentences) == 3


def test_a_speech_is_cut_within_its_quotation_marks() -> None:
    document, statement = long_paper("“Pay has fallen for years.", "Every school should have a library.")
    assert quotes(document, statement, "fallen")[0].startswith("Pay has fallen for years.")
