"""The chat page as a finished page: accessibility rules, a question in the address, keeping the conversation, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from chatbot.server import create_app
from chatbot.starters import from_corpus
from tests.chatbot.axe_support import violations
from tests.chatbot.browser_support import LOOKS, QUESTION, Visit, chromium, visit
from tests.chatbot.web_support import FixedService, served, shipped_corpus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def fixed() -> Iterator[tuple[str, FixedService]]:
    service = FixedService()
    with served(create_app(service)) as base:
        yield base, service


@LOOKS
def test_no_accessibility_rule_is_broken_empty_answered_or_left_alone(
    fixed: tuple[str, FixedService], browser: Browser, screen: str, scheme: str
) -> None:
    with visit(browser, fixed[0], screen, scheme) as visitor:
        assert violations(visitor.page) == []
        visitor.ask("What does ASCL think about Ofsted?")
        assert violations(visitor.page) == []
        visitor.ask("school trips")
        assert violations(visitor.page) == []
        assert visitor.overflow() <= 0


def test_text_at_twice_its_size_is_not_lost(fixed: tuple[str, FixedService], browser: Browser) -> None:
    with visit(browser, fixed[0]) as visitor:
        visitor.ask("What does ASCL think about Ofsted?")
        visitor.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert visitor.overflow() <= 0
        expect(visitor.page.locator("#keep button").first).to_be_visible()


def test_a_question_in_the_address_is_written_into_the_box_and_never_sent(
    fixed: tuple[str, FixedService], browser: Browser
) -> None:
    base, service = fixed
    asked = len(service.asked)
    with visit(browser, base) as visitor:
        visitor.page.goto(f"{base}/chat/?q=What+about+%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+Ofsted%3F")
        expect(visitor.page.locator(QUESTION)).to_have_value("What about <img src=x onerror=alert(1)> Ofsted?")
        visitor.page.wait_for_timeout(300)
        assert len(service.asked) == asked
        visitor.page.click("#ask button, button#ask")
        visitor.answered(1)
        assert service.asked[-1][0] == "What about <img src=x onerror=alert(1)> Ofsted?"
        assert visitor.foreign() == []


def kept(visitor: Visit, form: str, folder: Path) -> str:
    with visitor.page.expect_download() as waiting:
        visitor.page.click(f"#keep button[value={form}]")
    waiting.value.save_as(folder / form)
    return (folder / form).read_text(encoding="utf-8")


def test_the_conversation_can_be_kept_with_its_sources(fixed: tuple[str, FixedService], browser: Browser, tmp_path: Path) -> None:
    with visit(browser, fixed[0], accept_downloads=True) as visitor:
        expect(visitor.page.locator("#keep")).to_be_hidden()
        visitor.ask("What does ASCL think about *Ofsted*?")
        visitor.ask("school trips")
        text, markdown = kept(visitor, "text", tmp_path), kept(visitor, "markdown", tmp_path)
        for said in ("No published position on that was found here.", "[1] What we stand for", "school trips"):
            assert said in text
        assert "What does ASCL think about *Ofsted*?" in text
        assert "## What does ASCL think about \\*Ofsted\\*?" in markdown and "\n> “" in markdown
        quotes: list[Any] = visitor.texts(".quote-text")
        assert quotes and all(quote in text for quote in quotes)
        assert visitor.kept()["local"] == {} and visitor.kept()["cookies"] == []


def test_in_print_only_the_conversation_is_left(fixed: tuple[str, FixedService], browser: Browser) -> None:
    with visit(browser, fixed[0]) as visitor:
        visitor.ask("What does ASCL think about Ofsted?")
        visitor.page.emulate_media(media="print")
        assert visitor.page.locator(".quote-text").first.is_visible()
        for selector in ("#composer", "#keep", ".copy-button", ".page-header nav"):
            assert not visitor.page.locator(selector).first.is_visible(), selector


ANNOUNCED = """() => {
    window.announced = [];
    new MutationObserver(changes => {
        for (const change of changes) for (const node of change.addedNodes) {
            const region = (node.nodeType === 1 ? node : node.parentElement).closest('[aria-live], [role=log], [role=status]');
            const text = node.textContent.trim();
            if (region && text) window.announced.push(text);
        }
    }).observe(document.body, {childList: true, subtree: true, characterData: true}); }"""


def test_an_answer_is_announced_once(fixed: tuple[str, FixedService], browser: Browser) -> None:
    with visit(browser, fixed[0]) as visitor:
        visitor.ask("school trips")
        visitor.page.evaluate(ANNOUNCED)
        visitor.ask("What does ASCL think about Ofsted?")
        visitor.page.wait_for_timeout(500)  # for whatever might follow
        heard = visitor.page.evaluate("window.announced")
        assert len([text for text in heard if "slim, stable and smart" in text]) == 1
        assert len([text for text in heard if "No published position" in text]) == 0, "the answer before it, again"
        assert len(heard) <= 4, heard  # the question, that it is being looked for, the answer


def test_print_is_dark_on_white_whatever_the_screen_was(fixed: tuple[str, FixedService], browser: Browser) -> None:
    with visit(browser, fixed[0], scheme="dark") as visitor:
        visitor.ask("What does ASCL think about Ofsted?")
        visitor.page.emulate_media(media="print")
        for selector in (".quote-text", ".message", "figcaption", ".asked", ".page-header h1", ".page-footer p"):
            colour = visitor.page.locator(selector).first.evaluate("one => getComputedStyle(one).color")
            assert colour in ("rgb(0, 0, 0)", "rgb(51, 51, 51)"), selector


def test_questions_to_start_with_name_topics_of_the_corpus() -> None:
    offered = from_corpus(shipped_corpus())
    assert "What does ASCL say about inspection reform?" in offered
    assert len(offered) == len(set(offered)) == 4
