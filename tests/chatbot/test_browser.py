"""The chat page as a visitor meets it: typed into, read from the page and left again, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from chatbot.assembly import Service
from chatbot.rendering import render_copy
from chatbot.server import create_app
from tests.chatbot.browser_support import QUESTION, SEARCHED, Visit, chromium, visit
from tests.chatbot.web_support import SOURCE, FixedService, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]

OFSTED = "What does ASCL think about Ofsted?"


@pytest.fixture(scope="module")
def real(service: Service) -> Iterator[str]:
    with served(create_app(service)) as base:
        yield base


@pytest.fixture(scope="module")
def fixed() -> Iterator[str]:
    with served(create_app(FixedService())) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize(("screen", "scheme"), [("desk", "light"), ("phone", "dark"), ("small", "light")])
def test_a_typed_question_is_answered_in_ascl_s_own_words(
    real: str, service: Service, browser: Browser, screen: str, scheme: str
) -> None:
    with visit(browser, real, screen, scheme) as visitor:
        assert visitor.overflow() == 0
        visitor.ask(OFSTED)
        answer = service.answer(OFSTED)
        document = service.corpus.documents[0]
        assert visitor.texts(".asked") == [OFSTED]
        assert visitor.last(".quote-text") == [quote.text for quote in answer.quotes]
        assert len(answer.quotes) >= 4
        assert all(text in document.text for text in visitor.last(".quote-text"))
        for shown in visitor.last("figcaption"):
            place, _, link = shown.partition(" (undated) ")
            assert re.match(r"\[\d\] What we stand for, Inspection reform \(opens in a new tab\)$", place)
            assert link == "Link to these words (opens in a new tab)"
        assert visitor.last(".see-also li") == ["ASCL policy paper: Inspection"]
        assert visitor.page.input_value(SEARCHED) == answer.searched_for
        assert visitor.overflow() == 0
        assert visitor.page.evaluate("document.documentElement.lang") == "en-GB"
        assert visitor.page.evaluate("document.body.classList.contains('dark')") is (scheme == "dark")
        assert visitor.complaints == []


def test_nothing_is_fetched_from_another_host_and_nothing_is_kept(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask(OFSTED)
        visitor.ask("mobile phones")
        visitor.page.click("#clear")
        expect(visitor.page.locator("#starters")).to_be_visible()
        assert visitor.foreign() == []
        assert len(visitor.asked_for) < 70  # 56 requests and 272 kB were measured with gradio 6.31.0
        kept = visitor.kept()
        assert {name: value for name, value in kept.items() if value} == {}


def test_a_citation_opens_its_source_in_a_new_tab_that_knows_nothing_of_us(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask(OFSTED)
        link = visitor.page.locator(".answer figcaption a").first
        assert link.get_attribute("rel") == "noopener noreferrer"
        with visitor.context.expect_page() as opened:
            link.click()
        source = opened.value
        source.wait_for_load_state()
        assert source.url == SOURCE
        assert source.evaluate("window.opener") is None
        assert source.evaluate("document.referrer") == ""
        assert visitor.page.url == f"{real}/chat/"


def test_an_abstention_names_topics_that_can_be_asked_about(real: str, browser: Browser) -> None:
    with visit(browser, real, "phone") as visitor:
        visitor.ask("mobile phones")
        expect(visitor.page.locator(".answer.no_position")).to_have_count(1)
        assert visitor.last(".quote") == []
        topics = visitor.last(".nearest button")
        assert topics
        visitor.page.locator(".nearest button").first.click()
        visitor.answered(2)
        assert visitor.texts(".asked")[1] == f"What does ASCL say about {topics[0]}?"
        expect(visitor.page.locator(".answer.answered")).to_have_count(1)


def test_workload_is_not_answered_but_its_paper_is_named(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask("What does ASCL say about teacher workload?")
        assert visitor.last(".quote") == []
        assert "ASCL policy paper: Managing and Reducing Workload" in visitor.last(".see-also li")


def test_a_section_without_a_printed_heading_says_that_its_name_is_inferred(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask("Who should decide the curriculum?")
        sources = visitor.last("figcaption")
        assert sources and all("Curriculum and Assessment" in source for source in sources)
        assert all("section name inferred" in source for source in sources)


def test_a_follow_up_leans_on_the_question_before_it(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask("What does ASCL say about school funding?")
        visitor.ask("and for sixth forms?")
        assert "Post-16 funding" in " ".join(visitor.last(".quote-text"))


def test_what_was_searched_for_can_be_changed(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask("mobile phones")
        visitor.page.fill(SEARCHED, "inspection")
        visitor.page.click("#search-again")
        visitor.answered(2)
        assert visitor.texts(".asked") == ["mobile phones", "inspection"]
        assert visitor.last(".quote-text")
        visitor.page.fill(SEARCHED, "Who should decide the curriculum?")
        visitor.page.press(SEARCHED, "Enter")
        visitor.answered(3)
        assert "Curriculum and Assessment" in visitor.last("figcaption")[0]


def test_starter_questions_open_a_conversation_and_return_when_it_is_cleared(
    real: str, service: Service, browser: Browser
) -> None:
    with visit(browser, real) as visitor:
        expect(visitor.page.locator(".starter")).to_have_text(list(service.settings.starter_questions))
        visitor.page.locator(".starter").nth(1).click()
        visitor.answered(1)
        assert visitor.texts(".asked") == [service.settings.starter_questions[1]]
        expect(visitor.page.locator("#starters")).to_have_count(0)
        visitor.page.click("#clear")
        expect(visitor.page.locator("#starters")).to_be_visible()
        expect(visitor.page.locator(".asked")).to_have_count(0)
        expect(visitor.page.locator("#searched")).to_have_count(0)
        visitor.ask("and for sixth forms?")  # nothing of the cleared conversation is leaned on
        assert visitor.texts(".asked") == ["and for sixth forms?"]


def test_an_answer_is_copied_as_plain_text_with_its_source(real: str, service: Service, browser: Browser) -> None:
    with visit(browser, real, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        visitor.ask(OFSTED)
        visitor.page.locator(".copy-button").click()
        expect(visitor.page.locator(".copy-button")).to_have_text("Copied")
        assert visitor.page.evaluate("navigator.clipboard.readText()") == render_copy(service.answer(OFSTED))
        expect(visitor.page.locator(".copy-button")).to_have_text("Copy answer with source")


def test_a_failure_is_met_with_an_apology_and_the_page_lives_on(fixed: str, browser: Browser) -> None:
    with visit(browser, fixed) as visitor:
        visitor.ask("break now")
        assert "Sorry, something went wrong on our side" in visitor.texts(".answer")[0]
        assert "secret" not in visitor.page.content()
        visitor.ask("Ofsted")
        assert visitor.last(".quote-text")


def test_a_pasted_page_is_answered_with_words_and_nothing_is_cut_off(fixed: str, browser: Browser) -> None:
    with visit(browser, fixed) as visitor:
        visitor.page.fill(QUESTION, "a" * 4001)
        visitor.page.press(QUESTION, "Enter")
        visitor.answered(1)
        assert "longer than can be taken" in visitor.last(".message")[0]
        assert visitor.texts(".asked") == ["a" * 4001]
        assert visitor.overflow() == 0
        visitor.page.fill(QUESTION, "b" * 20_000)
        visitor.page.press(QUESTION, "Enter")
        expect(visitor.page.locator(".toast-body")).to_contain_text("Please shorten it.")
        assert visitor.page.input_value(QUESTION) == "b" * 20_000
        visitor.page.fill(QUESTION, "")
        visitor.ask("Ofsted")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_new_question_stands_at_the_top_and_the_box_keeps_the_focus(real: str, browser: Browser, screen: str) -> None:
    with visit(browser, real, screen) as visitor:
        visitor.ask("What does ASCL say about school funding?")
        visitor.ask(OFSTED)
        top = "[...document.querySelectorAll('.asked')].at(-1).getBoundingClientRect().top"
        visitor.page.wait_for_function(f"() => {top} >= 0 && {top} < 60")
        assert visitor.page.evaluate("document.activeElement.closest('#question') !== null")
        box = visitor.page.locator("#composer").bounding_box()
        height = visitor.page.viewport_size or {"height": 0}
        assert box and box["y"] + box["height"] <= height["height"] + 1


def test_a_screen_reader_hears_an_answer_once_and_never_its_markup(real: str, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        visitor.ask(OFSTED)
        log = visitor.page.locator("#conversation [role=log]")
        expect(log).to_have_attribute("aria-label", "Conversation")
        expect(log).to_have_attribute("aria-live", "polite")
        labels: list[str] = visitor.page.locator("#conversation [aria-label]").evaluate_all(
            "all => all.filter(one => one.offsetParent).map(one => one.getAttribute('aria-label'))"
        )
        assert labels == ["Conversation"]
        for name, role in (("Your question", "textbox"), ("I searched for", "textbox"), ("Ask", "button")):
            expect(visitor.page.get_by_role(role, name=re.compile(name)).first).to_be_visible()  # type: ignore[arg-type]
        assert visitor.page.get_by_role("heading", level=1).count() == 1


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(real: str, service: Service, browser: Browser) -> None:
    with visit(browser, real) as visitor:
        reached = []
        for _ in range(10):
            visitor.page.keyboard.press("Tab")
            reached.append(focused(visitor))
        assert [stop["text"] for stop in reached if stop["class"]][:4] == list(service.settings.starter_questions)
        assert {"question", "ask"} <= {stop["id"] for stop in reached}
        assert all(stop["outline"] >= 3 for stop in reached if stop["id"] or stop["class"])


def focused(visitor: Visit) -> dict[str, Any]:
    """What the keyboard stands on: the nearest element with an id of ours, its text and the width of its outline."""
    found: dict[str, Any] = visitor.page.evaluate(
        """() => { const one = document.activeElement; return {
            id: (one.closest('#question, #ask') || {}).id || '', text: one.textContent.trim(),
            class: one.classList.contains('starter'), outline: parseFloat(getComputedStyle(one).outlineWidth) } }"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(real: str, browser: Browser, scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text."""
    with visit(browser, real, scheme=scheme) as visitor:
        visitor.ask(OFSTED)
        for selector in (
            "h1", ".page-header p", ".asked", ".message", ".quote-text", "figcaption", "figcaption a", ".notice", ".see-also li",
            ".copy-button", "#searched-for .info-text", "#search-again", "#clear", "#ask", "#question textarea", ".page-footer p",
        ):  # fmt: skip
            ratio = visitor.page.locator(selector).first.evaluate(CONTRAST)
            assert ratio >= 4.5, (selector, ratio)


CONTRAST = """one => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
    let ground = one;
    while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
    const pair = [light(parts(getComputedStyle(one).color)),
        light(ground ? parts(getComputedStyle(ground).backgroundColor) : [255, 255, 255])].sort((a, b) => b - a);
    return (pair[0] + .05) / (pair[1] + .05);
}"""


def test_without_javascript_the_page_says_what_it_needs(fixed: str, browser: Browser) -> None:
    with visit(browser, fixed, java_script_enabled=False) as visitor:
        assert "This page needs JavaScript." in visitor.page.inner_text("body")
        assert visitor.foreign() == []
