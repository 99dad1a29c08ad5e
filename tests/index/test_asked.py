"""The words of known questions: taken apart when an index is built, the same when it is opened."""

from __future__ import annotations

from pathlib import Path

from corpus.loading import load_corpus
from index.asked import CURATED, asked_in, read_asked, write_asked
from index.embedding import PACKAGED
from index.opening import open_index
from index.rows import UNANSWERED, plan
from index.terms import terms
from tests.index.conftest import Built, write_tiny_corpus
from tests.support import SHIPPED, write_questions


def test_all_words_as_asked_and_the_stems_of_the_subject(tmp_path: Path) -> None:
    write_tiny_corpus(tmp_path)
    write_questions(tmp_path, "pay.unanswered", {"pensions": ["What does ASCL think about pensions?"]})
    asked = asked_in(load_corpus(tmp_path))
    assert asked[CURATED].words == [["what", "should", "a", "headteacher", "earn"]]
    assert asked[UNANSWERED].words == [["what", "does", "ascl", "think", "about", "pensions"]]
    assert asked[UNANSWERED].terms == [terms("pensions")]


def test_they_stand_in_the_order_of_their_vectors() -> None:
    corpus = load_corpus(SHIPPED)
    asked, planned = asked_in(corpus), plan(corpus)
    for kind in (CURATED, UNANSWERED):
        assert asked[kind].terms == [terms(text) for text in planned.texts[kind]]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    asked = asked_in(load_corpus(SHIPPED))
    write_asked(tmp_path / "asked.json", asked)
    assert read_asked(tmp_path / "asked.json") == asked


def test_an_index_holds_them(built: Built) -> None:
    assert open_index(built.folder, built.corpus, PACKAGED).asked == asked_in(built.corpus)
