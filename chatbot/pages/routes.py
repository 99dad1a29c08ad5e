"""The addresses of the pages that need no script."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from chatbot import page_text
from chatbot.admission import RETRY_AFTER, Admission, Busy
from chatbot.answer import AnswerStatus
from chatbot.asking import AnsweringService, ask, whole_characters
from chatbot.browsing import Shelf
from chatbot.conditional import unless_known
from chatbot.html_rendering import render_html
from chatbot.pages.cite_forms import as_bibtex, as_html, as_markdown, as_text
from chatbot.pages.site import Site
from chatbot.selecting import citation_of
from chatbot.verification import LONGEST, TOO_LONG
from chatbot.verifying import Verifier
from corpus.models import Statement


class Pages:
    """Each method answers one address."""

    def __init__(self, site: Site, service: AnsweringService, admission: Admission, shelf: Shelf, verifier: Verifier) -> None:
        self._site, self._service, self._admission = site, service, admission
        self._shelf, self._verifier = shelf, verifier

    async def browse(self, request: Request) -> Response:
        """All statements by document and section, or those that hold some words."""
        words = whole_characters(request.query_params.get("q", ""))[:200].strip()
        document = request.query_params.get("document", "")[:120]
        held = {document.id: document for document in self._service.corpus.documents}
        document = document if document in held else ""
        topic = request.query_params.get("topic", "")[:120]
        topic = topic if any(one.section.slug == topic for one in self._shelf.topics) else ""
        found = self._shelf.found(words, document, topic)
        page = self._site.page(
            "statements.html",
            shown=self._arranged(found),
            q=words,
            document=document,
            documents=list(held.values()),
            topic=topic,
            topics={one.section.slug: one.section.name for one in self._shelf.topics},
            total=len(found),
            unlisted=bool(words or document or topic),
        )
        return unless_known(request, page)

    def _arranged(self, found: list[Statement]) -> list[dict[str, Any]]:
        """Documents with their topics with their statements, only those with something to show."""
        kept = {statement.id for statement in found}
        shown: list[dict[str, Any]] = []
        for topic in self._shelf.topics:
            here = [statement for statement in topic.statements if statement.id in kept]
            if not here:
                continue
            if not shown or shown[-1]["document"].id != topic.section.document:
                shown.append({"document": self._service.corpus.document(topic.section.document), "topics": []})
            shown[-1]["topics"].append({"section": topic.section, "statements": here})
        return shown

    async def statement(self, request: Request) -> Response:
        """A permalink: the statement within its section, and how to cite it."""
        name = request.path_params["name"]
        if not name:
            return RedirectResponse(f"{self._site.settings.path_prefix}/statements", 308)
        statement = self._service.corpus.statements.get(name)
        if statement is None:
            return self._not_held(name)
        document = self._service.corpus.document(statement.document)
        citation = citation_of(self._service.corpus, statement, 1, self._site.settings)
        address = self._site.absolute(request, f"/statements/{statement.id}")
        before, after = self._shelf.beside(statement)
        text = statement.text
        forms = [
            ("Plain text", as_text(text, citation, address)),
            ("Markdown", as_markdown(text, citation, address)),
            ("HTML", as_html(text, citation, address)),
            ("BibTeX", as_bibtex(text, citation, address)),
        ]
        page = self._site.page(
            "statement.html",
            statement=statement,
            document=document,
            citation=citation,
            section=[one for one in document.statements if one.section == statement.section],
            pointers=[one for one in document.pointers if one.section == statement.section],
            before=before,
            after=after,
            address=address,
            forms=[{"name": form, "text": held, "rows": _rows(held)} for form, held in forms],
        )
        return unless_known(request, page)

    def _not_held(self, name: str) -> Response:
        former = self._shelf.once_held(name)
        if former is None:
            return self._site.page("missing.html", 404, unlisted=True)
        return self._site.page("gone.html", 410, unlisted=True, former=former)

    async def ask(self, request: Request) -> Response:
        """A question in the address, answered on the page."""
        question = whole_characters(request.query_params.get("q", ""))
        if "q" not in request.query_params:
            return self._site.page("ask.html", unlisted=True, q="", answer=None, searched_for="")
        try:
            answer = await self._admission.run(lambda: ask(self._service, question))
        except Busy:
            page = self._site.page("ask.html", 503, unlisted=True, q=question, answer=None, searched_for="", fault=page_text.BUSY)
            page.headers["retry-after"] = str(RETRY_AFTER)
            return page
        status = {AnswerStatus.ERROR_INTERNAL: 500, AnswerStatus.DECLINED_TOO_LONG: 413}.get(answer.status, 200)
        return self._site.page(
            "ask.html", status, unlisted=True, q=answer.question, answer=render_html(answer, topic_links=self._ask_address()),
            searched_for=answer.searched_for,
        )  # fmt: skip

    def _ask_address(self) -> str:
        return f"{self._site.settings.path_prefix}/ask"

    async def check(self, request: Request) -> Response:
        """The quote checker: the empty form, or with what was found."""
        if request.method != "POST":
            return self._checked("")
        body = (await request.body()).decode("utf-8", "replace")
        text = parse_qs(body, keep_blank_values=True, encoding="utf-8", errors="replace").get("text", [""])[0]
        text = text.replace("\r\n", "\n")
        if len(text) > LONGEST:
            return self._checked(text[:LONGEST], 413, fault=TOO_LONG)
        try:
            return self._checked(text, found=await self._admission.run(lambda: self._verifier.verify(text)))
        except Busy:
            return self._checked(text, 503, fault=page_text.BUSY)

    def _checked(self, text: str, status: int = 200, **values: Any) -> Response:
        held = {"found": None, "fault": "", **values}
        return self._site.page("verify.html", status, unlisted=True, text=text, **held)

    async def robots(self, request: Request) -> Response:
        """What search engines should leave alone."""
        prefix = self._site.settings.path_prefix
        closed = [f"Disallow: {prefix}/{path}" for path in ("ask", "verify", "chat/", "embed", "api/")]
        return PlainTextResponse("\n".join(["User-agent: *", *closed, ""]))


def add_pages(app: FastAPI, pages: Pages) -> None:
    """Declare the pages on ``app``."""
    for path, answer, methods in (
        ("/statements", pages.browse, ["GET"]),
        ("/statements/{name:path}", pages.statement, ["GET"]),
        ("/ask", pages.ask, ["GET"]),
        ("/verify", pages.check, ["GET", "POST"]),
        ("/robots.txt", pages.robots, ["GET"]),
    ):
        app.add_route(path, answer, methods=methods, include_in_schema=False)


def _rows(text: str) -> int:
    """Lines that a text takes in its box on a wide screen, as far as one may look at once."""
    return min(12, sum(1 + len(line) // 88 for line in text.split("\n")))
