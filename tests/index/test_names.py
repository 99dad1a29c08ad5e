"""What things are called: a vector for every name that a statement may say, and for no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.loading import load_corpus
from index.lexicon import Lexicon
from index.names import StatedNames
from tests.support import packaged_encoder, write_document, write_glossary


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> StatedNames:
    folder = tmp_path_factory.mktemp("corpus")
    write_document(folder, "paper", "## Conduct\n\nPermanent exclusion must be rare. Truancy is not a crime.\n")
    write_glossary(
        folder,
        {"term": "shown the door", "kind": "everyday", "same": ["permanent exclusion", "expulsion"]},
        {"term": "bunking off", "kind": "everyday", "narrower": ["truancy"], "related": ["crime"]},
    )
    return StatedNames.of(Lexicon.of(load_corpus(folder), ()), packaged_encoder())


def test_there_is_a_vector_for_each_name_whose_words_are_stated_and_for_no_other(names: StatedNames) -> None:
    assert list(names.places) == ["permanent exclusion", "truancy"]
    assert np.linalg.norm(names.vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_each_name_has_its_own_vector(names: StatedNames) -> None:
    for name in names.places:
        assert names.of_all([name]) == pytest.approx(packaged_encoder().encode([name])[0], abs=1e-5)


def test_names_together_lie_between_each_other(names: StatedNames) -> None:
    first, second = names.vectors
    together = names.of_all(["truancy", "permanent exclusion"])
    assert float(np.linalg.norm(together)) == pytest.approx(1, abs=1e-5)
    assert together @ first == pytest.approx(together @ second, abs=1e-5)
    assert together @ first > first @ second


def test_they_are_read_as_they_were_written(names: StatedNames, tmp_path: Path) -> None:
    names.save(tmp_path / "names.npz")
    read = StatedNames.load(tmp_path / "names.npz")
    assert read.places == names.places
    assert np.array_equal(read.vectors, names.vectors)


def test_a_glossary_of_which_no_statement_says_anything_has_none(tmp_path: Path) -> None:
    write_document(tmp_path, "paper", "## Pay\n\nHeads should be paid fairly.\n")
    none = StatedNames.of(Lexicon.of(load_corpus(tmp_path), ()), packaged_encoder())
    assert none.vectors.shape == (0, 384)
    none.save(tmp_path / "names.npz")
    assert not StatedNames.load(tmp_path / "names.npz").places
