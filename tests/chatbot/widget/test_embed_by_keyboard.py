"""The light page without a mouse, to a screen reader, and at any size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.chatbot.widget.widget_support import OFSTED, PHONES, Stage, opened

pytestmark = pytest.mark.browser

LIVE = """
window.announced = [];
for (const region of document.querySelectorAll("[role=status],[role=alert],[role=log],[aria-live]")) {
  new MutationObserver((changes) => { if (region.textContent) window.announced.push([changes.length, region.textContent]); })
    .observe(region, { childList: true, characterData: true, subtree: true });
}
"""


class TestKeyboardAndScreenReader:
    def test_enter_asks_and_shift_enter_makes_a_new_line(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.box.focus()
            tab.page.keyboard.type("inspection")
            tab.page.keyboard.press("Shift+Enter")
            tab.page.keyboard.type("of sixth forms")
            assert tab.light.answers.count() == 0
            tab.page.keyboard.press("Enter")
            expect(tab.light.answers).to_have_count(1)
            assert scene.service.asked[-1][0] == "inspection\nof sixth forms"
            expect(tab.light.box).to_be_focused()
            assert tab.light.box.input_value() == ""

    def test_the_whole_journey_needs_no_mouse(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            reached = []
            for _ in range(5):
                tab.page.keyboard.press("Tab")
                reached.append(tab.page.evaluate("document.activeElement.id || document.activeElement.textContent"))
            assert reached == [
                *scene.service.settings.starter_questions,
                "question",
                "ask",
                "Open in a new tab (opens in a new tab)",
            ]
            tab.page.keyboard.press("Shift+Tab")
            tab.page.keyboard.press("Shift+Tab")
            tab.page.keyboard.type(OFSTED)
            tab.page.keyboard.press("Tab")
            tab.page.keyboard.press("Enter")
            expect(tab.light.answers).to_have_count(1)
            outlined = tab.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert outlined == "3px"

    @pytest.mark.parametrize("question", [OFSTED, PHONES])
    def test_an_answer_is_announced_once_and_whole(self, scene: Stage, browser: Browser, question: str) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.page.evaluate(LIVE)
            tab.light.ask(question)
            tab.page.wait_for_function("window.announced.length")
            tab.page.wait_for_timeout(300)
            ((changes, words),) = tab.page.evaluate("window.announced")
            assert changes == 1
            for quote in scene.service.answer(question).quotes:
                assert quote.text in words
            assert scene.service.answer(question).message in words
            tab.page.evaluate("window.announced = []")
            tab.light.ask(question)  # the same words again are announced again
            tab.page.wait_for_function("window.announced.length")
            assert len(tab.page.evaluate("window.announced")) == 1

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("screen", ["desk", "phone", "small"])
    def test_nothing_is_cut_off_on_any_screen(self, scene: Stage, browser: Browser, screen: str, scheme: str) -> None:
        with opened(browser, f"{scene.chat}/embed", screen, scheme) as tab:
            for question in ("", OFSTED, PHONES):
                if question:
                    tab.light.ask(question)
                assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            tab.page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert tab.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            cut = (
                "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1).map(one => one.outerHTML)"
            )
            assert tab.page.locator("main button, main p, main h2, blockquote").evaluate_all(cut) == []
