"""What is asked in a message: the letter around it is left out, two questions are taken apart."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.separating import questions_in
from chatbot.understanding import cleaned

LETTER = (
    "Dear ASCL, I hope you are well. I am a parent governor at a small rural primary. Our budget is tight this year. "
    "What is your position on school funding? Many thanks in advance. Kind regards, Sam Okafor"
)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("What does ASCL think about Ofsted?", ["What does ASCL think about Ofsted?"]),
        ("school funding", ["school funding"]),
        (LETTER, ["What is your position on school funding?"]),
        ("What about funding? What about inspection?", ["What about funding?", "What about inspection?"]),
        (
            "What does ASCL say about inspection and what does it say about funding?",
            ["What does ASCL say about inspection", "what does it say about funding?"],
        ),
        ("Hello there. What about inspection?", ["What about inspection?"]),
        ("Who or what decides the curriculum?", ["Who or what decides the curriculum?"]),
        ("Is it the heads or is it ministers' targets?", ["Is it the heads or is it ministers' targets?"]),
        ("Tables run on grades. Does ASCL want that loosened?", ["Tables run on grades. Does ASCL want that loosened?"]),
        ("What does ASCL say about inspection? What does it say about phones?",
         ["What does ASCL say about inspection?", "What does it say about phones?"]),
        ("I hear inspections may be scrapped. Is that so?", ["I hear inspections may be scrapped. Is that so?"]),
        ("Inspectors should not grade teaching. Does ASCL agree with this?",
         ["Inspectors should not grade teaching. Does ASCL agree with this?"]),
        ("teachers and leaders", ["teachers and leaders"]),
    ],
)  # fmt: skip
def test_what_is_asked(message: str, asked: list[str]) -> None:
    assert asked_in(message) == asked


@pytest.mark.parametrize("asked", ["Does ASCL agree?", "Would the union support that?", "Do you agree?", "What does ASCL say?"])
def test_whether_somebody_agrees_is_asked_about_the_sentence_before(asked: str) -> None:
    assert asked_in(f"Inspectors can judge teaching. {asked}") == [f"Inspectors can judge teaching. {asked}"]


def asked_in(message: str) -> list[str]:
    return [part.question for part in questions_in(message)]


@pytest.mark.parametrize(
    "message",
    [
        "My daughter starts sixth form in September, what does ASCL say about BTECs?",
        "we have lost two physics teachers this year; so what is your view on recruitment?",
    ],
)
def test_what_is_told_in_the_same_sentence_is_left_in_front(message: str) -> None:
    (part,) = questions_in(message)
    assert part.question.startswith("what")
    assert message.startswith(part.told)


@pytest.mark.parametrize(
    "message",
    [
        "If a school fails its inspection twice, what does ASCL want?",
        "On inspection and on trust and funding, what does ASCL say?",
        "Does ASCL back tests in year six, or does ASCL want them gone?",
    ],
)
def test_a_condition_or_a_topic_in_front_is_part_of_the_question(message: str) -> None:
    assert [part.question for part in questions_in(message)] == [message]


def test_what_is_told_before_a_question_may_be_what_it_is_about() -> None:
    [one] = questions_in(
        "Hello. The roof leaks and the laboratory is from 1962. Is Whitehall there to sort buildings out? Thanks"
    )
    assert one.told == ("The roof leaks and the laboratory is from 1962.",)
    first, second = questions_in("Hello. Heads are tired. What about workload reform? Money is short. What about school funding?")
    assert (first.told, second.told) == (("Heads are tired.",), ("Money is short.",))


def test_a_long_story_is_not_taken_for_what_a_question_is_about() -> None:
    [one] = questions_in(f"{'My son likes his school and his teacher. ' * 8}What about school funding?")
    assert one.told == ()


@pytest.mark.parametrize(
    "also",
    [
        "Also on school buildings.",
        "I would also like to know what ASCL says on inspection",
        "And please tell me about pay.",
        "Same for colleges.",
        "And about trusts.",
    ],
)
def test_a_request_beside_a_question_is_asked_too(also: str) -> None:
    assert asked_in(f"What is your view of funding? {also}") == ["What is your view of funding?", also]


@pytest.mark.parametrize("said", ["I wanted to know.", "Please let me know.", "I am also a governor.", "Please tell me."])
def test_what_only_tells_beside_a_question_is_not(said: str) -> None:
    assert asked_in(f"What is your view of funding? {said}") == ["What is your view of funding?"]


def test_a_repeat_is_one() -> None:
    assert asked_in("What about funding? What about funding?") == ["What about funding?"]


@pytest.mark.parametrize(
    "question",
    [
        "Should the rate rise to 16.5 per cent?",
        "What does ASCL say about inspection of trusts, e.g. in small trusts?",
        "What does ASCL think about P.E. in schools?",
    ],
)
def test_a_stop_inside_a_question_does_not_cut_it(question: str) -> None:
    assert asked_in(question) == [question]


PIECES = ["What ", "and who ", "funding", "? ", ". ", "Thanks"]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_message_asks_something_that_stands_in_it(message: str) -> None:
    text = cleaned(message)
    asked = asked_in(text)
    assert asked
    if any(character.isalnum() for character in text):
        assert all(any(character.isalnum() for character in question) for question in asked)
    assert all(word in text for question in asked for word in question.split())


RULE_WORDS = ["what", "and", "or", "is", "it", "dear", "thanks", "kind regards", "i hope", ",", ".", "?", "...", "!", "so", "1.5"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(RULE_WORDS), min_size=1, max_size=4), st.booleans())
def test_hostile_text_of_the_longest_length_taken_does_not_slow_it(words: list[str], spaced: bool) -> None:
    text = ((" " if spaced else "").join(words) + " ") * 4000
    started = time.process_time()
    questions_in(text[:4000])
    assert time.process_time() - started < 4


def test_a_question_about_what_was_just_said_keeps_it() -> None:
    message = "Her college keeps cutting courses because of money. Do headteachers think that is right?"
    assert asked_in(message) == [message]


@pytest.mark.parametrize("tag", ["Same treatment?", "Yes or no?", "Agree?", "Do you agree?", "Any thoughts?", "Or not?"])
def test_a_tag_after_a_question_asks_nothing_of_its_own(tag: str) -> None:
    assert [part.question for part in questions_in(f"Should trusts be inspected? {tag}")] == ["Should trusts be inspected?"]


@pytest.mark.parametrize("later", ["Same colleges?", "How often?", "And federations?", "Which trusts?"])
def test_a_short_question_after_another_is_one(later: str) -> None:
    assert len(questions_in(f"Should trusts be inspected? {later}")) == 2
