"""A small honest service for the web's tests: fixed answers cut from the real document, and ways to serve a page."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from chatbot.answer import Answer, AnswerStatus, Citation, Nearest, Quote
from chatbot.settings import Settings, load_settings
from chatbot.starters import with_starters
from corpus.loading import load_corpus
from corpus.models import Corpus
from tests.support import SHIPPED

DOCUMENT = Path(__file__).resolve().parents[2] / "corpus" / "documents" / "what-we-stand-for.md"
SOURCE = "https://www.ascl.org.uk/about-us/what-we-stand-for.html"
UNDATED = "This page carries no date; it may not be ASCL's current position."


def body() -> str:
    """The canonical text: what follows the front matter."""
    return DOCUMENT.read_bytes().decode("utf-8").split("---\n", 2)[2]


def quote(text: str, citation: int) -> Quote:
    start = body().index(text)
    return Quote(text, f"what-we-stand-for/example/{citation:08x}", start, start + len(text), citation)


def citation(number: int, section: str, *, inferred: bool = False, url: str | None = SOURCE) -> Citation:
    statement = f"what-we-stand-for/example/{number:08x}"
    return Citation(
        number, statement, "What we stand for", section, inferred, None, None, "current", url, f"/statements/{statement}"
    )


def inspection_answer(question: str) -> Answer:
    lines = body().split("## Inspection reform\n\n")[1].split("\n\nASCL policy paper: Inspection")[0].split("\n\n")
    return Answer(
        question,
        "Ofsted inspection",
        AnswerStatus.ANSWERED,
        "In “What we stand for”, ASCL says:",
        quotes=tuple(quote(line, number) for number, line in enumerate(lines, 1)),
        citations=tuple(citation(number, "Inspection reform") for number, _ in enumerate(lines, 1)),
        see_also=("ASCL policy paper: Inspection",),
        notices=(UNDATED,),
    )


def no_position(question: str) -> Answer:
    return Answer(
        question,
        question,
        AnswerStatus.NO_POSITION,
        "No published position on that was found here.",
        see_also=("ASCL policy paper: Managing and Reducing Workload",) if "workload" in question.lower() else (),
        nearest=(Nearest("Inspection reform", "a"), Nearest("Teacher professionalism", "b")),
    )


@cache
def shipped_corpus() -> Corpus:
    """The corpus of this repository, read once."""
    return load_corpus(SHIPPED)


@dataclass
class FixedService:
    """Answers about Ofsted, abstains on the rest, fails on request; remembers what it was asked."""

    settings: Settings = field(default_factory=lambda: with_starters(load_settings(), shipped_corpus()))
    index_build: str = "fixed"
    corpus: Corpus = field(default_factory=shipped_corpus)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        self.asked.append((question, tuple(history)))
        if "break now" in question:
            raise RuntimeError(f"secret detail about {question}")
        if len(question) > self.settings.question_limit:
            return Answer(question, "", AnswerStatus.DECLINED_TOO_LONG, "That is longer than can be taken here.")
        if not question.strip():
            return Answer(question, "", AnswerStatus.DECLINED_EMPTY, "Please type a question.")
        about_inspection = any(word in question.lower() for word in ("ofsted", "inspect"))
        return inspection_answer(question) if about_inspection else no_position(question)


@contextlib.contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The application on a free port of this machine; gives the address it is served at, without a final slash."""
    # Of a named protocol, or asyncio leaves Nagle's algorithm on, which costs 40 ms a request.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1, proxy_headers=False
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server ended before it listened"
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
