"""The light page where something fails: said in words, beside what it concerns, with a way on."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.chatbot.widget.widget_support import OFSTED, Stage, answer_with, opened

pytestmark = pytest.mark.browser


class TestFailures:
    def test_without_a_network_it_says_so_and_tries_again(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.context.set_offline(True)
            tab.light.box.fill(OFSTED)
            tab.light.box.press("Enter")
            expect(tab.page.locator(".failed .message")).to_have_text(
                "The question could not be sent. Please check that you are online, then try again."
            )
            assert tab.light.texts("#said")[0].startswith("The question could not be sent.")
            tab.context.set_offline(False)
            tab.page.get_by_role("button", name="Try again").click()
            expect(tab.light.answers).to_have_count(1)
            assert tab.page.locator(".exchange").count() == 1
            expect(tab.light.box).to_be_focused()

    @pytest.mark.parametrize(
        ("after", "said"),
        [
            ("7", "The service is busy just now. Please try again in 7 seconds."),
            ("", "The service is busy just now. Please try again in a little while."),
            ("soon", "The service is busy just now. Please try again in a little while."),
        ],
    )
    @pytest.mark.parametrize("status", [503, 429])
    def test_a_busy_service_says_when_to_come_back(
        self, scene: Stage, browser: Browser, status: int, after: str, said: str
    ) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            answer_with(tab, status, "<html>busy</html>", **({"retry-after": after} if after else {}))
            tab.light.box.fill(OFSTED)
            tab.light.box.press("Enter")
            expect(tab.page.locator(".failed .message")).to_have_text(said)
            expect(tab.page.locator(".failed button")).to_have_text("Try again")

    def test_a_request_that_is_refused_can_be_changed(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            answer_with(tab, 422, json.dumps({"detail": "The field <b>question</b> must be a string."}))
            tab.light.box.fill(OFSTED)
            tab.light.box.press("Enter")
            expect(tab.page.locator(".failed .message")).to_have_text("The field <b>question</b> must be a string.")
            tab.page.get_by_role("button", name="Change the question").click()
            assert tab.light.box.input_value() == OFSTED

    @pytest.mark.parametrize(
        ("status", "body"), [(500, "no JSON"), (200, "<html>a login page</html>"), (200, "{}"), (200, "null")]
    )
    def test_what_is_no_answer_is_met_with_words(self, scene: Stage, browser: Browser, status: int, body: str) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            answer_with(tab, status, body)
            tab.light.box.fill(OFSTED)
            tab.light.box.press("Enter")
            expect(tab.page.locator(".failed .message")).to_contain_text("Sorry, something went wrong on our side")

    def test_a_failing_service_gives_its_apology(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.box.fill("break now")
            tab.light.box.press("Enter")
            expect(tab.page.locator(".failed .message")).to_contain_text("Sorry, something went wrong on our side")
            assert "secret" not in tab.page.content()

    def test_no_answer_within_half_a_minute_is_an_end(self, scene: Stage, browser: Browser) -> None:
        held: list[Route] = []
        with opened(browser, "about:blank") as tab:
            tab.page.clock.install()
            tab.page.goto(f"{scene.chat}/embed")
            tab.page.route("**/api/v1/answers", lambda route: held.append(route))
            tab.light.box.fill(OFSTED)
            tab.light.box.press("Enter")
            expect(tab.page.locator(".looking")).to_be_visible()
            tab.light.box.fill("another one meanwhile")
            tab.light.box.press("Enter")  # waits its turn in the box
            assert tab.light.box.input_value() == "another one meanwhile"
            tab.page.clock.fast_forward(31_000)
            expect(tab.page.locator(".failed .message")).to_have_text("No answer came within 30 seconds. Please try again.")

    def test_empty_and_too_long_are_said_beside_the_box(self, scene: Stage, browser: Browser) -> None:
        before = len(scene.service.asked)
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.page.click("#ask")
            expect(tab.page.locator("#fault")).to_have_text("Please type a question.")
            expect(tab.light.box).to_be_focused()
            tab.light.box.fill("\U0001f600" * 4001)
            tab.page.click("#ask")
            expect(tab.page.locator("#fault")).to_have_text(
                "That is 4001 characters; a question may have at most 4000. Please shorten it."
            )
            assert tab.light.box.get_attribute("aria-invalid") == "true"
            assert len(scene.service.asked) == before
            tab.light.ask(OFSTED)
            assert tab.light.texts("#fault") == [""]
