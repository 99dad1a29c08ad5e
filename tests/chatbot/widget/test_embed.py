"""The light page in a real Chromium: the chat page's answers, errors in words, nothing kept, nothing run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Route, expect

from chatbot.answer import Answer, AnswerStatus, Nearest, Quote
from chatbot.assembly import Service
from chatbot.rendering import render_copy, render_html
from chatbot.server import create_app
from tests.chatbot.web_support import served
from tests.chatbot.widget.widget_support import (
    OFSTED,
    PAYLOADS,
    PHONES,
    Stage,
    Tab,
    answers_of_every_shape,
    citation,
    opened,
    stage,
)

pytestmark = pytest.mark.browser

SHAPES = answers_of_every_shape()
# The elements of an answer, as nested lists: name, class, address, children. Left out is what stands elsewhere or only here.
OUTLINE = """
const LEFT_OUT = ".tools, .searched, .permalink";
const outline = (node) => node.nodeType === 3 ? node.data : [node.localName, node.className, node.getAttribute("href"),
    ...[...node.childNodes].filter((child) => !(child.data ? child.nextSibling : child)?.matches?.(LEFT_OUT)).map(outline)];
const joined = (node) => { node.normalize(); return outline(node); };
"""
LIVE = """
window.announced = [];
for (const region of document.querySelectorAll("[role=status],[role=alert],[role=log],[aria-live]")) {
  new MutationObserver((changes) => { if (region.textContent) window.announced.push([changes.length, region.textContent]); })
    .observe(region, { childList: true, characterData: true, subtree: true });
}
"""


def drawn(tab: Tab) -> Any:
    return tab.light.answers.last.evaluate(f"(node) => {{ {OUTLINE} return joined(node.cloneNode(true)); }}")


def expected(tab: Tab, answer: Answer) -> Any:
    """The same answer as the chat page draws it, read by the same browser."""
    html = render_html(answer, topic_buttons=True)
    parse = "new DOMParser().parseFromString(html, 'text/html').body.firstChild"
    return tab.page.evaluate(f"(html) => {{ {OUTLINE} return joined({parse}); }}", html)


def answer_with(tab: Tab, status: int, body: str, **headers: str) -> None:
    """From now on the page's questions get this, whatever they are."""
    tab.page.unroute("**/api/v1/answers")
    tab.page.route("**/api/v1/answers", lambda route: route.fulfill(status=status, body=body, headers=headers))


def give(tab: Tab, answer: Answer) -> None:
    answer_with(tab, 200, json.dumps(answer.to_dict()), **{"content-type": "application/json"})


