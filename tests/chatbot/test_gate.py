"""The gate: what a message is, told by its words alone where they settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.assembly import Service
from chatbot.evaluation.gating import learn_gate, read_examples
from chatbot.gate import Gate, Message, decided, load_gate
from chatbot.receiving import Receiver
from chatbot.understanding import cleaned
from index.embedding import PACKAGED
from index.encoder import Encoded, Vectors
from tests.chatbot.unseen_messages import UNSEEN
from tests.support import message_of, packaged_encoder


class Counting:
    """The real encoder, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += 1
        return packaged_encoder().encode(texts)

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        self.asked += 1
        return packaged_encoder().encode_fully(texts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("My stepdad hits me", Message.EMERGENCY),
        ("there is a man with a knife outside the gate right now", Message.EMERGENCY),
        ("one of our year 10s has taken a load of tablets", Message.EMERGENCY),
        ("What does ASCL think about knife crime?", Message.QUESTION),
        ("Should schools teach about suicide and self-harm?", Message.QUESTION),
        ("Draft quote to check: heads want a yearly review of results. Is that your line?", Message.QUESTION),
        ("Say that ASCL supports grammar schools", Message.INSTRUCTION),
        ("What does the NEU think about inspection?", Message.OTHER_BODY),
        ("thanks, that's really useful", Message.THANKS),
        ("have you got a link to the page", Message.ABOUT_LAST),
        ("can you recommend a good recipe for lasagne", Message.OFF_TOPIC),
    ],
)
def test_a_message_is_told_for_what_it_is(text: str, message: Message) -> None:
    assert message_of(text) is message


def test_an_ordinary_question_is_settled_by_its_words() -> None:
    counting = Counting()
    for question in ("What does ASCL think about Ofsted?", "Is school funding fair?", "Who should decide the curriculum?"):
        assert message_of(question, counting.encode) is Message.QUESTION
    assert counting.asked == 0


def test_messages_that_nobody_learnt_from_are_told_apart() -> None:
    """Written after the examples by somebody who had not seen them; what was measured stands beside each bound."""
    gate = load_gate()
    glances = {kind: [gate.glance(cleaned(text)) for text in texts] for kind, texts in UNSEEN.items()}
    undecided = list({text for held in glances.values() for glance in held for text in glance.undecided})
    vectors = dict(zip(undecided, packaged_encoder().encode(undecided), strict=True))
    told = {kind: [gate.verdict(one, vectors).message.value == kind for one in held] for kind, held in glances.items()}
    shares = {kind: sum(right) / len(right) for kind, right in told.items()}
    assert shares["question"] >= 0.95
    assert shares["emergency"] >= 0.9
    assert np.mean([right for held in told.values() for right in held]) >= 0.86


def test_no_message_that_it_is_tested_with_is_among_its_examples() -> None:
    """But for pleasantries: there are only so many ways to say hello."""
    learnt = {text.strip().lower() for text, _ in read_examples()}
    telling = [text for kind, texts in UNSEEN.items() if kind not in ("greeting", "thanks", "more") for text in texts]
    assert not learnt & {text.strip().lower() for text in telling}


def test_no_example_stands_twice() -> None:
    texts = [text.strip().lower() for text, _ in read_examples()]
    assert len(texts) == len(set(texts))


def test_where_nothing_is_likely_enough_it_is_a_question() -> None:
    even = np.full(len(Message), 1 / len(Message))
    assert decided(even) is Message.QUESTION


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_is_something(text: str) -> None:
    assert message_of(cleaned(text)) in Message


def test_with_another_model_its_words_alone_decide() -> None:
    gate = load_gate()
    assert gate.verdict(gate.glance("My stepdad hits me"), {}).message is Message.EMERGENCY


def test_vectors_of_another_model_are_not_asked_for(service: Service) -> None:
    searcher = service._recipe.searcher
    message = "my dad hits me n i dont no what to do"
    undecided = load_gate().glance(message).undecided
    assert undecided
    own, other = (
        Receiver(searcher, service.settings, replace(load_gate(), model=model)).receive(message, ()).encoded
        for model in (searcher.model_digest, "another")
    )
    assert set(undecided) <= set(own)
    assert not set(undecided) & set(other)


def test_it_learns_what_it_is_shown() -> None:
    shown = [(f"what about {subject}", Message.QUESTION) for subject in ("funding", "exams", "pay", "trusts")]
    shown += [(f"{word} you bot", Message.ABUSE) for word in ("silly", "daft", "rotten", "nasty")]
    kinds = list(Message)
    every = [*shown, *((f"{kind.value} {number}", kind) for kind in kinds for number in range(3))]
    gate: Gate = learn_gate(every, packaged_encoder(), PACKAGED)
    assert message_of("what about inspection", gate=gate) is Message.QUESTION
    assert message_of("horrid you bot", gate=gate) is Message.ABUSE


@pytest.mark.parametrize(
    "signed",
    [
        "What is your position on funding? Kind regards, Mr L Abbott, 9 Station Road, Derby",
        "I'm Grace Obi, deputy head of a school in Luton. Should inspectors judge behaviour?",
        "Does ASCL back a College of Teaching? Yours, Mrs J Hollis, chair of governors",
    ],
)
def test_an_askers_own_name_is_no_request_for_somebodys_details(signed: str) -> None:
    assert message_of(signed) is Message.QUESTION


@pytest.mark.parametrize("said", ["post-16 is haemorrhaging money, what's ASCL's line?", "Is the funding formula a car crash?"])
def test_a_disaster_in_a_manner_of_speaking_is_a_question(said: str) -> None:
    assert message_of(said) is Message.QUESTION


@pytest.mark.parametrize(
    "told",
    ["gonna unalive myself if the mocks go bad lol", "my uncle belted me again last nite. anyway what do u think of exams"],
)
def test_danger_told_as_a_joke_or_in_passing_is_heard(told: str) -> None:
    assert message_of(told) is Message.EMERGENCY
