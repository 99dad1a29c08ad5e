"""The first document, "What we stand for": the facts that have caught naive builds."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest

from corpus.models import Document, Kind, Role, Status
from corpus.parsing import parse_document
from tests.support import FIRST_DOCUMENT, statement_with

SOURCE_DIGEST = "726679bf505135d37653eca7653e3591ae9c3ab629288b83678a36fc13f1e425"


@pytest.fixture(scope="module")
def page() -> Document:
    return parse_document(FIRST_DOCUMENT)


def test_its_words_are_exactly_those_of_the_source(page: Document) -> None:
    source = f"{page.title}\n\n{page.text.replace('## ', '')}"
    assert hashlib.sha256(source.encode("utf-8")).hexdigest() == SOURCE_DIGEST
    assert page.source_digest == f"sha256:{SOURCE_DIGEST}"


def test_it_says_where_it_is_from_and_that_nobody_knows_when(page: Document) -> None:
    assert page.title == "What we stand for"
    assert page.url == "https://www.ascl.org.uk/about-us/what-we-stand-for.html"
    assert (page.kind, page.status) == (Kind.POSITION_PAGE, Status.CURRENT)
    assert page.published is None and page.retrieved is None


def test_29_statements_in_seven_sections(page: Document) -> None:
    assert Counter(statement.section.name for statement in page.statements) == {
        "What we stand for": 3,
        "Positive messages about education": 3,
        "More strategic role for government": 5,
        "Fair funding": 4,
        "Inspection reform": 5,
        "Curriculum and Assessment": 6,
        "Teacher professionalism": 3,
    }


def test_the_untitled_curriculum_section_takes_the_name_of_its_paper_and_says_so(page: Document) -> None:
    curriculum = [section for section in page.sections if section.inferred]
    assert [section.path for section in curriculum] == [("Curriculum and Assessment",)]
    here = [statement.text for statement in page.statements if statement.section == curriculum[0]]
    assert here[0].startswith("Education should be for the common good; every child")
    assert here[-1].startswith("Further vocational qualification reform is needed")


def test_inspection_reform_ends_before_the_curriculum(page: Document) -> None:
    here = [statement.text for statement in page.statements if statement.section.name == "Inspection reform"]
    assert here[0] == "Inspection should be part of a slim, stable and smart accountability framework."
    assert here[-1].startswith("It is not appropriate for inspectors")
    assert not any("curriculum" in text.lower() for text in here)


def test_the_three_no_break_spaces_are_kept(page: Document) -> None:
    assert page.text.count("\u00a0") == 3
    assert statement_with(page, "ASCL believes").text.startswith("ASCL believes that the\u00a0key to making our schools")
    assert "young people achieve.\u00a0\n" in page.text
    assert not page.text.endswith("\n")


def test_papers_are_pointed_at_and_are_no_statements(page: Document) -> None:
    assert [pointer.text for pointer in page.pointers] == [
        "ASCL policy paper: Accountability Measures",
        "ASCL policy paper: Education Funding",
        "ASCL policy paper: Inspection",
        "ASCL policy paper: Curriculum and Assessment",
        "Read ASCL’s publication Leading the Way: A blueprint for a self-improving system",
        "ASCL policy paper: Teacher Supply and Initial Teacher Education",
        "ASCL policy paper: Managing and Reducing Workload",
        "ASCL policy paper: Continuous Professional Development and Learning",
    ]
    assert not any("policy paper" in statement.text for statement in page.statements)


def test_the_sentence_that_names_the_blueprint_within_a_statement_is_no_pointer(page: Document) -> None:
    vision = statement_with(page, "Leading the Way: A Blueprint")
    assert vision.text.endswith("we are working to achieve the following:")
    assert vision.section.path == ("What we stand for",)


def test_every_word_of_it_is_in_ascls_own_voice(page: Document) -> None:
    assert all(all(statement.own_voice) for statement in page.statements)
    reasons = [statement.text[:40] for statement in page.statements if statement.role is Role.REASON]
    assert {statement.role for statement in page.statements} == {Role.POSITION, Role.REASON}
    assert reasons == ["A five-year budget freeze (flat cash set", "Accountability measures put in place by "]


def test_both_orders_of_slim_smart_and_stable_stand_where_they_were_printed(page: Document) -> None:
    assert statement_with(page, "slim, smart and stable").section.name == "More strategic role for government"
    assert statement_with(page, "slim, stable and smart").section.name == "Inspection reform"


def test_the_trust_and_respect_sentence_stands_twice_and_each_has_its_own_id(page: Document) -> None:
    twice = [statement for statement in page.statements if "a culture of trust and respect" in statement.text]
    assert len(twice) == 2 == len({statement.id for statement in twice})
