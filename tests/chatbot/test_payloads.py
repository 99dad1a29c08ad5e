"""Hostile words in a question, in its history, in a document and in an address, on every page, in a real Chromium.

Nothing of them runs, is fetched, covers the page, or becomes an element of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from chatbot.answer import Answer, AnswerStatus, Nearest, Quote
from chatbot.selecting import citation_of
from chatbot.server import create_app
from corpus.loading import load_corpus
from corpus.models import Corpus
from tests.chatbot.browser_support import QUESTION, chromium, visit
from tests.chatbot.web_support import FixedService, served
from tests.chatbot.widget.widget_support import PAYLOADS, Tab, opened
from tests.support import write_document

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]
ALL = " ".join(PAYLOADS)
# What a payload would make of itself: elements and attributes that we never write, links and forms that lead away, and
# where words are shown any element but those we draw words with.
ALIEN = """() => {
    const ours = ['p', 'span', 'a', 'ul', 'li', 'div', 'button', 'pre', 'em', 'strong', 'del', 'ins', 'bdi', 'mark', 'figure',
      'figcaption', 'blockquote'];
    const found = [
      ...document.querySelectorAll('iframe, object, embed, marquee, [onerror], [onload], [onfocus], [srcdoc]'),
      ...[...document.links].filter(link => !/^https?:$/.test(link.protocol) || link.host !== location.host),
      ...[...document.forms].filter(form => new URL(form.action).host !== location.host),
      ...[...document.querySelectorAll('.printed *, .answer *, .asked *, .differences *, .facts *, h1 *, h2 *, h3 *')]
        .filter(one => !ours.includes(one.localName)),
    ];
    return found.map(one => one.outerHTML.slice(0, 150)); }"""
# The page's heading is seen where it stands: nothing lies over it.
COVERED = """() => { const heading = document.querySelector('h1'); heading.scrollIntoView({block: 'center'});
    const box = heading.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + 5, box.top + box.height / 2);
    return top === heading || heading.contains(top) ? '' : (top ? top.outerHTML.slice(0, 120) : 'nothing'); }"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A document that says every payload, in its title, its headings and its text; and another address than any loads."""
    folder = tmp_path_factory.mktemp("hostile")
    paragraphs = "\n\n".join(f"ASCL says that schools need {payload} and more of it." for payload in PAYLOADS)
    body = f"## Fair {PAYLOADS[1]} funding\n\n{paragraphs}\n\nASCL policy paper: {PAYLOADS[2]}"
    write_document(folder, "hostile", body, title=f"Title {PAYLOADS[0]} {PAYLOADS[9]}")
    loaded = load_corpus(folder)
    assert all(any(payload in one.text for one in loaded.statements.values()) for payload in PAYLOADS if "\u2028" not in payload)
    return replace(loaded, documents=tuple(replace(one, url="javascript:window.hit=1//") for one in loaded.documents))


@dataclass
class Hostile(FixedService):
    """Answers everything with every statement of its corpus."""

    given: list[Sequence[str]] = field(default_factory=list)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        self.given.append(tuple(history))
        statements = list(enumerate(self.corpus.statements.values(), 1))
        return Answer(
            question, question, AnswerStatus.ANSWERED_PARTLY, "All of it.", question,
            tuple(Quote(one.text, one.id, one.span.start, one.span.end, number) for number, one in statements),
            tuple(citation_of(self.corpus, one, number, self.settings) for number, one in statements),
            tuple(PAYLOADS), tuple(Nearest(payload, statements[0][1].id) for payload in PAYLOADS), (question,),
        )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(corpus: Corpus) -> Iterator[tuple[str, Hostile]]:
    service = Hostile(corpus=corpus)
    with served(create_app(service)) as base:
        yield base, service


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def harmless(page: Page, asked_for: Sequence[str], base: str) -> None:
    """Nothing ran, nothing was fetched elsewhere, nothing is there that we did not put there."""
    assert page.evaluate("window.hit || 0") == 0
    assert page.evaluate(ALIEN) == []
    assert page.evaluate(COVERED) == ""
    assert [address for address in asked_for if not address.startswith((f"{base}/", "data:", "blob:"))] == []
    assert page.context.cookies() == []


