"""Who is introduced to speak: in quotation marks, below a colon, in a list, under a heading of somebody's."""

from __future__ import annotations

import pytest

from tests.support import document_of

# Each block is somebody else's by what stands before it: a speaker, a heading, a list's first line, a mark of quotation.
OTHERS_BLOCKS = (
    "The Education Secretary, Bridget Phillipson, said:\n\n“Every school must join a trust. Local authorities should go.”",
    "The Education Secretary said:\n\n“Every school must join a trust.”\n\n“And selection must return.”",
    "The Conservative manifesto contains two pledges:\n\n- Phones should be banned.\n- Laptops must be bought.",
    "Sir Michael Wilshaw: “Schools should be run by mavericks.”",
    "As the white paper puts it, schools must be part of a strong trust.",
    "Kemi Badenoch has been clear: schools must ban phones.",
    "Proposal 4: Heads must publish attendance data weekly.",
    "> Schools should be required to teach phonics first.",
)


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (
            "We believe three things:\n- Funding should rise.\n- The Department says that heads should go.\n- Pay should rise.",
            "TTFT",
        ),
        ("ASCL wants:\n- fair pay.\nThe Department says that pay is fair already.", "TTF"),
        ("- Heads should decide.\n- Ofsted says that grades help.", "TF"),
        ("Reform must pass two tests:\n- Will families believe in it?\n- It must be paid for.", "TFT"),
        ("The minister said: “Schools never had more. Pupils do better than ever. Heads must help.” We do not agree.", "FFFT"),
        ("What is ASCL’s view? It believes that exams should be fewer.", "FT"),
        ("“We have run out of road,” said Paul Gethin, general secretary of NAHT. “Schools must be funded properly.”", "FF"),
        ("Lord Farrant told the House: “Every trust should hold reserves. Trusts must not be banks.”", "FF"),
        ("“The government says that this is enough. We know that it is a cut.", "FT"),
        ("A DfE spokesperson, responding to ASCL, said: “Schools have never had more money.”", "F"),
        ("Responding to a question from ASCL, the Ofsted chief inspector said: “Grades must stay in every school.”", "F"),
        ("When he met our general secretary, the schools minister said: “Every school should become an academy.”", "F"),
        ("We were dismayed by the minister, who said: “Schools have enough. Heads must manage better.”", "TF"),
        ('Lord Farrant told the House: "Every trust should hold reserves. Trusts must not be banks."', "FF"),
        (
            "With us were schools minister Nick Gibb, ASCL president Ann Barton and others. "
            "Mr Gibb said that every school must convert.",
            "TF",
        ),
        ("12. The Department proposes to:\n- abolish grades\n- close small sixth forms", "FFF"),
        ("Tom Bright, general secretary of ASCL, said “Schools must be trusted by the inspectorate.”", "T"),
        (
            "Commenting on Ofsted’s report, Tom Bright, deputy general secretary of the Association of School and College "
            "Leaders, said: “Schools must be trusted.” Mr Bright told the BBC that funding must rise.",
            "TT",
        ),
    ],
)
def test_each_item_of_a_list_and_each_sentence_of_a_quotation_is_heard(body: str, own: str) -> None:
    [statement] = document_of(body).statements
    assert statement.own_voice == tuple(mark == "T" for mark in own)


@pytest.mark.parametrize("body", OTHERS_BLOCKS)
def test_what_somebody_else_is_introduced_to_say_is_not_ascl_s(body: str) -> None:
    assert not any(statement.quotable for statement in document_of(f"## News\n\n{body}\n").statements)


def test_numbered_paragraphs_are_statements_of_their_own_and_may_lead_in_a_list() -> None:
    text = "1. Heads should decide.\n\n2. We ask ministers to:\n\n- pay more\n\n- ask less\n\n3. Ofsted says that grades help.\n"
    assert [one.text[:2] for one in document_of(text).statements] == ["1.", "2.", "3."]
    assert [one.quotable for one in document_of(text).statements] == [True, True, False]


def test_speech_that_is_not_closed_goes_on_in_the_next_paragraph() -> None:
    text = "The minister said: “Schools have enough money.\n\n“Every school should join a trust. Heads must manage better.”\n"
    assert not any(one.quotable for one in document_of(text).statements)


@pytest.mark.parametrize("heading", ["The argument for fair funding", "What the evidence says", "What every child wants"])
def test_a_heading_of_ascls_own_hides_nothing(heading: str) -> None:
    [own] = document_of(f"## {heading}\n\nEvery school must have enough money.\n").statements
    assert own.quotable


@pytest.mark.parametrize(
    "heading", ["What the government proposes", "Government proposals", "The DfE's plans", "Proposals from Ofsted"]
)
def test_under_a_heading_of_somebody_else_s_only_ascl_s_plain_word_is_its_own(heading: str) -> None:
    body = "Grammar schools should be opened in every town.\n\nWe believe that selection harms children."
    theirs, own = document_of(f"## {heading}\n\n{body}\n").statements
    assert (theirs.quotable, own.quotable) == (False, True)


@pytest.mark.parametrize(
    "body",
    [
        "ASCL’s asks of the government are:\n\n- Fund devices properly.",
        "What the government should do now:\n\nSchools must be funded properly.",
        "Recommendation 3: The DfE should fund schools.",
        "The Education Secretary said:\n\n“Trusts must grow.”\n\nSchools should be free to choose.",
    ],
)
def test_what_follows_ascl_s_own_words_is_its_own(body: str) -> None:
    assert document_of(f"## Our response\n\n{body}\n").statements[-1].quotable
