"""What the frame and the page around it say to one another: to each other only, and nothing where they may not meet."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from chatbot.widget.demo_site import host_policy
from tests.chatbot.widget.widget_support import Stage, line, opened, site, stage

pytestmark = pytest.mark.browser


class TestMessages:
    @pytest.mark.parametrize("message", ["ascl-chat:close", "ascl-chat:ready", {"type": "ascl-chat:close"}])
    def test_a_message_from_the_page_or_another_frame_moves_nothing(
        self, scene: Stage, browser: Browser, message: object
    ) -> None:
        policy = host_policy(scene.chat).replace(f"frame-src {scene.chat}", f"frame-src {scene.chat} {scene.host}")
        other = '<iframe id="other" src="/"></iframe>'
        with opened(
            browser, scene.show(site=site(scene, line(scene) + other, policy=policy.replace("'none'; require", "*; require")))
        ) as tab:
            tab.page.locator("body > ascl-chat .bubble").click()
            frame = tab.page.locator("dialog iframe").element_handle().content_frame()
            assert frame is not None
            expect(frame.locator("#question")).to_be_focused()
            sent = json.dumps(message)
            tab.page.evaluate(f"postMessage({sent}, '*')")
            inner = tab.page.frame(url=scene.host + "/")
            others = [one for one in tab.page.frames if one is not tab.page.main_frame and one.url == scene.host + "/"]
            assert inner and others
            others[0].evaluate(f"parent.postMessage({sent}, '*')")
            # Forged: the right origin from the wrong window, and the right window from the wrong origin.
            for origin, source in ((scene.chat, "window"), (scene.host, "frame.contentWindow")):
                event = f"{{ data: {sent}, origin: {json.dumps(origin)}, source: {source} }}"
                frame_of = "const frame = document.querySelector('ascl-chat').shadowRoot.querySelector('iframe')"
                tab.page.evaluate(f"() => {{ {frame_of}; dispatchEvent(new MessageEvent('message', {event})); }}")
            tab.page.wait_for_timeout(300)
            expect(tab.page.locator("dialog")).to_be_visible()
            frame.evaluate("parent.postMessage('ascl-chat:close', '*')")  # the one that may
            expect(tab.page.locator("dialog")).to_be_hidden()

    def test_the_light_page_listens_to_its_parent_alone(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, scene.show()) as tab:
            tab.page.click(".bubble")
            light = tab.framed
            expect(light.box).to_be_focused()
            tab.page.get_by_role("button", name="Close").focus()
            light.place.evaluate("() => { document.activeElement.blur(); postMessage('ascl-chat:open', '*'); }")
            light.place.evaluate(
                """() => dispatchEvent(new MessageEvent("message",
                { data: "ascl-chat:open", origin: "https://evil.example", source: parent }))"""
            )
            tab.page.wait_for_timeout(300)
            assert light.place.evaluate("document.activeElement.localName") == "body"

    def test_alone_in_a_tab_the_light_page_talks_to_nobody(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.page.evaluate("() => { window.heard = []; addEventListener('message', (event) => heard.push(event.data)); }")
            tab.page.evaluate("postMessage('ascl-chat:open', '*')")
            tab.page.keyboard.press("Escape")
            tab.page.wait_for_timeout(200)
            assert tab.page.evaluate("heard") == ["ascl-chat:open"]


class TestBlocked:
    def test_a_site_outside_the_list_gets_no_chat_but_a_way_to_it(self, browser: Browser) -> None:
        with stage(allowed=False) as scene, opened(browser, scene.show()) as tab:
            tab.page.click(".bubble")
            expect(tab.page.get_by_role("alert")).to_have_text("The chat cannot be shown on this page. Open it in a new tab.")
            assert tab.page.locator("iframe").count() == 0
            assert any("frame-ancestors" in complaint for complaint in tab.complaints)
            assert not any(address.endswith("/api/v1/answers") for address in tab.asked_for)
            with tab.context.expect_page() as new:
                tab.page.get_by_role("link", name="Open it in a new tab").click()
            expect(new.value.locator("h1")).to_have_text("What ASCL says")
            assert new.value.evaluate("window.opener") is None
