"""The light page in a real Chromium: the chat page's answers, errors in words, nothing kept, nothing run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

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
    answer_with,
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


def drawn(tab: Tab) -> Any:
    return tab.light.answers.last.evaluate(f"(node) => {{ {OUTLINE} return joined(node.cloneNode(true)); }}")


def expected(tab: Tab, answer: Answer) -> Any:
    """The same answer as the chat page draws it, read by the same browser."""
    html = render_html(answer, topic_buttons=True)
    parse = "new DOMParser().parseFromString(html, 'text/html').body.firstChild"
    return tab.page.evaluate(f"(html) => {{ {OUTLINE} return joined({parse}); }}", html)


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
    def test_earlier_messages_go_along_but_for_those_that_could_not_be_read(self, browser: Browser) -> None:
        with stage(history_limit=2) as scene, opened(browser, f"{scene.chat}/embed") as tab:
            scene.service.answers["help me"] = Answer("q", "", AnswerStatus.DECLINED_EMERGENCY, "Call 999.")
            scene.service.answers["too long"] = Answer("q", "", AnswerStatus.DECLINED_TOO_LONG, "No.")
            for question in (OFSTED, "help me", "too long", PHONES, "and inspection?", "more"):
                tab.light.ask(question)
            assert scene.service.asked == [
                (OFSTED, ()),
                ("help me", (OFSTED,)),
                ("too long", (OFSTED, "help me")),
                (PHONES, (OFSTED, "help me")),
                ("and inspection?", ("help me", PHONES)),
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
