"""Sentences: a wrong cut here would cut a quote."""

from __future__ import annotations

import pytest

from corpus.models import Span
from corpus.sentences import cut_sentences


def cut(text: str) -> list[str]:
    return [sentence.of(text) for sentence in cut_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "whole",
    [
        "Some schools gain, e.g. Sixth-form colleges gain most.",
        "Mr. Smith and Dr. Jones of St. Mary’s agree.",
        "The rise was 2.5 per cent, i.e. £3.2 million.",
        "See p. 12 of Vol. 2 for the figures.",
        "J. A. Smith chairs the U.K. Council.",
        "it ends without a stop",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert cut(whole) == [whole]


def test_sentences_end_at_stops_questions_and_exclamations() -> None:
    assert cut("Fund schools. Why wait? “Act now!” Heads are ready.") == [
        "Fund schools.",
        "Why wait?",
        "“Act now!”",
        "Heads are ready.",
    ]


def test_a_no_break_space_after_a_stop_ends_a_sentence_and_one_inside_does_not() -> None:
    assert cut("That is the\u00a0key.\u00a0Trust matters.") == ["That is the\u00a0key.", "Trust matters."]


def test_each_list_item_is_a_sentence_and_its_marker_stays_with_it() -> None:
    assert cut("Ministers should:\n- listen. Then act.\n2. Fund schools") == [
        "Ministers should:",
        "- listen.",
        "Then act.",
        "2. Fund schools",
    ]


def test_a_line_end_inside_a_paragraph_is_no_sentence_end() -> None:
    assert cut("Schools should be\nfunded. Fairly\nso.") == ["Schools should be\nfunded.", "Fairly\nso."]
