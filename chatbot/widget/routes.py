"""The addresses of the light page and of the widget."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from chatbot.asking import AnsweringService
from chatbot.problems import problem
from chatbot.widget.light_page import EMBED, embed_files, embed_page, full_chat
from chatbot.widget.script import widget_script


def add_widget(app: FastAPI, service: AnsweringService, with_chat: bool = True) -> None:
    """Declare ``/embed`` with its files, and ``/widget.js``."""
    settings = service.settings
    full = full_chat(with_chat)
    files = embed_files(settings)

    async def file(request: Request) -> Response:
        found = files.get(request.path_params["name"])
        return await found.answer(request) if found else problem(404, "There is no such page here.")

    page, script = embed_page(settings, files, full), widget_script(settings, full)
    app.add_route(EMBED, page.answer, methods=["GET"], include_in_schema=False)
    app.add_route(f"{EMBED}/{{name}}", file, methods=["GET"], include_in_schema=False)
    app.add_route("/widget.js", script.answer, methods=["GET"], include_in_schema=False)
