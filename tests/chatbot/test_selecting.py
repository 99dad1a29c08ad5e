"""Which statements are quoted, in which order, and with which warnings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chatbot import messages
from chatbot.answer import AnswerStatus
from chatbot.answering import Recipe
from chatbot.signals import NAMES
from chatbot.understanding import Understood
from tests.chatbot.answer_support import quoted, recipe_over
from tests.support import write_document, write_glossary

OLD_MEALS = "ASCL believes that free school meals should be given to every pupil in primary schools."
OLD_GRADES = "ASCL believes that inspection grades should be kept, with a fuller report."
GRADES = "ASCL believes that single-word inspection grades should be abolished."
TRUST = "Key to a good system is a culture of trust and respect between politicians and the profession of teaching."
BOLD = "School leaders must be bold about music and the arts in their curriculum."
EASIER = "This would be made easier if music teachers were funded by the government."
DEMAND = "Attendance officers should be paid for by the government, provided that schools keep control of their work."


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    folder = tmp_path_factory.mktemp("selecting")
    write_document(folder, "meals", f"## Meals\n\n{OLD_MEALS}\n", status="superseded", published="2016")
    write_document(folder, "grades-old", f"## Grades\n\n{OLD_GRADES}\n", status="superseded", published="2012")
    write_document(folder, "grades", f"## Grades\n\n{GRADES}\n", published="2024-03-18")
    write_document(folder, "arts", f"## Arts\n\n{BOLD}\n\n{EASIER}\n\nASCL policy paper: Arts\n", published=None)
    write_document(folder, "attendance", f"## Attendance\n\n{DEMAND}\n")
    for name in ("first", "second"):
        write_document(folder, name, f"## Respect\n\n{TRUST}\n")
    return recipe_over(folder)


def test_what_the_glossary_calls_otherwise_is_found_under_the_name_that_statements_say(tmp_path: Path) -> None:
    write_document(tmp_path, "conduct", "## Conduct\n\nPermanent exclusion must be rare.\n\nHomework must be short.\n")
    write_glossary(tmp_path, {"term": "zork", "kind": "everyday", "same": ["permanent exclusion"]})
    asked = Understood("zork", "zork", ("zork",), (), ("permanent exclusion",))
    searcher = recipe_over(tmp_path).searcher
    named, bare = searcher.search(asked), searcher.search(replace(asked, names=()))
    passages = [one.rows[:, NAMES.index("passage")].max() for one in (named, bare)]
    assert named.statements[0].text == "Permanent exclusion must be rare."
    assert passages[0] > passages[1] + 0.1


def test_a_superseded_statement_is_quoted_only_where_no_current_one_answers_and_says_so(recipe: Recipe) -> None:
    answer = recipe.answer("What does ASCL think about free school meals in primary schools?")
    assert quoted(answer) == OLD_MEALS
    assert answer.message == messages.ANSWERED_SUPERSEDED
    assert messages.SUPERSEDED in answer.notices
    assert [citation.status for citation in answer.citations] == ["superseded"]


def test_beside_a_superseded_answer_what_is_left_open_is_said_too(recipe: Recipe) -> None:
    answer = recipe.answer("What about free school meals in primary schools? And what should be done about volcanoes?")
    assert answer.message == f"{messages.ANSWERED_SUPERSEDED} {messages.REST}"
    asked = "What about free school meals? What about primary school meals? What about free meals at school? And volcanoes?"
    answer = recipe.answer(asked)
    assert answer.message == f"{messages.ANSWERED_SUPERSEDED} {messages.ASK_AGAIN}"


def test_a_current_statement_stands_instead_of_the_one_it_replaced(recipe: Recipe) -> None:
    answer = recipe.answer("What does ASCL think about inspection grades?")
    assert GRADES in quoted(answer)
    assert OLD_GRADES not in quoted(answer)
    assert messages.SUPERSEDED not in answer.notices


def test_a_dated_page_carries_no_notice_that_it_is_undated(recipe: Recipe) -> None:
    answer = recipe.answer("What does ASCL think about single-word inspection grades?")
    assert answer.citations[0].published == "2024-03-18"
    assert answer.notices == ()


def test_an_undated_page_says_that_it_is(recipe: Recipe) -> None:
    answer = recipe.answer("What does ASCL think about music and the arts?")
    assert messages.UNDATED in answer.notices


def test_a_statement_that_leans_brings_the_one_before(recipe: Recipe) -> None:
    answer = recipe.answer("Should music teachers be funded by the government?")
    assert EASIER in quoted(answer)
    assert BOLD in quoted(answer)


def test_a_demand_is_quoted_with_its_condition(recipe: Recipe) -> None:
    answer = recipe.answer("Should the government pay for attendance officers?")
    assert quoted(answer) == DEMAND


def test_what_is_said_in_the_same_words_twice_is_quoted_once(recipe: Recipe) -> None:
    answer = recipe.answer("What does ASCL think about trust and respect between politicians and the profession of teaching?")
    assert quoted(answer) == TRUST


def test_the_paper_named_below_a_quoted_section_is_named_beside_the_answer(recipe: Recipe) -> None:
    assert recipe.answer("What does ASCL think about music and the arts?").see_also == ("ASCL policy paper: Arts",)


def test_the_limit_on_quotes_is_kept_and_the_best_statement_leads(tmp_path: Path) -> None:
    said = [f"ASCL believes that homework in {subject} should be set by the school." for subject in ("history", "French", "art")]
    write_document(tmp_path, "homework", "## Homework\n\n" + "\n\n".join(said))
    for limit in (1, 2):
        answer = recipe_over(tmp_path, quote_limit=limit).answer("What does ASCL think about homework in French?")
        assert answer.status is AnswerStatus.ANSWERED
        assert 1 <= len(answer.citations) <= limit
        assert answer.quotes[0].text == said[1]


def test_a_leaning_statement_keeps_the_one_it_leans_on_even_at_the_limit(tmp_path: Path) -> None:
    """Law 6 stands above the limit: better no quote than one that cannot be understood."""
    write_document(tmp_path, "arts", f"## Arts\n\n{BOLD}\n\n{EASIER}\n")
    answer = recipe_over(tmp_path, quote_limit=1).answer("Should music teachers be funded by the government?")
    assert EASIER not in quoted(answer) or BOLD in quoted(answer)


def test_a_path_prefix_stands_in_front_of_every_permalink(tmp_path: Path) -> None:
    write_document(tmp_path, "attendance", f"## Attendance\n\n{DEMAND}\n")
    write_document(tmp_path, "arts", f"## Arts\n\n{BOLD}\n")
    [citation] = recipe_over(tmp_path, path_prefix="/assistant").answer("attendance officers").citations
    assert citation.permalink == f"/assistant/statements/{citation.statement}"
