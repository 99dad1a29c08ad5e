"""A tiny corpus, and one build of it by the real model that tests copy and damage."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.loading import load_corpus
from corpus.models import Corpus
from index.building import build_index
from index.embedding import PACKAGED
from index.onnx_encoder import WEIGHTS
from tests.support import write_document, write_questions

PAY = "## Pay\n\nHeads should be paid fairly.\n\nTeachers’ pay must rise, provided that schools are given the money.\n"


def write_tiny_corpus(folder: Path) -> Corpus:
    """One document of two statements, one of them with a curated question."""
    write_document(folder, "pay", PAY)
    heads = next(iter(load_corpus(folder).statements))
    write_questions(folder, "pay", {heads: ["What should a headteacher earn?"]})
    return load_corpus(folder)


@dataclass(frozen=True)
class Built:
    """A corpus folder and an index folder that holds a build of it."""

    corpus_folder: Path
    folder: Path

    @property
    def corpus(self) -> Corpus:
        """The corpus as it stands now."""
        return load_corpus(self.corpus_folder)

    @property
    def current(self) -> Path:
        """The folder of the published build."""
        return self.folder / (self.folder / "CURRENT").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built once by the real model; not to be changed."""
    folder = tmp_path_factory.mktemp("tiny")
    corpus = write_tiny_corpus(folder / "corpus")
    build_index(corpus, PACKAGED, folder / "built")
    return Built(folder / "corpus", folder / "built")


def copy_index(folder: Path, copy: Path) -> None:
    """Copy an index folder; the weights, 90 MB that no test writes over, is linked."""
    shutil.copytree(folder, copy, copy_function=lambda old, new: (os.link if old.endswith(WEIGHTS) else shutil.copy2)(old, new))


@pytest.fixture
def built(pristine: Built, tmp_path: Path) -> Built:
    """A copy that a test may damage."""
    shutil.copytree(pristine.corpus_folder, tmp_path / "corpus")
    copy_index(pristine.folder, tmp_path / "built")
    return Built(tmp_path / "corpus", tmp_path / "built")
