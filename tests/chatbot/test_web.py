"""The chat page's own part, without a browser: what is shown, what is remembered, and how Gradio is set up."""

from __future__ import annotations

import asyncio
import html
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from chatbot import page_text
from chatbot.admission import Admission, Busy
from chatbot.answer import Answer
from chatbot.rendering import render_copy
from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.web import EXCHANGES_SHOWN, ChatPage, Conversation, answer_message
from tests.chatbot.web_support import FixedService, inspection_answer, no_position, served

OFSTED = "What does ASCL think about Ofsted?"


@pytest.fixture
def service() -> FixedService:
    return FixedService()


@pytest.fixture
def page(service: FixedService) -> ChatPage:
    return ChatPage(service, Admission(service.settings))


def asked(page: ChatPage, question: object, conversation: Conversation = ()) -> list[tuple[Any, ...]]:
    """Everything the page shows, in order, when a question is asked."""

    async def shown() -> list[tuple[Any, ...]]:
        return [view async for view in page._ask(question, conversation)]

    return asyncio.run(shown())


def conversation_after(page: ChatPage, *questions: str) -> Conversation:
    conversation: Conversation = ()
    for question in questions:
        conversation = asked(page, question, conversation)[-1][1]
    return conversation


def messages(view: tuple[Any, ...]) -> list[str]:
    return [html.unescape(message["content"]) for message in view[0]["value"]]


def test_the_question_is_shown_at_once_and_the_answer_whole(page: ChatPage) -> None:
    first, last = asked(page, OFSTED)
    assert "Looking in ASCL’s published words" in messages(first)[1]
    assert messages(first)[0] == messages(last)[0]
    assert "slim, stable and smart accountability framework" in messages(last)[1]
    assert last[3] == "Ofsted inspection"  # what was searched for, to be changed
    assert first[5] == last[5] == ""  # the question box is free again


def test_only_an_empty_page_offers_questions_to_start_with(page: ChatPage) -> None:
    _, last = asked(page, OFSTED)
    assert (last[4]["visible"], last[6]["visible"], last[0]["visible"]) == (False, True, True)
    cleared = page._begin_again()
    assert (cleared[4]["visible"], cleared[6]["visible"], cleared[0]["visible"]) == (True, False, False)
    assert (cleared[0]["value"], cleared[1]) == ([], ())


def test_earlier_questions_go_along_in_their_order(page: ChatPage, service: FixedService) -> None:
    conversation_after(page, "school funding", "and for sixth forms?", "inspection")
    assert service.asked[-1] == ("inspection", ("school funding", "and for sixth forms?"))


@pytest.mark.parametrize("question", ["", "   ", "a" * 4001, "break now"])
def test_what_was_declined_or_failed_is_left_out_of_the_history(page: ChatPage, service: FixedService, question: str) -> None:
    conversation_after(page, "school funding", question, "inspection")
    assert service.asked[-1][1] == ("school funding",)


def test_where_as_many_wait_as_may_the_page_says_so_and_remembers_nothing(service: FixedService) -> None:
    class Full(Admission):
        async def run(self, work: Callable[[], Any]) -> Any:
            raise Busy

    full = ChatPage(service, Full(service.settings))
    last = asked(full, OFSTED)[-1]
    assert page_text.BUSY in messages(last)[1]
    assert not last[1][-1].remembered and not service.asked


def test_an_abstention_is_remembered(page: ChatPage, service: FixedService) -> None:
    conversation_after(page, "mobile phones", "and in lessons?")
    assert service.asked[-1][1] == ("mobile phones",)


def test_a_question_still_unanswered_is_not_kept_waiting_for_ever(page: ChatPage) -> None:
    waiting = asked(page, "school funding")[0][1]
    shown = messages(asked(page, "inspection", waiting)[-1])
    assert not any("Looking" in message for message in shown)


def test_a_long_conversation_shows_its_last_part(page: ChatPage) -> None:
    conversation = conversation_after(page, *(f"question {number}" for number in range(EXCHANGES_SHOWN + 3)))
    assert len(conversation) == EXCHANGES_SHOWN
    assert conversation[-1].question == f"question {EXCHANGES_SHOWN + 2}"


