"""axe-core finds nothing on the light page or on a site that carries the widget, in any state, scheme or width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.chatbot.axe_support import violations
from tests.chatbot.browser_support import LOOKS
from tests.chatbot.widget.widget_support import OFSTED, PHONES, Stage, opened

pytestmark = pytest.mark.browser


@LOOKS
def test_the_light_page(scene: Stage, browser: Browser, screen: str, scheme: str) -> None:
    with opened(browser, f"{scene.chat}/embed", screen, scheme) as tab:
        assert violations(tab.page) == []
        tab.light.ask(OFSTED)
        assert violations(tab.page) == []
        tab.light.ask(PHONES)
        assert violations(tab.page) == []
        tab.page.click("#ask")  # with nothing typed
        tab.context.set_offline(True)
        tab.light.box.fill("while offline")
        tab.light.box.press("Enter")
        expect(tab.page.locator(".failed")).to_be_visible()
        assert violations(tab.page) == []


@LOOKS
@pytest.mark.parametrize("path", ["", "inline"])
def test_a_site_that_carries_the_widget(scene: Stage, browser: Browser, screen: str, scheme: str, path: str) -> None:
    with opened(browser, f"{scene.show()}{path}", screen, scheme) as tab:
        tab.page.wait_for_selector("ascl-chat", state="attached")
        assert violations(tab.page) == []
        tab.page.locator(".start" if path else ".bubble").click()
        expect(tab.framed.box).to_be_visible()
        assert violations(tab.page) == []
        tab.framed.ask(OFSTED)
        assert violations(tab.page) == []
