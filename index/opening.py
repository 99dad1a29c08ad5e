"""Open a published index for searching, or refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.kept import kept_sources, read_kept
from corpus.models import Corpus
from index.embedding import can_be_compared, file_digest, model_digest
from index.encoder import Encoder
from index.english import all_words
from index.errors import MEND, IndexRefused
from index.faiss_store import VectorStore, build_store, load_store
from index.heads import Head, learn_heads, load_heads
from index.late_interaction import VECTORS, Projection, TokenStore, encoded_passages, projection_digest, projection_for
from index.lexical import LexicalIndex
from index.lexicon import Lexicon
from index.manifest import (
    CORPUS,
    ENCODER,
    HEADS,
    LEXICAL,
    LEXICON,
    NAMES,
    ROWS,
    TOKENS,
    WORDS,
    Manifest,
    current_build,
    read_build,
    vector_file,
)
from index.names import StatedNames
from index.onnx_encoder import WEIGHTS, OnnxEncoder
from index.rows import ALL_KINDS, Rows, document_numbers, plan, read_rows, section_numbers


@dataclass(frozen=True)
class OpenIndex:
    """A built index in memory.

    The encoder of its vectors; a vector store and its rows for each kind, the lexical index, the head of each document
    that has one, the known English words with the most frequent first, the lexicon, the vectors of what things are called,
    the tokens of each statement with what they were projected by, where there is a projection for this embedding model, and the
    number of each statement's document and section.
    """

    manifest: Manifest
    encoder: Encoder
    stores: Mapping[str, VectorStore]
    rows: Mapping[str, Rows]
    lexical: LexicalIndex
    heads: Mapping[int, Head]
    words: tuple[str, ...]
    lexicon: Lexicon
    names: StatedNames
    projection: Projection | None
    tokens: TokenStore | None
    documents: Sequence[int]
    sections: Sequence[int]


def kept_corpus(folder: Path, corpus_folder: Path) -> Corpus | None:
    """The corpus as the published build keeps it, in a part of the time that loading it takes; None if it is another now.

    Nothing is wrong then that loading the corpus and opening the index would not say.
    """
    try:
        build = current_build(folder)
        manifest = read_build(build)
        _check_files(build, manifest, [CORPUS])
        kept = read_kept(build / CORPUS, corpus_folder)
        return kept if kept is not None and kept.digest == manifest.corpus_digest else None
    except (IndexRefused, CorpusError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def open_index(folder: Path, corpus: Corpus, model: str, threads: int = 1) -> OpenIndex:
    """Open the build that ``folder`` publishes, to encode a question on ``threads`` cores. Never builds, never loads torch.

    Raises:
        IndexRefused: if it is missing, damaged, or made from another corpus or model.
    """
    build = current_build(folder)
    manifest = read_build(build)
    _check_origin(manifest, corpus, model)
    # The rest is checked before anything reads it; these are mere numbers, and large, checked while the rest is loaded.
    numbers = manifest.files.keys() & {f"{ENCODER}/{WEIGHTS}", f"{TOKENS}/{VECTORS}"}
    _check_files(build, manifest, manifest.files.keys() - numbers)
    with ThreadPoolExecutor(2) as aside:
        checked = aside.submit(_check_files, build, manifest, numbers)
        # Making a session takes as long as all the rest, and leaves Python to others.
        encoder = aside.submit(OnnxEncoder.load, build / ENCODER, threads)
        try:
            return _opened(build, manifest, corpus, encoder)
        finally:
            checked.result()  # says more than a failure to load


def _opened(build: Path, manifest: Manifest, corpus: Corpus, encoder: Future[OnnxEncoder]) -> OpenIndex:
    try:
        parts: dict[str, Any] = {
            "stores": {kind: load_store(build / vector_file(kind)) for kind in ALL_KINDS},
            "rows": read_rows(build / ROWS),
            "lexical": LexicalIndex.load(build / LEXICAL, manifest.statements),
            "heads": load_heads(build / HEADS),
            "words": tuple((build / WORDS).read_text(encoding="utf-8").split()),
            "lexicon": Lexicon.read(build / LEXICON),
            "names": StatedNames.load(build / NAMES),
            "tokens": TokenStore.load(build / TOKENS) if manifest.projection else None,
        }
        return OpenIndex(
            manifest=manifest,
            encoder=encoder.result(),
            projection=projection_for(manifest.model_digest),
            documents=document_numbers(corpus),
            sections=section_numbers(corpus),
            **parts,
        )
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise IndexRefused(f"The index in {build} cannot be read ({error}). {MEND}") from error


def in_memory(corpus: Corpus, encoder: Encoder, model: str, projection: Projection | None = None) -> OpenIndex:
    """An index that is never written: for calibration, which tries corpora that nobody serves.

    Its tokens are projected by ``projection``, or the one that ships with the code.
    """
    planned = plan(corpus)
    vectors = {kind: encoder.encode(planned.texts[kind] or [""])[: len(planned.texts[kind])] for kind in ALL_KINDS}
    digest = model_digest(model)
    projection = projection or projection_for(digest)
    tokens = encoded_passages(encoder, planned, projection)[1] if projection is not None else None
    manifest = Manifest("memory", 0, "", corpus.digest, model, digest, "", 0, len(corpus.statements), {}, {})
    english = all_words(model)
    lexicon = Lexicon.of(corpus, english)
    return OpenIndex(
        manifest,
        encoder,
        {kind: build_store(vectors[kind]) for kind in ALL_KINDS},
        planned.rows,
        LexicalIndex.build(planned.terms),
        learn_heads(vectors, planned.texts, planned.rows, planned.documents),
        english,
        lexicon,
        StatedNames.of(lexicon, encoder),
        projection,
        tokens,
        planned.documents,
        section_numbers(corpus),
    )


def is_current(folder: Path, corpus: Corpus, model: str) -> bool:
    """Whether the published build was made from this corpus and model and none of its files was changed."""
    try:
        build = current_build(folder)
        manifest = read_build(build)
        check_build(build, manifest, corpus, model)
        # A build that keeps the corpus as other rules read it serves, but never again starts as quickly.
        return not corpus.sources or kept_sources(build / CORPUS) == corpus.sources
    except (IndexRefused, OSError, ValueError, LookupError, TypeError):
        return False


def check_build(build: Path, manifest: Manifest, corpus: Corpus, model: str) -> None:
    """Refuse a build that does not fit its corpus or model, or whose files were changed since.

    Raises:
        IndexRefused: naming what does not fit and the command that mends it.
    """
    _check_origin(manifest, corpus, model)
    _check_files(build, manifest, manifest.files)


def _check_origin(manifest: Manifest, corpus: Corpus, model: str) -> None:
    if manifest.model != model:
        raise IndexRefused(f"The index was built with the model {manifest.model!r}, but the setting is {model!r}. {MEND}")
    if can_be_compared(model) and manifest.model_digest != model_digest(model):
        raise IndexRefused(f"The files of the model {model!r} have changed since the index was built. {MEND}")
    if manifest.projection != projection_digest(manifest.model_digest):
        raise IndexRefused(f"The index was built with other learnt weights than this software's. {MEND}")
    if manifest.corpus_digest != corpus.digest:
        raise IndexRefused(f"The documents or curated questions have changed since the index was built. {MEND}")


def _check_files(build: Path, manifest: Manifest, names: Iterable[str]) -> None:
    for name in names:
        path = build / name
        try:
            whole = path.is_file() and file_digest(path) == manifest.files.get(name)
        except OSError as error:
            remedy = "Let this user read it, or build it again."
            raise IndexRefused(f"The index file {path} cannot be read ({error.strerror or error}). {remedy}") from error
        if not whole:
            raise IndexRefused(f"The index file {path} is missing or damaged. {MEND}")
