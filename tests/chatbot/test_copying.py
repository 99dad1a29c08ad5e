"""Whatever way a reader takes ASCL's words off a page, the quote checker knows them again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from chatbot.assembly import Service
from chatbot.server import create_app
from chatbot.verification import Result
from chatbot.verifying import Verifier
from tests.chatbot.browser_support import chromium, visit
from tests.chatbot.web_support import served
from tests.chatbot.widget.widget_support import opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]
# One heading printed and one inferred; one statement and several.
QUESTIONS = ("What does ASCL think about Ofsted?", "Who should decide the curriculum?")
SELECTED = """one => { getSelection().selectAllChildren(one); const text = getSelection().toString();
    getSelection().removeAllRanges(); return text; }"""


@pytest.fixture(scope="module")
def base(service: Service) -> Iterator[str]:
    with served(create_app(service)) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def passes(service: Service, page: Page, selectors: tuple[str, ...]) -> None:
    verifier = Verifier(service.corpus)
    for selector in selectors:
        texts: list[str] = [one.evaluate(SELECTED) for one in page.locator(selector).all()]
        assert texts, selector
        for text in texts:
            found = verifier.verify(text)
            assert found.result is Result.VERIFIED, (text, found.differences)


def test_an_answer_selected_on_the_chat_page(base: str, service: Service, browser: Browser) -> None:
    with visit(browser, base) as visitor:
        for question in QUESTIONS:
            visitor.ask(question)
        passes(service, visitor.page, (".quote-text", "figure.quote", ".answer"))


def test_an_answer_selected_on_the_light_page(base: str, service: Service, browser: Browser) -> None:
    with opened(browser, f"{base}/embed") as tab:
        for question in QUESTIONS:
            tab.light.ask(question)
        passes(service, tab.page, (".quote-text", "figure.quote", ".exchange > .answer"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_selected_on_the_page_without_script(base: str, service: Service, browser: Browser, question: str) -> None:
    with opened(browser, f"{base}/ask") as tab:
        tab.page.fill("#q", question)
        tab.page.click("form.ask button")
        passes(service, tab.page, (".quote-text", "figure.quote", ".answer"))


def test_a_statement_selected_on_its_permalink_and_each_way_to_cite_it(base: str, service: Service, browser: Browser) -> None:
    verifier = Verifier(service.corpus)
    with opened(browser, base) as tab:
        for statement in list(service.corpus.statements.values())[::7]:
            tab.page.goto(f"{base}/statements/{statement.id}")
            passes(service, tab.page, ("mark",))
            forms = [box.input_value() for box in tab.page.locator(".cite textarea").all()]
            assert [verifier.verify(form).result for form in forms] == [Result.VERIFIED] * 4