@pytest.mark.parametrize("sent", [None, 7, ["x"], {"path": "/etc/passwd"}, ""])
def test_what_is_no_text_is_an_empty_question(page: ChatPage, service: FixedService, sent: object) -> None:
    assert "(nothing was typed)" in messages(asked(page, sent)[-1])[0]
    assert service.asked[-1][0] == ""


def test_half_a_character_is_replaced(page: ChatPage, service: FixedService) -> None:
    asked(page, "phones \ud800")
    assert service.asked[-1][0] == "phones \N{REPLACEMENT CHARACTER}"


def test_a_failure_is_an_apology_that_tells_nothing(page: ChatPage) -> None:
    shown = messages(asked(page, "break now")[-1])[1]
    assert "Sorry, something went wrong on our side" in shown
    assert "secret" not in shown


def test_an_answer_is_one_line_so_that_markdown_finds_no_paragraphs_in_it() -> None:
    for answer in (inspection_answer(OFSTED), no_position("x\n\n# y")):
        shown = answer_message(answer)
        assert "\n" not in shown
        assert shown.startswith('<div class="answer') and shown.count("<div") == shown.count("</div>")


def test_the_copy_button_carries_quotes_with_their_sources() -> None:
    assert "Copy answer with source" in answer_message(inspection_answer(OFSTED))
    assert "Copy answer with source" not in answer_message(no_position("phones"))
    copied = render_copy(inspection_answer(OFSTED))
    assert "“Inspection should be part of a slim, stable and smart accountability framework.”\n[1] What we stand for" in copied
    assert copied.endswith("© Association of School and College Leaders, quoted with its source.")


def test_gradio_is_set_up_as_measured(page: ChatPage) -> None:
    page.mount(FastAPI())
    blocks = page.blocks
    assert blocks.has_launched and blocks.blocked_paths == ["/"] and blocks.allowed_paths == []
    assert not blocks.run_history and not blocks.show_error and not blocks.analytics_enabled and not blocks.ssr_mode
    assert blocks.max_file_size == 1 and blocks.footer_links == []
    for event in blocks.fns.values():
        assert event.queue and event.concurrency_limit == 8 and event.api_visibility == "private"
    [chatbot] = [part for part in blocks.config["components"] if part["type"] == "chatbot"]
    wanted = {"autoscroll": False, "buttons": [], "latex_delimiters": [], "allow_tags": False, "sanitize_html": True}
    assert {name: chatbot["props"][name] for name in wanted} == wanted


def test_every_starter_question_is_a_button_that_asks_it() -> None:
    service = FixedService(load_settings(starter_questions=("One?", "Two?")))
    page = ChatPage(service, Admission(service.settings))
    labels = [part["props"]["value"] for part in page.blocks.get_config_file()["components"] if part["type"] == "button"]
    assert {"One?", "Two?"} <= set(labels)
    assert len(page.inputs) == 4 + 2 + 1  # two boxes sent two ways each, the starters, clearing


@dataclass
class TwoAtOnce(FixedService):
    """Answers only while another question is being answered."""

    met: threading.Barrier = field(default_factory=lambda: threading.Barrier(2, timeout=20))

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        self.met.wait()
        return no_position(question)


@pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated")  # Gradio's queue, of pandas
def test_one_visitor_does_not_wait_for_another() -> None:
    """Gradio answers one question at a time for everyone, unless told otherwise for every event."""

    def heard_by(session: str, event: int) -> str:
        sent = {"data": ["phones", None], "fn_index": event, "session_hash": session}
        join = f"{base}/chat/gradio_api/queue/join"
        httpx.post(join, content=json.dumps(sent), headers={"content-type": "application/json"}).raise_for_status()
        return httpx.get(f"{base}/chat/gradio_api/queue/data", params={"session_hash": session}, timeout=30).text

    with served(create_app(TwoAtOnce())) as base, ThreadPoolExecutor(2) as visitors:
        for heard in visitors.map(heard_by, ("one", "two"), (0, 0)):
            assert "Teacher professionalism" in heard
