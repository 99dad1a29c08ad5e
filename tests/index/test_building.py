"""An index is published whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.loading import load_corpus
from index.building import build_index
from index.embedding import PACKAGED
from index.errors import BuildRefused, IndexRefused, ModelRefused
from index.opening import is_current, open_index
from tests.index.conftest import PAY, Built
from tests.support import ROOT, write_document

unix = pytest.mark.skipif(sys.platform == "win32", reason="kills a process by a signal, which Windows does not have")


def builds(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_a_build_tells_what_it_does_and_what_it_made(built: Built) -> None:
    told: list[str] = []
    manifest = build_index(built.corpus, PACKAGED, built.folder / "new", told.append)
    assert told[0] == "Loading the embedding model"
    assert "Encoding 2 vectors of kind passage" in told
    assert told[-1] == f"Published build {manifest.build}: 2 statements"
    if sys.platform != "win32":  # whoever serves may read what somebody else built
        usual = stat.S_IMODE((built.corpus_folder / "documents").stat().st_mode)
        assert stat.S_IMODE((built.folder / "new" / manifest.build).stat().st_mode) == usual


def test_the_last_two_builds_are_kept(built: Built) -> None:
    names = [built.current.name]
    for word in ("justly", "properly", "decently"):
        write_document(built.corpus_folder, "pay", PAY.replace("fairly", word))
        names.append(build_index(built.corpus, PACKAGED, built.folder).build)
        assert builds(built.folder) == set(names[-2:])
    assert built.current.name == names[-1]


def test_building_again_what_is_published_leaves_it_readable_and_publishes_the_fresh_one(built: Built) -> None:
    old, corpus = built.current, built.corpus
    seen: list[bool] = []
    manifest = build_index(corpus, PACKAGED, built.folder, lambda line: seen.append(is_current(built.folder, corpus, PACKAGED)))
    assert all(seen[:-1]) and old.is_dir()
    assert built.current.name == manifest.build != old.name


def test_a_damaged_index_is_mended_by_a_build(built: Built) -> None:
    (built.current / "sentence.faiss").write_bytes(b"")
    with pytest.raises(IndexRefused):
        open_index(built.folder, built.corpus, PACKAGED)
    build_index(built.corpus, PACKAGED, built.folder)
    open_index(built.folder, built.corpus, PACKAGED)


def test_what_a_killed_build_left_is_cleared_away(built: Built) -> None:
    (built.folder / "unfinished-1234").mkdir()
    (built.folder / "unfinished-1234" / "passage.faiss").write_bytes(b"half")
    (built.folder / "CURRENT.new").write_text("0123")
    build_index(built.corpus, PACKAGED, built.folder)
    assert not list(built.folder.glob("unfinished-*")) and not (built.folder / "CURRENT.new").exists()


def test_of_two_builds_at_once_the_second_is_refused_and_the_first_is_published(built: Built) -> None:
    encoding, refused = threading.Event(), threading.Event()
    done: list[str] = []

    def pause(line: str) -> None:
        if line.startswith("Encoding"):
            encoding.set()
            refused.wait(30)

    write_document(built.corpus_folder, "pay", PAY.replace("fairly", "well"))
    corpus = built.corpus
    first = threading.Thread(target=lambda: done.append(build_index(corpus, PACKAGED, built.folder, pause).build))
    first.start()
    assert encoding.wait(60)
    try:
        with pytest.raises(BuildRefused, match=r"^Another build is writing to .*\. Wait until it has ended, then try again\.$"):
            build_index(corpus, PACKAGED, built.folder)
    finally:
        refused.set()
        first.join(60)
    assert done == [built.current.name]
    assert is_current(built.folder, corpus, PACKAGED)


def test_a_folder_that_cannot_be_written_is_refused_with_its_name(built: Built) -> None:
    (built.folder / "a-file").write_text("")
    with pytest.raises(BuildRefused, match=r"cannot be written to .*a-file.*Nothing was changed"):
        build_index(built.corpus, PACKAGED, built.folder / "a-file")


def test_a_model_that_is_not_there_is_refused_and_leaves_the_index(built: Built) -> None:
    with pytest.raises(ModelRefused, match="'no-such-model'"):
        build_index(built.corpus, "no-such-model", built.folder)
    assert is_current(built.folder, built.corpus, PACKAGED)
    assert not list(built.folder.glob("unfinished-*"))


@unix
def test_a_build_that_is_killed_leaves_the_previous_index(built: Built) -> None:
    """The installed program, killed when it says that it is at work."""
    before = built.corpus
    write_document(built.corpus_folder, "pay", PAY.replace("fairly", "well"))
    settings = {"ASCL_CHAT_CORPUS_FOLDER": str(built.corpus_folder), "ASCL_CHAT_INDEX_FOLDER": str(built.folder)}
    program = subprocess.Popen(
        [Path(sys.executable).with_name("ascl-chat"), "index", "build"],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert program.stderr is not None
    with program.stderr as told:
        assert any("Encoding 2 vectors of kind sentence" in line for line in told)
        program.kill()
    assert program.wait(30) == -signal.SIGKILL
    open_index(built.folder, before, PACKAGED)
    build_index(built.corpus, PACKAGED, built.folder)
    assert builds(built.folder) == {path.name for path in built.folder.glob("[0-9a-f]*") if (path / "manifest.json").exists()}


# Builds in a child process that is killed before its n-th operation on a file below the index folder, for n = 1, 2, ...
# until a build gets through. Encoding is replaced, for there are some forty builds; everything that publishes is real.
KILLED_EVERYWHERE = """
import os, shutil, signal, sys
from pathlib import Path
import numpy as np
import sklearn.linear_model
import index.building
from corpus.loading import load_corpus
from index.embedding import PACKAGED, model_digest
from index.encoder import Encoded
from index.opening import is_current
from tests.index.conftest import copy_index

