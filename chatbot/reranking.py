"""A second opinion on the order of what was found, by a CrossEncoder that whoever runs the service may name.

It never lets an answer through or refuses one: the judge, which was calibrated without it, keeps that decision. It only
weighs which of the statements found leads and which belong beside it. Off unless it is set; it loads torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from chatbot.settings import PREFIX, SettingsError

RERANKED = 20  # candidates of a question, best fit first; the rest are too far off to lead

Shares = NDArray[np.float64]


class Reranker(Protocol):
    """Tells how well each of some texts answers a question."""

    def scores(self, question: str, texts: Sequence[str]) -> Shares:
        """One number in [0, 1] for each text, shape (len(texts),)."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one label."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._one_at_a_time = Lock()  # its tokenizer refuses a second thread

    @classmethod
    def load(cls, name: str) -> CrossEncoderReranker:
        """Load it from a folder or by the name of a model that is already on this machine, or may be fetched.

        Raises:
            SettingsError: if there is no such model, it is no CrossEncoder, or it tells more than one label.
        """
        try:
            from sentence_transformers import CrossEncoder

            model = CrossEncoder(name, device="cpu", model_kwargs={"use_safetensors": True})  # never a pickle
        except ImportError as error:
            raise _refused(name, "the package sentence-transformers is not installed") from error
        except Exception as error:  # the library lets through whatever the files' readers raise
            raise _refused(name, str(error).strip().split("\n", 1)[0].rstrip(".") or type(error).__name__) from error
        kinds = model.config.architectures or []
        if kinds and all(kind.endswith("Model") for kind in kinds):
            raise _refused(name, f"it is a plain encoder ({', '.join(kinds)}), whose scores would be chance")
        if model.num_labels != 1:
            raise _refused(name, f"it tells {model.num_labels} labels apart where one is wanted")
        return cls(model)

    def scores(self, question: str, texts: Sequence[str]) -> Shares:
        """See :class:`Reranker`; the model's own numbers brought to [0, 1] by the logistic function."""
        pairs = [(question, text) for text in texts]
        with self._one_at_a_time:
            # A callable that changes nothing, so that a model's own last step (some have one, some not) is left out.
            told = self._model.predict(pairs, activation_fn=_unchanged, show_progress_bar=False)
        return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(told, dtype=np.float64).reshape(len(texts)))))


def reweighed(fits: Shares, scores: Shares) -> Shares:
    """Fits of candidates, best first, with a second opinion on the first ``len(scores)`` of them, both shape (candidates,).

    The geometric mean of both opinions.
    """
    weighed = fits.copy()
    weighed[: len(scores)] = np.sqrt(fits[: len(scores)] * scores)
    # Those that were not weighed stay behind those that were.
    weighed[len(scores) :] = np.minimum(weighed[len(scores) :], weighed[: len(scores)].min(initial=1.0))
    return weighed


def _unchanged(logits: Any) -> Any:
    return logits


def _refused(name: str, reason: str) -> SettingsError:
    return SettingsError(
        f"The setting {PREFIX}RERANKER cannot be {name!r}: {reason}. Give the folder or the name of a sentence-transformers "
        "CrossEncoder with one label, or leave it empty."
    )
