"""What words are good for: worked out when an index is built, the same when it is opened."""

from __future__ import annotations

from pathlib import Path

from corpus.loading import load_corpus
from index.embedding import PACKAGED
from index.english import all_words
from index.lexicon import Lexicon, neighbours
from index.opening import open_index
from index.rows import UNANSWERED, plan
from index.terms import terms
from tests.index.conftest import Built, write_tiny_corpus
from tests.support import SHIPPED, write_questions

ENGLISH = all_words(PACKAGED)


def test_stems_of_what_is_stated_and_of_what_is_asked_without_its_frame(tmp_path: Path) -> None:
    write_tiny_corpus(tmp_path)
    write_questions(tmp_path, "pay.unanswered", {"pensions": ["What does ASCL think about pensions?"]})
    corpus = load_corpus(tmp_path)
    lexicon = Lexicon.of(corpus, ENGLISH)
    assert lexicon.unanswered == (tuple(terms("pensions")),)
    assert tuple(terms("headteacher earn")) in lexicon.asked
    for statement, own, heading in zip(corpus.statements.values(), lexicon.own, lexicon.headings, strict=True):
        assert set(terms(statement.text)) <= set(own) and heading == tuple(terms(statement.section.path[-1]))


def test_unanswered_questions_stand_in_the_order_of_their_vectors() -> None:
    corpus = load_corpus(SHIPPED)
    assert [list(one) for one in Lexicon.of(corpus, ()).unanswered] == [terms(text) for text in plan(corpus).texts[UNANSWERED]]


def test_a_slip_of_a_curated_question_is_no_word_to_repair_to(tmp_path: Path) -> None:
    write_tiny_corpus(tmp_path)
    statement = next(iter(load_corpus(tmp_path).questions))
    asked = ["What about saleries?", "Are saleries fair?", "Are bonuses fair?", "What about bonuses?", "And perks?"]
    write_questions(tmp_path, "pay", {statement: asked})
    preferred = Lexicon.of(load_corpus(tmp_path), ENGLISH).preferred
    assert "bonuses" in preferred, "English, and asked twice"
    assert "saleries" not in preferred and "perks" not in preferred


def test_neighbours_pass_over_function_words_and_stay_in_their_text() -> None:
    assert neighbours(["A college of teaching.", "School funding"]) == {"college teaching", "school funding"}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    lexicon = Lexicon.of(load_corpus(SHIPPED), ENGLISH)
    lexicon.write(tmp_path / "lexicon.json")
    assert Lexicon.read(tmp_path / "lexicon.json") == lexicon


def test_an_index_holds_it(built: Built) -> None:
    assert open_index(built.folder, built.corpus, PACKAGED).lexicon == Lexicon.of(built.corpus, ENGLISH)
