"""The one door from the web to the service: what the web needs of it, and what is said when it fails."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import Protocol

from chatbot import page_text
from chatbot.answer import Answer, AnswerStatus
from chatbot.settings import Settings
from corpus.models import Corpus


class AnsweringService(Protocol):
    """What the web needs of :class:`chatbot.assembly.Service`. ``answer`` is thread safe."""

    @property
    def settings(self) -> Settings: ...

    @property
    def corpus(self) -> Corpus: ...

    @property
    def index_build(self) -> str: ...

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer: ...


def whole_characters(text: str) -> str:
    """The text as it can be stored and shown: JSON can carry halves of characters, which nothing can write down."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def ask(service: AnsweringService, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
    """The service's answer or, where the service failed, an apology with the status ``error_internal``."""
    question, history = whole_characters(question), [whole_characters(turn) for turn in history]
    try:
        return service.answer(question, history, explain=explain)
    except Exception as error:  # the server's edge: one broken answer must not end the page
        _report(error)
        return Answer(question, "", AnswerStatus.ERROR_INTERNAL, page_text.INTERNAL_ERROR)


def _report(error: Exception) -> None:
    """Log where an answer broke, never what it said: an exception's text may hold the asker's words."""
    from chatbot.access_log import log_of  # only where something broke: it would be a tenth of the time that `ask` takes

    last = traceback.extract_tb(error.__traceback__)[-1]
    log_of("chatbot").error("answer_failed", error=type(error).__name__, at=f"{last.filename}:{last.lineno}")