def no_dialog(tab: Tab) -> Tab:
    tab.page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    return tab


def test_documents_are_words_on_every_page(hostile: tuple[str, Hostile], browser: Browser) -> None:
    base, service = hostile
    with opened(browser, f"{base}/statements") as tab:
        no_dialog(tab)
        harmless(tab.page, tab.asked_for, base)
        for statement in service.corpus.statements.values():
            tab.page.goto(f"{base}/statements/{statement.id}")
            assert tab.page.locator("mark").text_content() == statement.text
            harmless(tab.page, tab.asked_for, base)
            tab.page.goto(f"{base}/verify")
            tab.page.fill("#text", statement.text)
            tab.page.click("main button")
            expect(tab.page.locator(".result h2")).to_be_visible()
            harmless(tab.page, tab.asked_for, base)
        tab.page.goto(f"{base}/statements/{next(iter(service.corpus.statements))[:-8]}00000000")
        assert "changed or withdrawn" in tab.page.locator("h1").text_content()  # type: ignore[operator]
        harmless(tab.page, tab.asked_for, base)


@pytest.mark.parametrize("payload", [*PAYLOADS, ALL], ids=lambda payload: payload[:20])
def test_addresses_and_pasted_words_are_words(hostile: tuple[str, Hostile], browser: Browser, payload: str) -> None:
    base, _ = hostile
    asked = urlencode({"q": payload, "document": payload, "topic": payload})
    with opened(browser, f"{base}/ask?{asked}") as tab:
        no_dialog(tab)
        expect(tab.page.locator("#q")).to_have_value(payload)
        harmless(tab.page, tab.asked_for, base)
        for path in (f"/statements?{asked}", f"/statements/{quote(payload, safe='')}", f"/{quote(payload)}"):
            tab.page.goto(f"{base}{path}")
            harmless(tab.page, tab.asked_for, base)
        for text in (payload, f"ASCL says that schools need {payload} and no more of it.", f"“{payload}”\n[1] {payload}"):
            tab.page.goto(f"{base}/verify")
            tab.page.fill("#text", text)
            tab.page.click("main button")
            expect(tab.page.locator(".result h2")).to_be_visible()
            harmless(tab.page, tab.asked_for, base)


def test_the_light_page_shows_and_remembers_words(hostile: tuple[str, Hostile], browser: Browser) -> None:
    base, service = hostile
    with opened(browser, f"{base}/embed?q={quote(ALL)}#{urlencode({'colour': ALL, 'colourDark': PAYLOADS[5]})}") as tab:
        no_dialog(tab)
        expect(tab.light.box).to_have_value(ALL)
        harmless(tab.page, tab.asked_for, base)
        for payload in PAYLOADS:
            tab.light.ask(payload)
        assert len(service.given[-1]) == len(PAYLOADS) - 1  # each went along with the next question
        harmless(tab.page, tab.asked_for, base)
        assert tab.light.kept() == {}


def test_the_chat_page_shows_and_remembers_words(hostile: tuple[str, Hostile], browser: Browser) -> None:
    base, service = hostile
    with visit(browser, base) as visitor:
        page = visitor.page
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
        page.goto(f"{base}/chat/?q={quote(ALL)}&__theme=dark&view=api")
        expect(page.locator(QUESTION)).to_have_value(ALL)
        harmless(page, visitor.asked_for, base)
        page.fill(QUESTION, "")
        for number, payload in enumerate(PAYLOADS, 1):
            page.fill(QUESTION, payload)
            page.press(QUESTION, "Enter")
            visitor.answered(number)
        assert len(service.given[-1]) > 5
        assert visitor.last(".quote-text") == [one.text for one in service.corpus.statements.values()]
        harmless(page, visitor.asked_for, base)
        kept: dict[str, Any] = visitor.kept()
        assert {name: value for name, value in kept.items() if value} == {}
