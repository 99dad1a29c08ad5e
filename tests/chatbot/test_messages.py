"""The words of every ending."""

from __future__ import annotations

import re

import pytest

from chatbot import messages
from chatbot.answer import AnswerStatus
from chatbot.settings import load_settings

AMERICAN = re.compile(r"\b(?:color|favor|organiz|recogniz|center|license[ds]? to|gotten|behavior)", re.IGNORECASE)
SENTENCES = [value for name, value in vars(messages).items() if name.isupper() and isinstance(value, str)]


@pytest.mark.parametrize("status", [status for status in AnswerStatus if status.declined])
def test_every_decline_has_words_of_its_own(status: AnswerStatus) -> None:
    words = messages.declined(status, load_settings())
    assert words.endswith((".", "!")) and "{" not in words


def test_declines_are_told_apart_by_their_words() -> None:
    words = [messages.declined(status, load_settings()) for status in AnswerStatus if status.declined]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("words", [*SENTENCES, *messages.DECLINED.values(), *messages.RUN_BY_ASCL.values()])
def test_every_message_is_a_plain_british_sentence(words: str) -> None:
    assert words[0].isupper()
    assert words.rstrip().endswith((".", "!", "?", ":"))
    assert not AMERICAN.search(words)
    assert "  " not in words and "\n" not in words


@pytest.mark.parametrize("words", [*SENTENCES, *messages.RUN_BY_ASCL.values()])
def test_no_message_promises_that_something_is_current_or_that_there_is_no_position(words: str) -> None:
    assert not re.search(r"\bis ASCL's current position\b|\bASCL has no (?:position|view)\b", words)


@pytest.mark.parametrize(
    ("name", "address", "named"),
    [
        ("", "", ""),
        ("the press office", "", " You could ask the press office."),
        ("", "mailto:press@example.org", " You could ask press@example.org."),
        ("the press office", "https://example.org/press", " You could ask the press office (https://example.org/press)."),
    ],
)
def test_a_contact_is_named_only_as_far_as_one_is_set(name: str, address: str, named: str) -> None:
    settings = load_settings(contact_name=name, contact_address=address)
    assert messages.contact(settings) == named
    assert messages.declined(AnswerStatus.DECLINED_ADVICE, settings).endswith(named)
    assert named == "" or named not in messages.declined(AnswerStatus.DECLINED_ABUSE, settings)


def test_the_limit_is_named_as_it_is_set() -> None:
    assert "1,200 characters" in messages.declined(AnswerStatus.DECLINED_TOO_LONG, load_settings(question_limit=1200))
