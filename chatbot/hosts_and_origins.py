"""Who may call: the host names we answer to, and the web origins whose pages may read our answers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.problems import problem

OTHER_HOST = "This server does not answer to that host name."
OTHER_ORIGIN = "Pages of that origin may not call this server, or not in that way."


class KnownHosts:
    """Starlette's check of the ``Host`` header; a refusal is a problem document, as everywhere."""

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self._app = app
        self._allowed = list(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        passed = False

        async def inside(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal passed
            passed = True

        await TrustedHostMiddleware(inside, self._allowed, www_redirect=False)(scope, receive, _nowhere)
        await (self._app if passed else problem(400, OTHER_HOST))(scope, receive, send)


class RefusedPreflights:
    """Around Starlette's CORSMiddleware, whose refusals are plain text.

    Not a subclass of it: Gradio looks for that very class, and without it answers every origin itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "access-control-request-method" not in (headers := Headers(scope=scope)):
            return await self._app(scope, receive, send)
        refusal: Response | None = None

        async def worded(message: Message) -> None:
            nonlocal refusal
            if message["type"] == "http.response.start" and message["status"] == 400 and "origin" in headers:
                refusal = problem(400, OTHER_ORIGIN)
                told = MutableHeaders(scope=message)
                refusal.headers.update({name: told[name] for name in told if not name.startswith("content-")})
            elif refusal is None:
                await send(message)

        await self._app(scope, receive, worded)
        if refusal is not None:
            await refusal(scope, receive, send)


async def _nowhere(message: Message) -> None:
    """Where the refusal in plain text goes."""