CHANGES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}
old, new, pristine, folder = (Path(argument) for argument in sys.argv[1:])
corpora = load_corpus(old), load_corpus(new)
model_digest(PACKAGED)  # once, before there are children
index.building.all_words = lambda model: ("school",)


class Steady:
    def encode(self, texts):
        vectors = np.ones((len(texts), 384), dtype=np.float32)
        vectors[:, 0] += np.arange(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_fully(self, texts):
        return [Encoded(vector, np.stack([vector, vector])) for vector in self.encode(texts)]


def build_until(last):
    left = [last]
    def count(event, arguments):
        if event in CHANGES and str(arguments[0]).startswith(str(folder)):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    index.building.check_model = lambda model: None
    index.building.OnnxEncoder.load = lambda folder, threads: Steady()
    sys.addaudithook(count)
    index.building.build_index(corpora[1], PACKAGED, folder)


killed, ended = 0, set()
while True:
    shutil.rmtree(folder, ignore_errors=True)
    copy_index(pristine, folder)
    child = os.fork()
    if child == 0:
        try:
            build_until(killed + 1)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(3)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    opens = tuple(is_current(folder, corpus, PACKAGED) for corpus in corpora)
    ended.add(opens)
    if not any(opens):
        sys.exit(f"killed before operation {killed + 1}: no index is left")
    if os.WIFEXITED(status):
        sys.exit(os.WEXITSTATUS(status)) if os.WEXITSTATUS(status) else print(killed, sorted(ended))
        break
    killed += 1
"""


def killed_everywhere(built: Built, changed: Path, tmp_path: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_EVERYWHERE, built.corpus_folder, changed, built.folder, tmp_path / "victim"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    killed, ended = done.stdout.split(" ", 1)
    return int(killed), ended.strip()


@unix
def test_killed_before_any_file_operation_there_is_always_the_old_index_or_the_new_one(built: Built, tmp_path: Path) -> None:
    write_document(tmp_path / "changed", "pay", PAY.replace("fairly", "well"))
    killed, ended = killed_everywhere(built, tmp_path / "changed", tmp_path)
    assert killed > 20
    assert ended == "[(False, True), (True, False)]"


@unix
def test_killed_while_building_again_what_is_published_there_is_always_an_index(built: Built, tmp_path: Path) -> None:
    killed, ended = killed_everywhere(built, built.corpus_folder, tmp_path)
    assert killed > 20
    assert ended == "[(True, True)]"


def test_documents_without_a_statement_are_refused(tmp_path: Path) -> None:
    write_document(tmp_path, "pay", "## Pay\n")
    with pytest.raises(BuildRefused, match="no statement"):
        build_index(load_corpus(tmp_path), PACKAGED, tmp_path / "index")
    assert not (tmp_path / "index").exists()
