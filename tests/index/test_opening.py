"""An index that does not fit, or is not whole, is refused with a sentence that says what to do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from index import late_interaction
from index.building import build_index, build_name
from index.embedding import PACKAGED
from index.errors import IndexRefused
from index.late_interaction import load_projection
from index.manifest import read_manifest
from index.opening import is_current, kept_corpus, open_index
from index.rows import ALL_KINDS
from tests.index.conftest import PAY, Built
from tests.support import write_document, write_questions


def refusal(built: Built, model: str = PACKAGED) -> str:
    """Why it is refused. Every refusal is one or more sentences and names the command that mends it."""
    assert not is_current(built.folder, built.corpus, model)
    with pytest.raises(IndexRefused) as caught:
        open_index(built.folder, built.corpus, model)
    message = str(caught.value)
    assert re.match(r"[A-Z].*\. Mend it with: ascl-chat index build$", message)
    return message


def test_what_was_built_opens(built: Built) -> None:
    opened = open_index(built.folder, built.corpus, PACKAGED)
    assert opened.manifest == read_manifest(built.folder)
    assert opened.manifest.statements == 2
    assert opened.manifest.counts == {"passage": 2, "sentence": 2, "question": 1, "unanswered": 0}
    assert is_current(built.folder, built.corpus, PACKAGED)


def test_the_corpus_is_kept_as_it_was_built_from(built: Built) -> None:
    kept = kept_corpus(built.folder, built.corpus_folder)
    assert kept is not None
    assert (kept, kept.digest) == (built.corpus, built.corpus.digest)
    opened = open_index(built.folder, kept, PACKAGED)
    assert opened.manifest.corpus_digest == kept.digest


def test_a_corpus_that_changed_is_not_taken_from_what_was_kept(built: Built) -> None:
    write_document(built.corpus_folder, "pay", PAY + "\nA third statement should be found.\n")
    assert kept_corpus(built.folder, built.corpus_folder) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"sources": 1}', "\x00"])
def test_what_was_kept_is_not_used_where_it_is_damaged(built: Built, damage: str) -> None:
    (built.current / "corpus.json").write_text(damage, encoding="utf-8")
    assert kept_corpus(built.folder, built.corpus_folder) is None
    assert "corpus.json is missing or damaged" in refusal(built)


def test_nothing_is_kept_where_there_is_no_index(built: Built, tmp_path: Path) -> None:
    assert kept_corpus(tmp_path / "elsewhere", built.corpus_folder) is None


def test_opening_writes_nothing(built: Built) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.folder.rglob("*")}
    open_index(built.folder, built.corpus, PACKAGED)
    assert {path: path.stat().st_mtime_ns for path in built.folder.rglob("*")} == before


def test_no_index_at_all(built: Built, tmp_path: Path) -> None:
    assert "There is no index in" in refusal(Built(built.corpus_folder, tmp_path / "elsewhere"))


def test_a_missing_current(built: Built) -> None:
    (built.folder / "CURRENT").unlink()
    assert "There is no index in" in refusal(built)


@pytest.mark.parametrize("name", ["", "0123456789abcdef", "..", ".", "../built", "a\x00b", "/tmp", "\ud7ff"])
def test_a_current_that_names_no_build(built: Built, name: str) -> None:
    (built.folder / "CURRENT").write_bytes(name.encode("utf-8"))
    assert "is not there" in refusal(built)


def test_a_current_that_is_no_text(built: Built) -> None:
    (built.folder / "CURRENT").write_bytes(b"\xff\xfe\x00")
    refusal(built)


@pytest.mark.parametrize("garbage", [b"", b"{", b"null", b"[]", b"{}", b'"x"', b"\xff\xfe", b"7"])
def test_a_garbage_manifest(built: Built, garbage: bytes) -> None:
    (built.current / "manifest.json").write_bytes(garbage)
    refusal(built)


def test_a_manifest_cut_short(built: Built) -> None:
    path = built.current / "manifest.json"
    path.write_bytes(path.read_bytes()[:-30])
    assert "missing or damaged" in refusal(built)


@pytest.mark.parametrize("files", [{}, [], None, "all"])
def test_a_manifest_that_lists_no_files_vouches_for_none(built: Built, files: object) -> None:
    path = built.current / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "files": files}))
    assert "missing or damaged" in refusal(built)


def test_tokens_seen_through_another_projection(built: Built) -> None:
    path = built.current / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "projection": "0" * 64}))
    assert "other learnt weights" in refusal(built)


def test_a_model_that_no_projection_was_learnt_for_has_no_tokens(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    named, other = build_name(built.corpus, PACKAGED), replace(load_projection(), model="another")
    monkeypatch.setattr(late_interaction, "load_projection", lambda: other)
    assert "other learnt weights" in refusal(built)
    build_index(built.corpus, PACKAGED, built.folder)
    opened = open_index(built.folder, built.corpus, PACKAGED)
    assert (opened.projection, opened.tokens, opened.manifest.projection) == (None, None, "")
    assert not (built.current / "tokens").exists() and opened.manifest.build != named


@pytest.mark.parametrize("content", [b"", b"PK", b"\x00" * 100])
def test_a_projection_of_the_software_that_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "damaged.npz").write_bytes(content)
    with pytest.raises(IndexRefused, match="missing or damaged. Mend it by installing it again"):
        load_projection(tmp_path / "damaged.npz")
    with pytest.raises(IndexRefused, match="missing or damaged"):
        load_projection(tmp_path / "nowhere.npz")


def test_a_manifest_of_another_version_of_the_software(built: Built) -> None:
    path = built.current / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))
    assert "another version" in refusal(built)


def test_every_single_file_cut_short_is_noticed(built: Built) -> None:
    files = sorted(read_manifest(built.folder).files)
    exported = {"encoder/model.onnx", "encoder/model.onnx.data", "encoder/tokenizer.json", "encoder/encoder.json"}
    assert {f"{kind}.faiss" for kind in ALL_KINDS} | exported <= set(files)
    for name in files:
        path = built.current / name
        whole = path.read_bytes()
        path.unlink()  # the weights are a link to those that other tests read
        path.write_bytes(whole[: len(whole) // 2])
        assert name.rsplit("/", 1)[-1] in refusal(built)
        path.write_bytes(whole)
    assert is_current(built.folder, built.corpus, PACKAGED)


def test_one_changed_byte_and_a_missing_file_are_noticed(built: Built) -> None:
    path = built.current / "passage.faiss"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "passage.faiss is missing or damaged" in refusal(built)
    path.unlink()
    assert "passage.faiss is missing or damaged" in refusal(built)


def test_an_edited_document(built: Built) -> None:
    write_document(built.corpus_folder, "pay", PAY.replace("fairly", "well"))
    assert "documents or curated questions have changed" in refusal(built)


def test_a_withdrawn_document(built: Built) -> None:
    write_document(built.corpus_folder, "pay", PAY, status="withdrawn")
    refusal(built)


def test_another_curated_question(built: Built) -> None:
    write_questions(built.corpus_folder, "pay", {next(iter(built.corpus.statements)): ["Are heads underpaid?"]})
    refusal(built)


def test_a_question_now_known_to_be_unanswered(built: Built) -> None:
    write_questions(built.corpus_folder, "pay.unanswered", {"pensions": ["Will pensions rise?"]})
    refusal(built)


def test_a_crlf_checkout_is_no_change(built: Built) -> None:
    path = built.corpus_folder / "documents" / "pay.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert is_current(built.folder, built.corpus, PACKAGED)


def test_a_changed_model_name(built: Built) -> None:
    message = refusal(built, "some-other-model")
    assert f"{PACKAGED!r}" in message and "'some-other-model'" in message


def test_a_model_folder_whose_files_changed(built: Built, tmp_path: Path) -> None:
    """The manifest says what the weights were; the same setting with other weights is another model."""
    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text("{}")
    path = built.current / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "model": str(model)}))
    assert f"The files of the model {str(model)!r} have changed" in refusal(built, str(model))
