"""Write an embedding model as an ONNX graph with its tokenizer, and check that it gives the same vectors. Imports torch.

Importing this module costs seconds: it is imported when an index is built, never to serve.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers import PreTrainedModel

from index.encoder import Vectors
from index.errors import IndexRefused, ModelRefused
from index.onnx_encoder import DESCRIPTION, GRAPH, INPUTS, OUTPUT, TOKEN_OUTPUT, TOKENIZER, OnnxEncoder

LEAST_COSINE = 0.9999  # of an exported vector to the model's own; what rounding leaves is 1 - 1e-6
PROBES = (
    "funding",
    "What should happen to schools that are short of teachers of physics?",
    " Two\u00a0spaces,  “curly quotes” – a dash, an émigré, 学校 and \U0001f642 ",
    "inspection " * 600,  # beyond any limit of tokens
)


def export(model: SentenceTransformer, folder: Path) -> None:
    """Write graph, tokenizer and their description into a new ``folder``.

    Raises:
        ModelRefused: if the model cannot be exported or its export gives other vectors than the model itself.
    """
    expected = np.asarray(model.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False))
    folder.mkdir()
    try:
        _write_graph(model, folder / GRAPH)
        (folder / TOKENIZER).write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
        (folder / DESCRIPTION).write_text(json.dumps(_description(model, expected.shape[1])) + "\n", encoding="utf-8")
        exported = OnnxEncoder.load(folder, threads=1).encode(PROBES)
    except (RuntimeError, ValueError, TypeError, AttributeError, IndexRefused) as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelRefused(_refusal(f"it cannot be written as an ONNX graph: {reason}")) from error
    _check_same(expected, exported)


def _description(model: SentenceTransformer, dimension: int) -> dict[str, int]:
    if model.max_seq_length is None:
        raise ValueError("it says of no text that it is too long")
    return {"dimension": dimension, "tokens": model.max_seq_length, "padding": int(model.tokenizer.pad_token_id or 0)}


def _check_same(expected: Vectors, exported: Vectors) -> None:
    worst = float((expected * exported).sum(axis=1).min())
    if worst < LEAST_COSINE:
        raise ModelRefused(_refusal(f"its ONNX graph gives other vectors than the model itself, cosine {worst:.4f}"))


def _refusal(reason: str) -> str:
    return (
        f"The embedding model cannot be served ({reason}). Set ASCL_CHAT_MODEL to a sentence-transformers model of a text "
        "transformer with pooling, a fast tokenizer and no prompts."
    )


def _write_graph(model: SentenceTransformer, path: Path) -> None:
    for part in model.modules():
        if isinstance(part, PreTrainedModel):
            part.set_attn_implementation("eager")  # the graph of the fused one is a third longer and slower
    tokens = torch.ones((2, 7), dtype=torch.int64)
    mask = torch.tensor([[1] * 7, [1] * 4 + [0] * 3])  # with padding: an example without would be exported without a mask
    shape = {0: "texts", 1: "tokens"}
    with _quiet(), torch.no_grad():
        torch.onnx.export(
            _UnitVectors(model).eval(),
            (tokens, mask),
            path,
            input_names=list(INPUTS),
            output_names=[OUTPUT, TOKEN_OUTPUT],
            dynamic_shapes=(shape, shape),
            external_data=True,  # see WEIGHTS in onnx_encoder
            dynamo=True,
            verbose=False,
        )


class _UnitVectors(torch.nn.Module):
    """A whole sentence-transformers model, from token numbers and mask to vectors of length 1 and those of the tokens."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self._model = model

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        made = self._model({"input_ids": tokens, "attention_mask": mask})
        return torch.nn.functional.normalize(made["sentence_embedding"], p=2, dim=1), made["token_embeddings"]


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter warns of its own deprecated parts and of packages that this model has no use for."""
    log = logging.getLogger("torch.onnx")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
