"""What an encoder is: the seam between texts and vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text: its unit vector, shape (dimension,), and what the model makes of each token, shape (tokens, its width)."""

    vector: Vectors
    tokens: Vectors


class Encoder(Protocol):
    """Turns texts into unit vectors, so that an inner product is a cosine similarity."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape (len(texts), dimension), each row of Euclidean length 1."""
        ...

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        """The same vectors, and those of each text's tokens, of any length."""
        ...


class Exportable(Encoder, Protocol):
    """An encoder to build with, which can be written down for serving."""

    def export(self, folder: Path) -> None:
        """Write an encoder of the same vectors into a new ``folder``, for :class:`index.onnx_encoder.OnnxEncoder`.

        Raises:
            ModelRefused: if it cannot be written or would give other vectors.
        """
        ...
