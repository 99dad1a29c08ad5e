"""The chat page: the only importer of gradio. Its traps are each met where they bite, with a word on why."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from chatbot import page_text
from chatbot.admission import Admission, Busy
from chatbot.answer import Answer, AnswerStatus
from chatbot.asking import AnsweringService, ask, whole_characters
from chatbot.guard import CHAT
from chatbot.html_rendering import literal, question_html, render_html
from chatbot.rendering import render_copy, render_markdown
from chatbot.settings import Settings

# Read as gradio is imported; it would call home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr

EXCHANGES_SHOWN = 20  # the server holds what the page shows; a conversation has no end otherwise
SESSION_SECONDS = 2 * 60 * 60
WAITING_LIMIT = 200  # events in Gradio's own queue, of every kind; how many questions may wait is a setting
FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and how it ended, as shown.

    ``remembered`` is false for one that later questions must not lean on; ``waiting`` is true until it has ended.
    """

    question: str
    shown: str
    remembered: bool
    waiting: bool = False


Conversation = tuple[Exchange, ...]


def answer_message(answer: Answer) -> str:
    """An answer in the conversation, with what its copy button copies and what is kept of it."""
    label = page_text.COPY_WITH_SOURCE if answer.quotes else page_text.COPY
    return (
        f"{render_html(answer, topic_buttons=True)[: -len('</div>')]}"
        f'<div class="copy"><button type="button" class="copy-button">{label}</button>'
        f'<pre class="copy-text" hidden>{literal(render_copy(answer))}</pre>'
        f'<pre class="markdown-text" hidden>{literal(render_markdown(answer))}</pre></div></div>'
    )


