"""The frame of a question is taken off, and what is asked for is kept."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.framing import without_association, without_frame

FRAMED = [
    ("what does ASCL think about Ofsted?", "Ofsted?"),
    ("What is ASCL's position on school funding?", "school funding?"),
    ("ASCL's view on inspection", "inspection"),
    ("where does ASCL stand on performance tables?", "performance tables?"),
    ("Does ASCL support a College of Teaching?", "a College of Teaching?"),
    ("does the union have a policy on workload", "workload"),
    ("Is ASCL in favour of grammar schools?", "grammar schools?"),
    ("Hi, could you please tell me what ASCL says about sixth form funding", "sixth form funding"),
    ("Good morning. I would like to know what the Association of School and College Leaders thinks of vocational qualifications", "vocational qualifications"),  # fmt: skip  # noqa: E501
    ("what’s your view on the curriculum?", "the curriculum?"),
    ("according to ASCL, who should set the curriculum", "who should set the curriculum"),
    ("who should set the curriculum according to ASCL?", "who should set the curriculum"),
    ("inspection, please", "inspection"),
    ("what about funding?", "funding?"),
    ("is ascl for or against league tables", "league tables"),
    ("Are you in favour of or opposed to grammar schools?", "grammar schools?"),
    ("What should happen to school buildings that are falling apart?", "school buildings that are falling apart?"),
    ("what must be done about teacher shortages", "teacher shortages"),
    ("Journalist here, deadline 5pm: what is your line on Ofsted?", "Ofsted?"),
    ("Reporter on deadline: does ASCL support league tables?", "league tables?"),
    ("A councillor wants our exact wording on rural schools", "rural schools"),
    ("A journalist is after your published position on whether tests should go", "tests should go"),
    ("One of our parents emailed asking whether you support grammar schools", "grammar schools"),
    ("A member rang asking our line on workload", "workload"),
    ("One of our governors has emailed to ask about sixth form funding", "sixth form funding"),
    ("Can you give me a quote on accountability for a news story?", "accountability"),
    ("Could I have a short comment from ASCL about exams for a radio programme I'm working on", "exams"),
    ("A parent wants to know whether inspectors should judge behaviour", "whether inspectors should judge behaviour"),
    ("Request for comment: flat cash settlement", "flat cash settlement"),
    ("FOI request: what did ASCL say on funding?", "funding?"),
    ("I've got the BBC on the line about funding", "funding"),
    ("A mum is on the phone asking what we think about sixth form cuts", "sixth form cuts"),
    ("Post-16 funding. Kind regards, Jo", "Post-16 funding"),
    ("Parent here, what about sixth-form funding?", "sixth-form funding?"),
    ("Parent here, should part-time timetables be banned?", "should part-time timetables be banned?"),
    ("Governor here, is off-rolling legal?", "is off-rolling legal?"),
    ("Deadline at four: has ASCL said anything about phones?", "phones?"),
    ("One line on exams, please", "exams"),
    ("In one sentence, what's ASCL's view on Ofsted?", "Ofsted?"),
    ("What is ASCL's policy on exams, in a nutshell?", "exams"),
    ("Need your exact line on pay", "pay"),
    ("I need ASCL's line on pay by 5pm", "pay"),
    ("On deadline – need a line on pay please, by 5", "pay"),
    ("teacher supply by Friday please", "teacher supply"),
    ("As an NAHT member, I'd like ASCL's view on pay", "pay"),
    ("Give me five bullet points on pay", "pay"),
    ("What does ASCL say about RE in primary schools?", "RE in primary schools"),
    ("RE: pay", "pay"),
    ("What would ASCL have government do", "What would ASCL have government do"),
    ("pay by 2030", "pay by 2030"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "subject"), FRAMED)
def test_the_frame_goes_and_the_subject_stays(question: str, subject: str) -> None:
    assert without_frame(question).rstrip("?") == subject.rstrip("?")


@pytest.mark.parametrize(
    "question",
    [
        "who should decide the curriculum",
        "deadlines for exam entries",
        "should a school be judged in one word",
        "should pupils stand in a line",
        "may pupils use a chatbot for an essay",
        "schools in need of help",
        "should inspectors judge behaviour?",
        "the role of government",
        "sixth form funding",
        "what happens to schools without a head",
        "a parent governor on every board",
        "school reports in a local newspaper",
        "what could schools do for a head who is ill",
    ],
)
def test_a_question_without_a_frame_is_left_alone(question: str) -> None:
    assert without_frame(question) == question


@pytest.mark.parametrize("question", ["What does ASCL think?", "hello", "ASCL", "please", "what about", "Tell me about ASCL"])
def test_where_nothing_would_be_left_words_are_kept(question: str) -> None:
    assert any(character.isalnum() for character in without_frame(question))


def test_two_ways_of_asking_leave_the_same_subject() -> None:
    assert without_frame("What does ASCL think about Ofsted?") == without_frame("And what is ASCL's stance on Ofsted?")


def test_curly_and_straight_apostrophes_are_the_same() -> None:
    assert without_frame("what’s ASCL’s view on funding?") == without_frame("what's ASCL's view on funding?")


def test_a_statement_loses_the_associations_name_for_encoding_only() -> None:
    said = "ASCL believes that inspection should focus on outcomes. ASCL’s vision is set out elsewhere."
    assert without_association(said) == "inspection should focus on outcomes. vision is set out elsewhere."


@given(st.text(max_size=400))
def test_any_text_ends_as_no_more_than_it_was(text: str) -> None:
    subject = without_frame(text)
    assert len(subject) <= len(text) + text.count("…") * 2
    assert any(character.isalnum() for character in subject) or not any(character.isalnum() for character in text)


# The rules' own words are what could make a rule try everything: thousands of them in a row, in any mixture.
RULE_WORDS = [
    "what", "does", "ascl", "think", "about", "on", "the", "of", "to", "please", "and", "so", "thanks", "tell me", "i", "would",
    "like", "know", "is", "it", "true", "that", "their", "view", "policy", "in favour of", "for", "hi", "there", "can you",
    "'s", ",", "according to", "best wishes", "position", "have", "a", "your", "current", "whether", "you", "?",
]  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.sampled_from(RULE_WORDS), min_size=1, max_size=4), st.sampled_from(["", " zz", "?", " funding"]))
def test_hostile_text_of_the_longest_length_taken_does_not_slow_it(words: list[str], end: str) -> None:
    text = (" ".join(words) + " ") * 4000
    started = time.process_time()
    without_frame(text[:4000] + end)
    without_association(text[:4000] + end)
    assert time.process_time() - started < 4