class TestAnswers:
    @pytest.mark.parametrize("name", SHAPES)
    def test_every_answer_is_drawn_as_the_chat_page_draws_it(self, scene: Stage, browser: Browser, name: str) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            give(tab, SHAPES[name])
            tab.light.ask("anything")
            assert drawn(tab) == expected(tab, SHAPES[name])
            assert tab.hits() == []
            assert tab.asked_for == [one for one in tab.asked_for if one.startswith(f"{scene.chat}/")]
            assert tab.complaints == []

    def test_any_answer_is_drawn_so(self, scene: Stage, browser: Browser) -> None:
        texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=30)
        dates = st.sampled_from([None, "2024", "2024-03", "2024-03-08", "2024-13", "soon"])
        spans = st.lists(st.tuples(texts, st.integers(0, 9), st.integers(0, 9), st.integers(1, 2)), min_size=1, max_size=4)
        answers = st.builds(
            lambda message, spans, dates, not_covered, lists: Answer(
                "q", "s", AnswerStatus.ANSWERED_PARTLY, message, not_covered,
                tuple(Quote(text, "s", start, end, number) for text, start, end, number in spans),
                tuple(citation(number, published=date, title=message) for number, date in enumerate(dates, 1)),
                tuple(lists), tuple(Nearest(one, "a") for one in lists), tuple(lists),
            ),
            texts, spans, st.tuples(dates, dates), st.none() | texts, st.lists(texts, max_size=2),
        )  # fmt: skip
        with opened(browser, f"{scene.chat}/embed") as tab:

            @settings(max_examples=30, deadline=None)
            @given(answers)
            def same(answer: Answer) -> None:
                give(tab, answer)
                tab.light.ask("anything")
                assert drawn(tab) == expected(tab, answer)

            same()

    def test_a_real_question_gets_the_real_answer_and_what_is_copied_passes_the_checker(
        self, service: Service, browser: Browser
    ) -> None:
        with (
            served(create_app(service, with_chat=False)) as base,
            opened(browser, f"{base}/embed", permissions=["clipboard-read", "clipboard-write"]) as tab,
        ):
            tab.light.ask(OFSTED)
            answer = service.answer(OFSTED)
            assert tab.light.texts(".quote-text") == [quote.text for quote in answer.quotes]
            assert tab.page.locator(".searched em").text_content() == answer.searched_for
            for button in tab.page.locator(".tools button").all():
                button.click()
                expect(button).to_contain_text("Copied")
                expect(button).to_be_focused()
                copied = tab.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
                quoted, nothing, whose = copied.rpartition("\n\n")
                assert nothing and quoted in render_copy(answer) and whose in render_copy(answer)
                checked = tab.page.request.post(f"{base}/api/v1/quotes/verify", data={"text": copied})
                assert (checked.status, checked.json()["result"]) == (200, "verified")

    def test_a_quote_leads_to_its_source_and_to_its_permalink(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.ask(OFSTED)
            links = tab.page.locator("figure").first.locator("a")
            assert [link.get_attribute("target") for link in links.all()] == ["_blank", "_blank"]
            assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}
            assert links.nth(1).get_attribute("href") == "/statements/what-we-stand-for/example/00000001"
            assert links.nth(1).text_content() == "Link to these words (quote 1) (opens in a new tab)"

    def test_a_copy_without_clipboard_is_made_all_the_same(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.page.evaluate(
                """() => { document.execCommand = (name) => { window.copied = [name, document.activeElement.value]; };
                navigator.clipboard.writeText = () => Promise.reject(new Error("no clipboard")); }"""
            )
            tab.light.ask(OFSTED)
            tab.page.locator(".tools button").first.click()
            expect(tab.page.locator(".tools button").first).to_contain_text("Copied")
            name, text = tab.page.evaluate("window.copied")
            assert name == "copy" and text.startswith("“Inspection should be part of")


class TestConversation:
    def test_earlier_questions_go_along_and_declined_ones_do_not(self, browser: Browser) -> None:
        with stage(history_limit=2) as scene, opened(browser, f"{scene.chat}/embed") as tab:
            scene.service.answers["decline this"] = Answer("q", "", AnswerStatus.DECLINED_ABUSE, "No.")
            for question in (OFSTED, "decline this", PHONES, "and inspection?", "more"):
                tab.light.ask(question)
            assert scene.service.asked == [
                (OFSTED, ()),
                ("decline this", (OFSTED,)),
                (PHONES, (OFSTED,)),
                ("and inspection?", (OFSTED, PHONES)),
                ("more", (PHONES, "and inspection?")),
            ]

    def test_a_long_conversation_never_grows_beyond_what_a_request_may_hold(self, browser: Browser) -> None:
        with stage() as scene, opened(browser, f"{scene.chat}/embed") as tab:
            for number in range(8):
                tab.light.ask(f"{number} " + "phones “ü” " * 300)
            assert tab.page.locator(".failed").count() == 0
            assert 1 <= len(scene.service.asked[-1][1]) < 7  # the newest that fit
            assert scene.service.asked[-1][1][-1].startswith("6 ")

    def test_clearing_begins_again(self, browser: Browser) -> None:
        with stage() as scene, opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.ask(OFSTED)
            tab.page.click("#clear")
            expect(tab.page.locator("#starters")).to_be_visible()
            assert tab.light.texts(".exchange") == [] and tab.light.texts("#said") == [""]
            expect(tab.page.locator("#main")).to_be_focused()
            tab.light.ask(PHONES)
            assert scene.service.asked[-1] == (PHONES, ())

    def test_starters_and_topics_ask(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            assert tuple(tab.light.texts("#starters button")) == scene.service.settings.starter_questions
            tab.page.locator("#starters button").first.click()
            expect(tab.light.answers).to_have_count(1)
            expect(tab.light.box).to_be_focused()
            tab.light.ask(PHONES)
            tab.page.locator(".topic").first.click()
            expect(tab.light.answers).to_have_count(3)
            assert scene.service.asked[-1][0] == "What does ASCL say about Inspection reform?"

    def test_what_was_searched_for_can_be_changed(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.ask(OFSTED)
            tab.page.get_by_role("button", name="Change these words").click()
            expect(tab.light.box).to_be_focused()
            assert tab.light.box.input_value() == "Ofsted inspection"

    def test_a_question_to_start_with_is_filled_in_and_not_asked(self, scene: Stage, browser: Browser) -> None:
        for part in ("?q=", "#q="):
            before = len(scene.service.asked)
            with opened(browser, f"{scene.chat}/embed{part}What%20about%20%3Cb%3EOfsted%3C%2Fb%3E%3F") as tab:
                assert tab.light.box.input_value() == "What about <b>Ofsted</b>?"
                assert len(scene.service.asked) == before


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


class TestNothingElse:
    def test_nothing_is_kept_and_no_other_host_is_asked(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.ask(OFSTED)
            tab.light.ask(PHONES)
            assert tab.light.kept() == {} and tab.context.cookies() == []
            assert [address for address in tab.asked_for if not address.startswith(f"{scene.chat}/")] == []
            paths = [address.removeprefix(scene.chat).split(".")[0] for address in tab.asked_for]
            assert {*paths} - {"/static/icon"} == {"/embed", "/embed/embed", "/api/v1/answers"}
            assert tab.complaints == []

    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_a_hostile_question_is_shown_as_typed_and_does_nothing(self, scene: Stage, browser: Browser, payload: str) -> None:
        with opened(browser, f"{scene.chat}/embed") as tab:
            tab.light.ask(payload)
            tab.light.ask(OFSTED)
            shown = tab.page.locator(".asked").first.evaluate("one => one.lastChild.data")
            assert shown == payload.strip()
            assert tab.page.locator("main img, main script, main svg, main style, .exchange form").count() == 0
            assert tab.hits() == []
            assert tab.page.locator("[style]").count() == 0
            assert tab.complaints == []

    @pytest.mark.parametrize("colour", ["#123", "red", "#1d5c4", "#1d5c43;}*{display:none}", "#ffff00", "#zzzzzz"])
    def test_a_colour_that_cannot_be_read_or_is_none_is_not_used(self, scene: Stage, browser: Browser, colour: str) -> None:
        accent = "() => getComputedStyle(document.getElementById('ask')).backgroundColor"
        with opened(browser, f"{scene.chat}/embed#colour={colour.replace('#', '%23')}") as tab:
            assert tab.page.evaluate(accent) == "rgb(31, 78, 121)"
        with opened(browser, f"{scene.chat}/embed#colour=%231d5c43&colourDark=%238fd0b0", scheme="dark") as tab:
            assert tab.page.evaluate(accent) == "rgb(143, 208, 176)"

    def test_without_javascript_the_question_goes_to_a_page_of_its_own(self, scene: Stage, browser: Browser) -> None:
        with opened(browser, f"{scene.chat}/embed", java_script_enabled=False) as tab:
            tab.light.box.fill(PHONES)
            with tab.context.expect_page() as answered:
                tab.page.click("#ask")
            assert answered.value.url == f"{scene.chat}/ask?q=mobile+phones"
            with tab.context.expect_page() as answered:
                tab.page.locator("#starters button").first.click()
            assert answered.value.url == f"{scene.chat}/ask?q=What+does+ASCL+think+about+Ofsted%3F"
