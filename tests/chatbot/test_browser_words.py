"""Words on the chat page in a real Chromium: every code point of a quote arrives, and nothing typed is obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from chatbot.answer import Answer, AnswerStatus, Citation, Quote
from chatbot.assembly import Service
from chatbot.server import create_app
from tests.chatbot.browser_support import SEARCHED, chromium, visit
from tests.chatbot.web_support import SOURCE, FixedService, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]

HOSTILE = (
    "<img src=x onerror=alert(1)><style>*{display:none}</style> **bold** _it_ `code` [a](javascript:alert(1)) "
    "![p](https://evil.example/x.png) $x^2$ &amp; &#42; <think>no</think> # h https://evil.example <div class='answer'>"
)


@dataclass
class WholeDocument(FixedService):
    """Answers with every statement of a document, whatever is asked: each must reach the reader unchanged."""

    statements: tuple[tuple[str, str], ...] = ()

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        numbered = list(enumerate(self.statements, 1))
        return Answer(
            question,
            question,
            AnswerStatus.ANSWERED,
            "All of it:",
            quotes=tuple(Quote(text, id, 9 * number, 9 * number, number) for number, (id, text) in numbered),
            citations=tuple(
                Citation(number, id, "What we stand for", "All", True, None, None, "current", SOURCE, f"/statements/{id}")
                for number, (id, _) in numbered
            ),
        )


@pytest.fixture(scope="module")
def fixed() -> Iterator[str]:
    with served(create_app(FixedService())) as base:
        yield base


@pytest.fixture(scope="module")
def whole(service: Service) -> Iterator[tuple[str, list[str]]]:
    hostile = ("h", "  " + HOSTILE.replace("\n", " ") + "\n\n- a\u00a0b\n- c\u202fd  \u2028e\tf\u200bg \U0001f600 \u0627\u0644")
    statements = (*((id, statement.text) for id, statement in service.corpus.statements.items()), hostile)
    with served(create_app(WholeDocument(statements=statements))) as base:
        yield base, [text for _, text in statements]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_every_quote_reaches_the_reader_code_point_for_code_point(whole: tuple[str, list[str]], browser: Browser) -> None:
    base, texts = whole
    assert any("\u00a0" in text for text in texts[:-1])
    with visit(browser, base) as visitor:
        visitor.ask("all")
        assert visitor.last(".quote-text") == texts
        assert visitor.page.locator(".quote-text *").count() == 0
        assert visitor.foreign() == []


def test_what_the_asker_types_is_shown_and_never_obeyed(fixed: str, browser: Browser) -> None:
    with visit(browser, fixed) as visitor:
        visitor.page.on("dialog", lambda dialog: visitor.complaints.append(f"dialog: {dialog.message}"))
        visitor.ask(HOSTILE)
        assert visitor.texts(".asked") == [HOSTILE]
        assert visitor.page.locator(".asked *").count() == 0
        assert visitor.page.input_value(SEARCHED) == HOSTILE
        assert visitor.foreign() == []
        assert visitor.complaints == []
