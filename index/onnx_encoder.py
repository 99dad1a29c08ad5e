"""The encoder that serves: the model exported at build time, run without torch. The only importer of onnxruntime and tokenizers.

The graph takes token numbers and a mask, both of shape (texts, tokens), and ends in unit vectors, with those of the tokens
beside them: pooling and length are inside it, so that whatever the model was made of there is nothing left to do here.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.encoder import Encoded, Vectors
from index.errors import MEND, IndexRefused

GRAPH = "model.onnx"
WEIGHTS = "model.onnx.data"  # named by the graph; mapped, not read: a third of the memory and of the time to load
TOKENIZER = "tokenizer.json"
DESCRIPTION = "encoder.json"
INPUTS = ("tokens", "mask")
OUTPUT = "vectors"
TOKEN_OUTPUT = "token_vectors"
BATCH = 64  # texts of about the same length; larger batches are no faster on two cores
_QUIET = 3  # errors only: onnxruntime would write warnings of its own to standard error


class OnnxEncoder:
    """Encodes with an exported model on the CPU. Thread safe: neither the session nor the tokenizer changes."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, dimension: int, padding: int) -> None:
        self.dimension = dimension
        self._session = session
        self._tokenizer = tokenizer
        self._padding = padding

    @classmethod
    def load(cls, folder: Path, threads: int) -> OnnxEncoder:
        """Load what :func:`index.exporting.export` wrote; one encoding runs on ``threads`` cores, if there are as many.

        Raises:
            IndexRefused: if a file is missing or damaged, or they do not fit one another.
        """
        try:
            held = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            tokenizer.no_padding()  # this model's own file would pad every text to 128 tokens
            tokenizer.enable_truncation(int(held["tokens"]))
            encoder = cls(_session(folder / GRAPH, threads), tokenizer, int(held["dimension"]), int(held["padding"]))
            encoder._check_fit()
        except Exception as error:  # both libraries raise bare Exceptions for a file that they cannot read
            raise IndexRefused(f"The exported model in {folder} cannot be loaded ({_first_line(error)}). {MEND}") from error
        return encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row per text, shape (len(texts), dimension). What goes beyond the model's limit of tokens is cut."""
        tokens = self._tokens(texts)
        vectors = np.empty((len(tokens), self.dimension), dtype=np.float32)
        for places in _batches(tokens):
            (vectors[places],) = self._run([tokens[place] for place in places], OUTPUT)
        return vectors

    def encode_fully(self, texts: Sequence[str]) -> list[Encoded]:
        """See :class:`index.encoder.Encoder`."""
        tokens = self._tokens(texts)
        encoded: dict[int, Encoded] = {}
        for places in _batches(tokens):
            vectors, of_tokens = self._run([tokens[place] for place in places], OUTPUT, TOKEN_OUTPUT)
            for place, vector, own in zip(places, vectors, of_tokens, strict=True):
                # A copy: a view of a long text's tokens would keep the whole batch.
                encoded[place] = Encoded(vector, own[: len(tokens[place])].copy())
        return [encoded[place] for place in range(len(tokens))]

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [self._tokenizer.encode(text).ids for text in texts]

    def _run(self, tokens: Sequence[Sequence[int]], *outputs: str) -> list[Vectors]:
        shape = len(tokens), max(len(row) for row in tokens)
        padded = np.full(shape, self._padding, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for place, row in enumerate(tokens):
            padded[place, : len(row)] = row
            mask[place, : len(row)] = 1
        given: list[Any] = self._session.run(list(outputs), dict(zip(INPUTS, (padded, mask), strict=True)))
        return [np.asarray(one, dtype=np.float32) for one in given]

    def _check_fit(self) -> None:
        """Refuse files that were each read but are not of one another: a first text is encoded."""
        taken = {taken.name for taken in self._session.get_inputs()}
        if taken != set(INPUTS):
            raise ValueError(f"its graph takes {', '.join(sorted(taken))} where {', '.join(INPUTS)} are given")
        tokens = self._tokens(["school"])
        vectors, of_tokens = self._run(tokens, OUTPUT, TOKEN_OUTPUT)
        if vectors.shape != (1, self.dimension):
            raise ValueError(f"its graph gives vectors of shape {vectors.shape[1:]} where {DESCRIPTION} says {self.dimension}")
        if of_tokens.shape[:2] != (1, len(tokens[0])):
            raise ValueError(f"its graph gives {of_tokens.shape[:2]} vectors for {len(tokens[0])} tokens")


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of texts to encode in one run: those of one batch are padded to the longest, so they are alike in length."""
    by_length = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
    for start in range(0, len(by_length), BATCH):
        yield by_length[start : start + BATCH]


def _session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(threads, _cores())
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # Threads of one run wait for one another busily, but briefly: waking one takes longer than its share of a question,
    # and on a busy machine longer waiting keeps the one waited for from its core. Measured: 20 us lose nothing when idle.
    options.add_session_config_entry("session.intra_op.spin_duration_us", "20")
    options.add_session_config_entry("session.force_spinning_stop", "1")
    options.log_severity_level = _QUIET
    return onnxruntime.InferenceSession(
        str(graph),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # measured: the fused step takes twice the time of its parts on a CPU
    )


def _cores() -> int:
    """The cores that this process may use, where the system tells; a container may have fewer than its machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0].rstrip(".") or type(error).__name__
