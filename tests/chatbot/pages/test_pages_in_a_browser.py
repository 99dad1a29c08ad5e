"""The pages in a real Chromium: no violation of the accessibility rules, nothing kept, nothing foreign, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from chatbot.server import create_app
from tests.chatbot.axe_support import violations
from tests.chatbot.browser_support import LOOKS, SCREENS, chromium
from tests.chatbot.web_support import FixedService, served, shipped_corpus

pytestmark = pytest.mark.browser
STATEMENT = next(iter(shipped_corpus().statements))
ALTERED = "Inspection should not be part of a slim, stable and smart accountability framework."
HOSTILE = "<script>document.title='gone'</script><img src=https://evil.example/x onerror=alert(1)><style>*{display:none}</style>"
PATHS = [
    "/statements", "/statements?q=zebra", f"/statements/{STATEMENT}", "/statements/what-we-stand-for/fair-funding/00000000",
    "/statements/none", "/ask", "/ask?q=What+does+ASCL+think+about+Ofsted%3F", "/ask?q=school+trips", "/verify", "/api/v1/docs",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(FixedService(), with_chat=False)) as address:
        yield address


def opened(browser: Browser, screen: str = "desk", scheme: Any = "light") -> Page:
    width, height = SCREENS[screen]
    return browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()


def wide(page: Page) -> int:
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow


@LOOKS
def test_no_page_breaks_an_accessibility_rule_or_scrolls_sideways(browser: Browser, base: str, screen: str, scheme: str) -> None:
    page = opened(browser, screen, scheme)
    for path in PATHS:
        page.goto(base + path)
        assert violations(page) == [], path
        assert wide(page) <= 0, path
    for text in (ALTERED, ALTERED.replace(" not", ""), "Nobody has printed this anywhere at all."):
        page.goto(f"{base}/verify")
        page.fill("#text", text)
        page.click("main button")
        page.wait_for_selector(".result")
        assert violations(page) == [], text
        assert wide(page) <= 0, text


def test_text_at_twice_its_size_is_neither_cut_nor_lost(browser: Browser, base: str) -> None:
    page = opened(browser, "desk")
    for path in PATHS:
        page.goto(base + path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert wide(page) <= 0, path
        cut = page.evaluate(
            """[...document.querySelectorAll('main *')].filter(one => getComputedStyle(one).overflow === 'hidden'
            && !one.matches('.visually-hidden') && one.scrollHeight > one.clientHeight + 1).length"""
        )
        assert cut == 0, path


def test_the_whole_way_by_keyboard_from_question_to_permalink(browser: Browser, base: str) -> None:
    page = opened(browser)
    page.goto(f"{base}/ask")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("What does ASCL think about Ofsted?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.permalink')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_hostile_text_does_nothing_and_nothing_is_kept_or_fetched_elsewhere(browser: Browser, base: str) -> None:
    page = opened(browser)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    for path in ("/ask", "/statements"):
        page.goto(f"{base}{path}?q={HOSTILE}")
        assert "gone" not in page.title().split(" – ")[-1]
        assert page.locator("h1").is_visible()
    page.goto(f"{base}/verify")
    page.fill("#text", HOSTILE)
    page.click("main button")
    page.wait_for_selector(".result")
    assert page.locator("h1").is_visible()
    assert [address for address in asked if not address.startswith(base)] == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_in_print_the_words_and_their_place_stay_and_the_rest_goes(browser: Browser, base: str) -> None:
    page = opened(browser)
    page.goto(f"{base}/statements/{STATEMENT}")
    page.emulate_media(media="print")
    assert page.locator("mark").is_visible() and page.locator(".facts-list").is_visible()
    assert not page.locator(".cite").is_visible() and not page.locator("nav").first.is_visible()
