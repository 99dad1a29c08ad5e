"""Blocks and sections: what is a statement, what only points elsewhere, and where each of them belongs."""

from __future__ import annotations

import pytest

from tests.support import document_of, statement_with

POINTERS = {
    "ASCL policy paper: Inspection": "Inspection",
    "- ASCL policy paper: Education Funding": "Education Funding",
    "See also our guidance paper: Off-rolling": "Off-rolling",
    "Read ASCL’s publication Leading the Way: A blueprint for a self-improving system": "Leading the Way: A blueprint for a "
    "self-improving system",
    "Download the full report: Pay in 2024": "Pay in 2024",
}
STATEMENTS = [
    "Papers: we publish too many of them.",
    "Our policy paper: Inspection says that inspectors should not grade lessons.",
    "Schools report: more pupils than ever arrive hungry.",
    "Read widely and often, for children copy what adults do.",
    "The full report on pay makes sorry reading. Ministers should act on it.",
]


@pytest.mark.parametrize("line", POINTERS)
def test_a_line_that_only_names_a_paper_is_a_pointer(line: str) -> None:
    document = document_of(line)
    assert document.statements == ()
    assert [(pointer.text, pointer.paper) for pointer in document.pointers] == [(line, POINTERS[line])]


@pytest.mark.parametrize("line", STATEMENTS)
def test_a_line_that_says_something_is_a_statement(line: str) -> None:
    document = document_of(line)
    assert document.pointers == ()
    assert [statement.text for statement in document.statements] == [line]


def test_text_before_the_first_heading_belongs_to_the_title() -> None:
    document = document_of("Heads lead.\n\n## Pay\n\nPay should rise.", title="Our view")
    assert [(one.section.name, one.section.inferred) for one in document.statements] == [("Our view", False), ("Pay", False)]


def test_a_heading_below_another_is_read_with_it() -> None:
    text = "# Funding\n\nFund schools.\n\n## Post-16\n\nFund colleges.\n\n## SEND\n\nFund support.\n\n# Pay\n\nPay heads."
    assert [statement.section.name for statement in document_of(text).statements] == [
        "Funding",
        "Funding › Post-16",
        "Funding › SEND",
        "Pay",
    ]


def test_text_below_a_sections_papers_takes_the_name_of_its_own_paper_and_says_so() -> None:
    text = "## Inspection\n\nGrades should go.\n\nASCL policy paper: Inspection\n\n\nLearn music.\n\nASCL policy paper: The Arts"
    document = document_of(text)
    music = statement_with(document, "music").section
    assert (music.name, music.inferred) == ("The Arts", True)
    assert [pointer.section.name for pointer in document.pointers] == ["Inspection", "The Arts"]


def test_text_set_off_below_a_sections_papers_without_a_paper_of_its_own_falls_back_to_the_title() -> None:
    text = "## Inspection\n\nGrades should go.\n\nASCL policy paper: Inspection\n\n\nLearn music."
    section = statement_with(document_of(text, title="Our view"), "music").section
    assert (section.name, section.inferred) == ("Our view", True)


def test_text_right_below_a_paper_goes_on_with_the_section() -> None:
    text = "## Inspection\n\nGrades should go.\n\nASCL policy paper: Inspection\n\nInspectors should talk to pupils."
    section = statement_with(document_of(text), "pupils").section
    assert (section.name, section.inferred) == ("Inspection", False)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_lead_in_and_its_list_are_one_statement(gap: str) -> None:
    text = f"Ministers should:\n\n- publish an estimate{gap}- drop a task{gap}- give notice\n\nSchools would then cope."
    assert [statement.text[:16] for statement in document_of(text).statements] == ["Ministers should", "Schools would th"]


def test_a_paragraph_wrapped_over_lines_is_one_statement() -> None:
    assert len(document_of("Schools should be\nfunded fairly and\nfor years ahead.").statements) == 1


def test_the_same_words_twice_in_one_section_have_two_ids() -> None:
    first, second, other = document_of("Trust us.\n\nTrust us.\n\n## Pay\n\nTrust us.").statements
    assert second.id == f"{first.id}-2"
    assert other.id.split("/")[1:] == ["pay", first.id.split("/")[2]]


def test_a_statement_keeps_its_id_when_its_neighbours_are_reordered() -> None:
    there = document_of("## Pay\n\nPay heads.\n\nPay teachers.")
    back = document_of("## Pay\n\nPay teachers.\n\nPay heads.")
    assert [one.id for one in there.statements] == [one.id for one in reversed(back.statements)]


@pytest.mark.parametrize(
    "text",
    [
        "We call on the government to\n\n- fund devices\n- publish a list of safe products",
        "The following should be exempt from any ban\n- young carers\n- pupils with diabetes",
    ],
)
def test_a_list_belongs_to_the_words_above_it_though_no_colon_leads_it_in(text: str) -> None:
    document = document_of(text)
    assert [statement.text for statement in document.statements] == [text]
    assert all(document.statements[0].own_voice)


def test_a_short_line_above_a_list_may_be_a_heading_and_stays_by_itself() -> None:
    document = document_of("Our priorities\n\n- Pay should rise.\n- Buildings should be safe.")
    assert [statement.text for statement in document.statements][1:] == ["- Pay should rise.\n- Buildings should be safe."]


@pytest.mark.parametrize(
    "heading", ["##Lockable pouches", "Lockable pouches\n-------", "Lockable pouches\n===", "## Lockable pouches"]
)
def test_headings_are_known_in_every_way_that_markdown_writes_them(heading: str) -> None:
    document = document_of(f"{heading}\n\nPouches are not worth their price.")
    assert [(one.section.name, one.text) for one in document.statements] == [
        ("Lockable pouches", "Pouches are not worth their price.")
    ]


@pytest.mark.parametrize("line", ["#FairFunding is what we ask for.", "Pay should rise.\n---"])
def test_what_only_looks_like_a_heading_is_none(line: str) -> None:
    assert document_of(line).headings == ()
