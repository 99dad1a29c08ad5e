"""What a built index says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import MEND, IndexRefused

FORMAT = 10  # raised whenever what is written into a build changes
MANIFEST = "manifest.json"
POINTER = "CURRENT"
ROWS = "rows.json"
LEXICAL = "lexical"
WORDS = "words.txt"
HEADS = "heads.npz"
ENCODER = "encoder"
LEXICON = "lexicon.json"
NAMES = "names.npz"
CORPUS = "corpus.json"
TOKENS = "tokens"

_NAME = re.compile(r"[0-9a-f]{16}(-\d+)?")  # a name from a damaged CURRENT must not lead out of the folder


@dataclass(frozen=True)
class Manifest:
    """A build: what it was made from, and the SHA-256 of each of its files by name relative to the build.

    ``projection`` is the digest of the learnt weights that its tokens were projected with, empty where there are none.
    """

    build: str
    format: int
    created: str
    corpus_digest: str
    model: str
    model_digest: str
    projection: str
    dimension: int
    statements: int
    counts: Mapping[str, int]
    files: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a build."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def current_build(folder: Path) -> Path:
    """The folder of the published build.

    Raises:
        IndexRefused: if none is published.
    """
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexRefused(f"There is no index in {folder}. {MEND}") from error
    if not _NAME.fullmatch(name) or not (folder / name).is_dir():
        raise IndexRefused(f"The index that {folder / POINTER} names is not there. {MEND}")
    return folder / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the published build in an index folder.

    Raises:
        IndexRefused: if there is none that can be read.
    """
    return read_build(current_build(folder))


def read_build(build: Path) -> Manifest:
    """The manifest of one build.

    Raises:
        IndexRefused: if it is missing, damaged or of another format.
    """
    try:
        fields = json.loads((build / MANIFEST).read_text(encoding="utf-8"))
        if fields.get("format") != FORMAT:
            raise IndexRefused(f"The index was built by another version of this software. {MEND}")
        if not isinstance(fields["files"], dict) or not fields["files"]:
            raise ValueError("a manifest that lists no files would vouch for any")
        return Manifest(**fields)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexRefused(f"The index's manifest {build / MANIFEST} is missing or damaged. {MEND}") from error


def vector_file(kind: str) -> str:
    """The name of the file that holds one kind of vectors."""
    return f"{kind}.faiss"
