"""Build an index and publish it whole or not at all.

A build is written aside, moved to ``<digest>/`` when complete, and published by one ``os.replace`` of the text file
``CURRENT``. Killing the process at any moment leaves the index that was published before.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.kept import write_kept
from corpus.models import Corpus
from corpus.splitting import SplitError
from index.embedding import can_be_compared, check_model, file_digest, load_encoder, model_digest
from index.encoder import Encoder
from index.english import all_words
from index.errors import BuildRefused, IndexRefused
from index.faiss_store import build_store
from index.heads import learn_heads, save_heads
from index.late_interaction import encoded_passages, projection_digest, projection_for
from index.lexical import LexicalIndex
from index.lexicon import Lexicon
from index.manifest import (
    CORPUS,
    ENCODER,
    FORMAT,
    HEADS,
    LEXICAL,
    LEXICON,
    MANIFEST,
    NAMES,
    POINTER,
    ROWS,
    TOKENS,
    WORDS,
    Manifest,
    current_build,
    read_build,
    vector_file,
)
from index.names import StatedNames
from index.onnx_encoder import OnnxEncoder
from index.rows import ALL_KINDS, plan, write_rows

KEPT_BUILDS = 2
_UNFINISHED = "unfinished-"

Report = Callable[[str], None]


def build_index(corpus: Corpus, model: str, folder: Path, report: Report = lambda line: None) -> Manifest:
    """Encode ``corpus`` with ``model`` and publish the index in ``folder``, keeping the build before it.

    Raises:
        ModelRefused: if the model cannot be loaded.
        BuildRefused: if the folder cannot be written or another build is under way; what was published stays.
    """
    check_model(model)
    if not corpus.statements:
        raise BuildRefused(
            "The documents hold no statement, so there is nothing to answer from. Add their text, then build again."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            _remove_unfinished(folder)
            name = _free_name(folder, build_name(corpus, model))
            unfinished = folder / f"{_UNFINISHED}{os.getpid()}"  # not mkdtemp: who serves need not be who builds
            unfinished.mkdir()
            try:
                manifest = _write_build(corpus, model, name, unfinished, report)
                _publish(folder, unfinished, name)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)  # nothing is there once it is published
            _remove_old_builds(folder, name)
    except Timeout as error:
        raise BuildRefused(f"Another build is writing to {folder}. Wait until it has ended, then try again.") from error
    except OSError as error:
        raise BuildRefused(
            f"The index cannot be written to {folder} ({error.strerror or error}). Nothing was changed."
        ) from error
    except RuntimeError as error:  # what faiss raises where a file cannot be written
        if "faiss" not in str(error):
            raise
        raise BuildRefused(f"The index cannot be written to {folder} ({_last_part(error)}). Nothing was changed.") from error
    report(f"Published build {name}: {manifest.statements} statements")
    return manifest


def _last_part(error: RuntimeError) -> str:
    return str(error).strip().rsplit(":", 1)[-1].strip()


def build_name(corpus: Corpus, model: str) -> str:
    """The digest that names a build: 16 hexadecimal digits over everything it is made from."""
    digest = model_digest(model)
    made_from = f"{FORMAT} {corpus.digest} {model} {digest} {projection_digest(digest)}"
    return hashlib.sha256(made_from.encode("utf-8")).hexdigest()[:16]


def _free_name(folder: Path, name: str) -> str:
    """``name``, or ``name-2`` and so on where such a build is there: it may be the one that is served, so it is not touched."""
    taken = {path.name for path in folder.iterdir()}
    return next(free for free in chain((name,), (f"{name}-{number}" for number in count(2))) if free not in taken)


def _write_build(corpus: Corpus, model: str, name: str, build: Path, report: Report) -> Manifest:
    try:
        planned = plan(corpus)
    except SplitError as error:
        raise BuildRefused(f"{error} Install langchain-text-splitters as constraints.txt pins it.") from error
    encoder = _exported(model, build, report)
    vectors = {}
    projection = projection_for(model_digest(model))
    for kind in ALL_KINDS:
        report(f"Encoding {len(planned.texts[kind])} vectors of kind {kind}")
        if kind == "passage" and projection is not None:
            vectors[kind], tokens = encoded_passages(encoder, planned, projection)
            tokens.save(build / TOKENS)
        else:
            # An empty kind still needs to know its dimension.
            vectors[kind] = encoder.encode(planned.texts[kind] or [""])[: len(planned.texts[kind])]
        build_store(vectors[kind]).save(build / vector_file(kind))
    report("Learning to tell answered from unanswered questions")
    save_heads(build / HEADS, learn_heads(vectors, planned.texts, planned.rows, planned.documents))
    write_rows(build / ROWS, planned.rows)
    write_kept(build / CORPUS, corpus)
    english = all_words(model)
    (build / WORDS).write_text("\n".join(english), encoding="utf-8")
    lexicon = Lexicon.of(corpus, english)
    lexicon.write(build / LEXICON)
    StatedNames.of(lexicon, encoder).save(build / NAMES)
    LexicalIndex.build(planned.terms).save(build / LEXICAL)
    files = sorted(path for path in build.rglob("*") if path.is_file())
    manifest = Manifest(
        build=name,
        format=FORMAT,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        corpus_digest=corpus.digest,
        model=model,
        model_digest=model_digest(model),
        projection=projection_digest(model_digest(model)),
        dimension=vectors["passage"].shape[1],
        statements=len(corpus.statements),
        counts={kind: len(planned.texts[kind]) for kind in ALL_KINDS},
        files={path.relative_to(build).as_posix(): file_digest(path) for path in files},
    )
    manifest.write(build)
    for path in [*files, build / MANIFEST]:
        _flush(path)
    return manifest


def _exported(model: str, build: Path, report: Report) -> Encoder:
    """The encoder that will serve, put into ``build``. It encodes the statements, too: in less time than the model itself."""
    kept = _kept_export(build.parent, model)
    if kept is not None:
        shutil.copytree(kept, build / ENCODER, copy_function=_link)
    else:
        report("Loading the embedding model")
        loaded = load_encoder(model)
        report("Exporting the embedding model for serving")
        loaded.export(build / ENCODER)
    return OnnxEncoder.load(build / ENCODER, os.cpu_count() or 1)


def _kept_export(folder: Path, model: str) -> Path | None:
    """The export in the build that is published, if it is whole and of these very weights: writing one takes seconds."""
    try:
        build = current_build(folder)
        manifest = read_build(build)
    except IndexRefused:
        return None
    held = {name: digest for name, digest in manifest.files.items() if name.startswith(f"{ENCODER}/")}
    whole = all((build / name).is_file() and file_digest(build / name) == digest for name, digest in held.items())
    same = can_be_compared(model) and manifest.model_digest == model_digest(model)
    return build / ENCODER if held and whole and same else None


def _link(old: str, new: str) -> None:
    """One file on the drive for both builds: no file of a build is ever written again."""
    try:
        os.link(old, new)
    except OSError:  # a drive without links
        shutil.copy2(old, new)


def _publish(folder: Path, unfinished: Path, name: str) -> None:
    """Move a complete build to its place, then let CURRENT name it in one step."""
    unfinished.rename(folder / name)
    pointer = folder / f"{POINTER}.new"
    pointer.write_text(f"{name}\n", encoding="utf-8")
    _flush(pointer)
    os.replace(pointer, folder / POINTER)


def _remove_unfinished(folder: Path) -> None:
    """Clear away what a killed build left; the caller holds the lock, so nobody is writing there."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _remove_old_builds(folder: Path, current: str) -> None:
    builds = [path for path in folder.iterdir() if (path / MANIFEST).is_file() and path.name != current]
    newest_first = sorted(builds, key=lambda path: (path / MANIFEST).stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_BUILDS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _flush(path: Path) -> None:
    """Have the file on disk before anything names it: a power cut must not publish an empty file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