class ChatPage:
    """The page's parts and what happens between them."""

    def __init__(self, service: AnsweringService, admission: Admission) -> None:
        self._service, self._admission = service, admission
        _in_loop(self._build)

    def _build(self) -> None:
        settings = self._service.settings
        with gr.Blocks(title=settings.service_name, analytics_enabled=False, fill_width=True) as self.blocks:
            # Held here and not in the Chatbot: a Chatbot as input would let its sender name files to read.
            self._conversation = gr.State((), time_to_live=SESSION_SECONDS)
            self._messages = gr.Chatbot(
                label=page_text.CONVERSATION,
                show_label=False,
                elem_id="conversation",
                container=False,
                height=None,  # the page scrolls, not a box within it
                autoscroll=False,  # would show the end of a long answer; our script shows its beginning
                buttons=[],  # the share button has no name; ours copies with the source
                latex_delimiters=[],  # a question may hold a dollar sign
                allow_tags=False,
                feedback_options=None,
                layout="panel",
                visible=False,
            )
            with gr.Column(elem_id="searched", visible=False) as self._searched:
                self._searched_for = gr.Textbox(
                    label=page_text.SEARCHED_FOR_LABEL,
                    info=page_text.SEARCHED_FOR_HELP,
                    elem_id="searched-for",  # in its container, without which its label is not drawn
                    max_lines=3,
                )
                again = gr.Button(page_text.SEARCH_AGAIN, elem_id="search-again", size="md")
            self._clear = gr.Button(page_text.CLEAR, elem_id="clear", size="sm", visible=False)
            with gr.Column(elem_id="starters") as self._starters:
                gr.Markdown(page_text.STARTERS, elem_id="starters-label")
                # Own buttons: the Chatbot's examples are a list without items to a screen reader.
                starters = [gr.Button(text, elem_classes="starter") for text in settings.starter_questions]
            with gr.Column(elem_id="composer"):
                self._question = gr.Textbox(
                    label=page_text.QUESTION_LABEL,
                    placeholder=page_text.QUESTION_PLACEHOLDER,
                    elem_id="question",
                    max_lines=6,
                    autofocus=False,  # a screen reader starts at the top of the page
                    # No max_length: a browser would cut a pasted page without a word; the service says it is too long.
                    html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=True),
                )
                submit = gr.Button(page_text.ASK, elem_id="ask", variant="primary", size="md")
            for trigger, box in (
                (self._question.submit, self._question),
                (submit.click, self._question),
                (self._searched_for.submit, self._searched_for),
                (again.click, self._searched_for),
                *((starter.click, starter) for starter in starters),
            ):
                self._on(trigger, self._ask, [box, self._conversation])
            self._on(self._clear.click, self._begin_again, [])
        self.blocks.queue(max_size=WAITING_LIMIT, default_concurrency_limit=settings.concurrency)

    @property
    def inputs(self) -> dict[int, int]:
        """How many values each event of the page sends, by the event's number."""
        return {number: len(event.inputs) for number, event in self.blocks.fns.items()}

    def mount(self, app: FastAPI) -> None:
        """Mount the page on ``app``; nothing can be declared behind it."""
        _in_loop(lambda: self._mount(app))
        self.blocks.has_launched = True  # a mounted page skips a check of file paths that a launched one makes

    def _mount(self, app: FastAPI) -> None:
        settings = self._service.settings
        gr.mount_gradio_app(
            app,
            self.blocks,
            CHAT,
            root_path=f"{settings.path_prefix}{CHAT}",
            footer_links=[],
            run_history=False,  # would keep questions and answers in the browser's storage
            show_error=False,
            max_file_size=1,
            enable_monitoring=False,
            pwa=False,
            ssr_mode=False,
            blocked_paths=["/"],
            app_kwargs={"openapi_url": None},
            theme=_theme(settings),
        )

    def _on(self, trigger: Any, function: Any, inputs: list[Any]) -> None:
        trigger(
            function,
            inputs=inputs,
            outputs=[
                self._messages, self._conversation, self._searched, self._searched_for,
                self._starters, self._question, self._clear,
            ],
            show_progress="hidden",
            # Every event here stays queued (the unqueued route is closed); without this, one runs at a time for all.
            concurrency_limit=self._service.settings.concurrency,
            concurrency_id="answers",
            api_visibility="private",
        )  # fmt: skip

    async def _ask(self, sent: object, conversation: Conversation) -> AsyncIterator[tuple[Any, ...]]:
        """Shows the question, then the whole answer at once: word by word a screen reader would hear it 80 times."""
        question = whole_characters(sent if isinstance(sent, str) else "")
        # A question sent before the last one had ended would otherwise keep that one waiting for ever.
        conversation = tuple(past for past in conversation if not past.waiting)
        looking = Exchange(question, f'<p class="looking">{page_text.LOOKING}</p>', remembered=False, waiting=True)
        yield self._view((*conversation, looking))
        earlier = [past.question for past in conversation if past.remembered]
        try:
            answer = await self._admission.run(lambda: ask(self._service, question, earlier))
        except Busy:
            answer = Answer(question, "", AnswerStatus.ERROR_INTERNAL, page_text.BUSY)
        # Declined ones as well: what goes on from a cry for help is one, and no declined turn is ever searched with.
        answered = Exchange(question, answer_message(answer), remembered=answer.status.remembered)
        yield self._view((*conversation, answered)[-EXCHANGES_SHOWN:], answer.searched_for)

    def _begin_again(self) -> tuple[Any, ...]:
        return self._view(())

    def _view(self, conversation: Conversation, searched_for: str = "") -> tuple[Any, ...]:
        """A value for every output."""
        messages = [message for exchange in conversation for message in _messages(exchange)]
        begun = bool(conversation)
        return (
            gr.update(value=messages, visible=begun),
            conversation,
            gr.update(visible=bool(searched_for)),
            searched_for,
            gr.update(visible=not begun),
            "",
            gr.update(visible=begun),
        )


def _in_loop(build: Callable[[], None]) -> None:
    """Run ``build`` within an event loop: where none runs, Gradio makes one for each of its locks and closes none."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(_awaited(build))
    else:
        build()


async def _awaited(build: Callable[[], None]) -> None:
    build()


def _messages(exchange: Exchange) -> list[dict[str, str]]:
    return [
        {"role": "user", "content": question_html(exchange.question or page_text.NOTHING_TYPED)},
        {"role": "assistant", "content": exchange.shown},
    ]


def _theme(settings: Settings) -> gr.themes.Base:
    # System fonts: the bundled one lacks glyphs in bold. Colours beyond these are in static/chat.css.
    theme = gr.themes.Base(font=FONTS, font_mono=["ui-monospace", "monospace"], radius_size="none", spacing_size="md")
    return theme.set(
        button_primary_background_fill=settings.accent_colour,
        button_primary_background_fill_dark=settings.accent_colour_dark,
    )
