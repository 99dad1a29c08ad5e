"""Whose voice: what others say is never taken for ASCL's own, and what ASCL asks of others always is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.models import Role
from corpus.parsing import parse_document
from tests.support import ROOT, document_of, write_document

INVENTED = ROOT / "chatbot" / "evaluation" / "documents"

REPORTED = [
    "ASCL has been told by ministers that every school must join a trust.",
    "We have just been told by the DfE that all schools must convert.",
    "Our members were told by Ofsted that grades should stay.",
    "ASCL members heard the minister say that national tests must go.",
    "ASCL notes that the Department argues that pay should be frozen.",
    "ASCL asked ministers, who said that schools must convert.",
    "The Department for Education has announced a review of school funding.",
    "The government believes that every school should be an academy by 2030.",
    "Last year the DfE proposed a cap on the number of branded items of uniform.",
    "According to Ofsted, one school in ten is not yet good.",
    "Ofsted argues that graded judgements help parents to choose a school.",
    "The chief inspector has said that behaviour is getting worse.",
    "The Labour Party promised 6,500 new teachers.",
    "In its manifesto the Conservative Party committed to more free schools.",
    "The NEU and other unions have called for an end to primary testing.",
    "NASUWT wants a 20 per cent reduction in class sizes.",
    "The Education Select Committee recommended that the exam boards merge.",
    "The Sutton Trust has found that private tuition is on the rise.",
    "It is often said that teachers have long holidays.",
    "Some commentators argue that inspection drives up standards.",
    "Inspectors will look at off-rolling, according to the inspectorate.",
    "Ministers intend to publish league tables of colleges.",
    "The Children’s Commissioner has recommended a register of children who are not in school.",
    "We are told that teachers should be paid by results.",
    "Our members have been told that grades should stay.",
    "Many people think that schools should be open all year.",
    "Business leaders argue that GCSEs should be scrapped.",
    "Council leaders say that every school should share its sports hall.",
    "The US Secretary of Education believes that charter schools should grow.",
    "One charity has called upon every school to appoint a governor for culture.",
    "Ofsted has observed that music lessons are short, and has blamed weak leadership.",
    "Another teaching union has called the reshuffle a distraction and has demanded an immediate election.",
    "The minister replied that schools have enough money.",
]

OWN = [
    "The government should publish a five-year plan for the teaching workforce.",
    "Ministers must provide sustainable funding for every school and college.",
    "The Department for Education needs to give schools more time to prepare for change.",
    "Ofsted should inspect groups of schools in trusts and federations.",
    "The inspectorate should have the power to inspect multi-academy trusts.",
    "We call on the Department for Education to publish the evidence.",
    "ASCL urges the government to announce the teachers’ pay award before Easter.",
    "ASCL believes that the government has failed to plan for the future.",
    "In our view ministers have asked too much of schools.",
    "Politicians should recognise what schools and colleges have achieved.",
    "The government’s role should concentrate on four areas.",
    "Schools are more effective than they have ever been.",
    "We welcome the review that the Department for Education has announced.",
    "Local authorities should keep a register of children missing education.",
    "Most heads say that the paperwork has doubled since the reform.",
    "We share the inspectorate’s view that children come first.",
    "Money should be allocated according to need.",
    "A leader who meets with racism is entitled to the full backing of the employer.",
]


def voices(text: str) -> tuple[bool, ...]:
    [statement] = document_of(text).statements
    return statement.own_voice


@pytest.mark.parametrize("sentence", REPORTED)
def test_a_report_of_what_others_say_is_never_ascls_own_voice(sentence: str) -> None:
    [statement] = document_of(sentence).statements
    assert statement.role is Role.CONTEXT
    assert not statement.quotable


@pytest.mark.parametrize("sentence", OWN)
def test_what_ascl_says_and_asks_of_others_is_its_own_voice(sentence: str) -> None:
    [statement] = document_of(sentence).statements
    assert statement.own_voice == (True,)
    assert statement.quotable


def test_a_question_that_is_answered_is_not_a_position() -> None:
    assert not any(voices("Q1. Do you agree that the phonics check should end?"))
    assert voices("Should the phonics check end? We believe that it should not.") == (False, True)


def test_the_sentence_that_goes_on_with_a_report_is_part_of_it() -> None:
    text = "The government has proposed a new levy. It also intends to merge the two funds. We oppose both ideas."
    assert voices(text) == (False, False, True)


def test_what_somebody_else_is_quoted_as_saying_is_theirs() -> None:
    text = "The minister said: “Every school should open for ten hours a day, all year round.” We disagree."
    assert voices(text) == (False, True)


def test_speech_set_off_in_quotation_marks_before_its_speaker_is_theirs() -> None:
    text = "“No school should ever be without a qualified nurse on site,” said the education secretary. ASCL supports this."
    assert voices(text) == (False, True)


def test_ascls_own_general_secretary_is_ascls_own_voice() -> None:
    text = "ASCL’s general secretary said: “Schools must have the money they need to do what is asked of them.”"
    assert voices(text) == (True,)


def test_the_items_of_somebody_elses_list_are_somebody_elses() -> None:
    text = (
        "The Department for Education has proposed that every school should:\n\n"
        "- publish its absence figures each half-term\n- appoint an attendance champion. They would report to governors\n"
    )
    [statement] = document_of(text).statements
    assert statement.role is Role.CONTEXT


def test_the_items_of_ascls_own_list_are_ascls_own() -> None:
    text = "Before any new duty is placed on schools, ministers should:\n\n- publish an estimate\n- give a year’s notice"
    assert voices(text) == (True, True, True)


def test_a_paper_that_somebody_else_published_is_quoted_nowhere() -> None:
    document = document_of("Schools should be open all year round.", publisher="Department for Education")
    assert [statement.role for statement in document.statements] == [Role.CONTEXT]


def test_front_matter_can_overrule_the_rules_in_both_directions() -> None:
    text = "In the view of the members of the Council, heads decide well.\n\nHeads should decide."
    wrong = document_of(text)
    assert [one.quotable for one in wrong.statements] == [False, True]
    roles = {
        wrong.statements[0].id.removeprefix("paper/"): "reason",
        wrong.statements[1].id.removeprefix("paper/"): "context",
    }
    assert [one.role for one in document_of(text, roles=roles).statements] == [Role.REASON, Role.CONTEXT]


@pytest.mark.parametrize(
    ("identifier", "others"),
    [
        (
            "attendance-behaviour-and-exclusions",
            [
                "The Department for Education has proposed that every school should publish",
                "According to Ofsted, low-level disruption",
                "The NEU argues that no child under the age of eight",
                "The Children’s Commissioner has recommended that any suspension",
            ],
        ),
        (
            "pay-workload-and-retention",
            [
                "The government has proposed a starting salary",
                "The NEU argues that all teachers should be given the same",
                "According to Ofsted, its inspectors no longer ask",
                "The Department for Education has announced an advertising campaign",
            ],
        ),
        (
            "send-and-mental-health",
            [
                "The Department for Education has proposed a national system of bands",
                "UNISON argues that teaching assistants should never",
                "According to Ofsted, many schools have taken on more pastoral staff",
                "The Department for Education has suggested that every school should appoint",
            ],
        ),
        (
            "technology-ai-and-online-safety",
            [
                "The Department for Education has proposed that schools which allow phones",
                "The NASUWT argues that teachers should have a legal right",
                "According to Ofsted, its inspectors will look at artificial intelligence",
                "The Education Secretary has said that all GCSE examinations",
            ],
        ),
    ],
)
def test_in_each_invented_paper_exactly_the_others_views_are_context(identifier: str, others: list[str]) -> None:
    document = parse_document(INVENTED / f"{identifier}.md")
    context = [statement.text for statement in document.statements if statement.role is Role.CONTEXT]
    assert [text[: len(beginning)] for text, beginning in zip(context, others, strict=False)] == others
    assert len(context) == len(others)


@pytest.mark.parametrize(
    "sentence",
    [
        "At our annual conference the Secretary of State said that homework should be banned.",
        "Every school should become an academy, the minister told ASCL.",
        "According to the Secretary of State, our schools are failing.",
        "The Department’s view is that larger trusts are more resilient.",
        "Under the government’s plans, every school will join a trust.",
    ],
)
def test_that_ascl_is_named_in_it_makes_a_report_nobody_elses(sentence: str) -> None:
    [statement] = document_of(sentence).statements
    assert not statement.quotable


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Funding must follow the pupil. So says the government.", (False, False)),
        ("Schools should be free to set pay. That is the view of the Department for Education.", (False, False)),
        ("Tests should go. That, at least, is what the NEU argues. We disagree.", (False, False, True)),
        ("Every school should have a library. This is the Labour Party's policy.", (False, False)),
        ("We believe pay should rise. Schools need more teachers. That is also the government's position.", (True, False, False)),
        ("Every school should have a library. This is our policy.", (True, True)),
        ("Every child should read. That is the aim of the curriculum.", (True, True)),
    ],
)
def test_what_the_next_sentence_gives_to_somebody_else_is_theirs(text: str, own: tuple[bool, ...]) -> None:
    [statement] = document_of(f"## Heading\n\n{text}\n").statements
    assert statement.own_voice == own


# Each of these kept the rules searching for minutes, through every way to share a few words among repeats within repeats.
ENDLESS = (
    "The regulator’s consultation on the conduct of examinations in England ran for ten weeks from January.",
    "The government in Wales, in England and in Scotland of the day in the house at the end of the road in the town.",
    "The committee of the people of the council of the county of the kingdom of the north of the west of the isles.",
    "The Review of Schools in England for Children at Risk in Care of the State at Home in Winter was long.",
)


@pytest.mark.parametrize("sentence", ENDLESS)
def test_a_plain_sentence_is_read_in_a_moment(sentence: str, tmp_path: Path) -> None:
    path = write_document(tmp_path, "paper", f"## Part\n\n{sentence}\n")
    reading = f"from pathlib import Path; from corpus.parsing import parse_document; parse_document(Path({str(path)!r}))"
    # In a process of its own: nothing else can end a search that does not end.
    assert subprocess.run([sys.executable, "-c", reading], cwd=ROOT, timeout=60, check=False).returncode == 0


@pytest.mark.parametrize(
    "around",
    [
        "| Who | What |\n|---|---|\n| Government | Fund devices |",
        "[1] DfE, Pupil absence in schools in England, March 2024.",
        "© ASCL 2024 | Privacy policy | Cookies",
        "Contact our policy team at policy@example.org.",
        "For further information contact the press office on 0116 000 0000.",
        "Margaret Holloway",
        "Post-16 and Skills Specialist",
        "14 July 2023",
        "Thursday 6 February 2025.",
        "Footnotes\n1. Teacher Tapp survey, February 2024.",
    ],
)
def test_what_stands_around_a_text_is_no_statement_of_anybodys(around: str) -> None:
    document = document_of(f"Pay should rise by a tenth.\n\n{around}")
    assert [statement.quotable for statement in document.statements] == [True, False]


@pytest.mark.parametrize("part", ["Notes", "Notes to editors", "References", "Footnotes"])
def test_notes_below_a_text_are_not_quoted(part: str) -> None:
    document = document_of(f"Pay should rise by a tenth.\n\n## {part}\n\nThe review body reports every spring.")
    assert [statement.quotable for statement in document.statements] == [True, False]


def test_somebody_who_speaks_for_the_association_is_heard_though_named_by_surname() -> None:
    document = document_of(
        "Helen Marsh, General Secretary of the Association of School and College Leaders, welcomed the award.\n\n"
        'Ms Marsh added: "Pay has fallen by a fifth in real terms since 2010."'
    )
    assert all(document.statements[1].own_voice)


@pytest.mark.parametrize(
    "words",
    [
        "Our critics say that heads should be paid less.",
        "Our opponents argue that schools should select by ability.",
        "Our education secretary says that Ofsted must be tougher.",
        "Our regulator, Ofqual, says that exams should be digital.",
        "Ofsted say we should close small schools.",
        '"We should close small schools," ministers tell us.',
        "We reproduce the minister's words: schools should be run for profit.",
        "Members of the far right say our schools should exclude migrants.",
        "> Schools must be inspected. We believe that heads should be dismissed.",
    ],
)
def test_others_are_heard_where_the_words_open_as_ascls_own(words: str) -> None:
    assert not any(document_of(words).statements[0].own_voice)


@pytest.mark.parametrize("words", ["Our members say that pay should rise.", "Our view is that inspectors should listen."])
def test_ascl_and_its_members_are_not_others(words: str) -> None:
    assert all(document_of(words).statements[0].own_voice)
