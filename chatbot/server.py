"""The web server: every address, in the order that matters, and the layers around them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from chatbot.access_log import AccessLog, configure_logging
from chatbot.admission import Admission
from chatbot.api import add_api
from chatbot.api_meanings import DescribedApp
from chatbot.asking import AnsweringService
from chatbot.browsing import Shelf
from chatbot.chat_shell import ChatShell
from chatbot.garbage import look_past_what_is_kept
from chatbot.guard import CHAT, Guard
from chatbot.hosts_and_origins import KnownHosts, RefusedPreflights
from chatbot.pages.api_docs import add_api_docs
from chatbot.pages.lost import add_lost
from chatbot.pages.routes import Pages, add_pages
from chatbot.pages.site import Site
from chatbot.request_id import HEADER, RequestId
from chatbot.settings import Settings
from chatbot.static_files import PATH, StaticFiles
from chatbot.verifying import Verifier
from chatbot.version import __version__
from chatbot.widget.routes import add_widget

if TYPE_CHECKING:
    from chatbot.web import ChatPage


def create_app(service: AnsweringService, with_chat: bool = True) -> FastAPI:
    """The whole application. Without the chat page gradio is not imported, which saves seconds."""
    settings = service.settings
    files = StaticFiles(settings)
    app = DescribedApp(
        title=settings.service_name,
        description="What ASCL has published, quoted exactly and cited. Fields are added, never renamed or removed.",
        version=__version__,
        openapi_url=None,  # served by us, so that it can be asked after; FastAPI's own pages load scripts from another host
        redirect_slashes=False,  # would name the host and scheme that we were reached by, behind a proxy
    )
    admission = Admission(settings)
    page = _chat_page(service, admission) if with_chat else None
    _add_layers(app, settings, ChatShell(settings, files), page.inputs if page else {})
    shelf, verifier = Shelf(service.corpus), Verifier(service.corpus, settings.path_prefix)
    add_api(app, service, admission, shelf, verifier)
    site = Site(settings, files, f"{CHAT}/" if page else "/ask")
    add_pages(app, Pages(site, service, admission, shelf, verifier))
    add_api_docs(app, site)
    add_lost(app, site)
    add_widget(app, service, with_chat)
    app.add_route(f"{PATH}/{{name}}", files.answer, methods=["GET"], include_in_schema=False)
    home = f"{CHAT}/" if page else "/ask"

    async def to_home(request: Request) -> Response:
        return RedirectResponse(f"{settings.path_prefix}{home}", 307)

    for path in ("/", CHAT) if page else ("/",):
        app.add_route(path, to_home, methods=["GET"], include_in_schema=False)
    if page:
        page.mount(app)  # last: a route declared after a mount could never be reached
    return app


def _chat_page(service: AnsweringService, admission: Admission) -> ChatPage:
    from chatbot.web import ChatPage

    return ChatPage(service, admission)


def _add_layers(app: FastAPI, settings: Settings, shell: ChatShell, inputs: Mapping[int, int]) -> None:
    """From the innermost out: each is added around those before it."""
    app.add_middleware(KnownHosts, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(Guard, settings=settings, shell=shell, inputs=inputs)
    # Present even with no origin allowed: without it Gradio answers every origin, credentials included. Outside the
    # guard, so that a page that may call us can read why the guard refused it.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["content-type", "if-none-match", HEADER],
        expose_headers=["etag", "retry-after", HEADER],
        allow_credentials=False,
    )
    app.add_middleware(RefusedPreflights)
    app.add_middleware(GZipMiddleware, minimum_size=1000)  # outside the guard, which rewrites the page
    app.add_middleware(AccessLog)
    app.add_middleware(RequestId)


def run(settings: Settings, ready: Callable[[str], None] = lambda address: None, with_chat: bool = True) -> None:
    """Open everything and serve until stopped; ``ready`` is told the address once questions are answered.

    Raises:
        CorpusError, IndexRefused: from :func:`chatbot.assembly.assemble`.
    """
    from chatbot.assembly import assemble

    configure_logging(settings.log_level)
    service = assemble(settings)
    service.warm_up()
    app = create_app(service, with_chat)
    gc.collect()  # what the start left behind is not kept
    look_past_what_is_kept()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    _Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            access_log=False,  # ours leaves the query string out
            log_config=None,
            server_header=False,
            proxy_headers=False,  # whoever calls could send them
            timeout_graceful_shutdown=3,  # an open page holds a stream that never ends by itself
        ),
        lambda: ready(f"http://{host}:{settings.port}{settings.path_prefix}/"),
    ).run()


class _Server(uvicorn.Server):
    """Uvicorn, saying when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._started()
