"""Slips of the keyboard are repaired; names, abbreviations and right words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.spelling import Speller
from corpus.loading import load_corpus
from index.embedding import PACKAGED
from index.english import all_words
from index.lexicon import neighbours
from index.terms import words
from tests.support import SHIPPED


@pytest.fixture(scope="module")
def speller() -> Speller:
    corpus = load_corpus(SHIPPED)
    ours = {word for statement in corpus.statements.values() for word in words(statement.text)}
    return Speller(ours | {"ofsted", "send"}, all_words(PACKAGED), corpus.glossary.never_expand)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inspecton", "inspection"),
        ("curiculum", "curriculum"),
        ("fundng", "funding"),
        ("ofstead", "ofsted"),
        ("goverment", "government"),
        ("acountability", "accountability"),
        ("wot abt skool fundng", "what about school funding"),
        ("teh curriculm", "the curriculum"),
        ("shud inspecton", "should inspection"),
        ("inspecters", "inspectors"),
        ("enuff money", "enough money"),
        ("equall opportunity", "equal opportunity"),
        ("refrom", "reform"),
    ],
)
def test_a_slip_is_repaired(speller: Speller, typed: str, meant: str) -> None:
    assert speller.repaired(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("collage of teaching", "college of teaching"),
        ("leage tables", "league tables"),
        ("a brod and deap curriculum", "a broad and deep curriculum"),
        ("buget freez", "budget freeze"),
    ],
)
def test_of_several_words_that_were_possible_the_one_that_fits_its_neighbours_is_meant(typed: str, meant: str) -> None:
    ours = {"college", "teaching", "league", "tables", "leave", "broad", "deep", "deal", "curriculum", "budget", "freeze", "free"}
    said = ["A College of Teaching.", "A broad and deep curriculum.", "A budget freeze."]
    speller = Speller(ours, all_words(PACKAGED), (), neighbours([*said, "school league tables"]), neighbours(said))
    assert speller.repaired(typed) == meant
    assert speller.repaired("a collage in art lessons") == "a collage in art lessons"


@pytest.mark.parametrize(
    "right",
    [
        "inspection", "What does ASCL think about SEND?", "GCSE and BTEC", "NEU", "PiXL", "Progress 8", "it's", "we’ve",
        "Ofsted’s", "phonics", "safeguarding", "homework", "playgrounds", "T levels", "16-19", "", "academisation",
        "mobile phones", "uniforms", "bursary", "prosper", "SLTs", "needier", "meddle", "dealt",
    ],
)  # fmt: skip
def test_what_is_right_stays(speller: Speller, right: str) -> None:
    assert speller.repaired(right) == right


@pytest.mark.parametrize("name", ["Bridget Phillipson", "Okafor", "Wolverhampton"])
def test_a_name_is_not_taken_for_a_slip(speller: Speller, name: str) -> None:
    assert speller.repaired(name) == name


def test_a_right_word_near_one_of_ours_is_not_bent_to_it(speller: Speller) -> None:
    for word in ("finding", "founding", "inception", "tracking", "loader"):
        assert speller.repaired(word) == word


@given(text=st.text(max_size=120))
def test_only_words_change_and_a_repaired_text_stays(speller: Speller, text: str) -> None:
    repaired = speller.repaired(text)

    def between(words_in: str) -> list[str]:
        return [character for character in words_in if not character.isascii() or not character.isalpha()]

    assert [c for c in between(repaired) if c not in "'’"] == [c for c in between(text) if c not in "'’"]
    assert speller.repaired(repaired) == repaired
