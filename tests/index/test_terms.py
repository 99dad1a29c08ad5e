"""Words as the lexical side sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import FUNCTION_WORDS, terms, words


@pytest.mark.parametrize("written", ["A level", "A levels", "A-level", "A-levels", "a-level", "A Levels"])
def test_a_level_is_one_word_however_it_is_written(written: str) -> None:
    assert terms(f"the future of {written}") == terms("the future of A level")
    assert terms("level") != terms(written)


@pytest.mark.parametrize(("one", "other"), [("A level", "T level"), ("A level", "AS level"), ("T levels", "level")])
def test_levels_are_told_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_a_level_playing_field_is_no_qualification() -> None:
    assert terms("a level playing field") == terms("level playing field")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inspection", "inspections"),
        ("schools’ funding", "school's funding"),
        ("FUNDING", "funding"),
        ("funded", "funding"),
        ("flat\u00a0cash", "flat cash"),
        ("16–19", "16-19"),
    ],
)
def test_forms_of_one_word_are_the_same_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_function_words_say_nothing_and_numbers_do() -> None:
    assert terms("What does ASCL think about the views of others?") == []
    assert terms("ages 5-16") == [*terms("ages"), "5", "16"]


def test_words_keep_function_words_in_order() -> None:
    assert words("What about the T-levels?") == ["what", "about", "the", "tlevel"]


@given(st.text(max_size=200))
def test_any_text_has_terms_and_none_is_empty_or_a_function_word(text: str) -> None:
    assert all(terms(text))
    assert len(terms(text)) == sum(word not in FUNCTION_WORDS for word in words(text))
    assert terms(text.upper()) == terms(text.upper().replace(" ", "\u00a0"))
