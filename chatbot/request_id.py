"""A name for every request, sent back with its response and logged: what a caller quotes when asking about a failure."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
_SANE = re.compile(rb"[A-Za-z0-9._-]{8,64}")  # nothing that could start a line of its own in a log


class RequestId:
    """ASGI middleware. A caller's own name is kept where it is sane, so that it can be followed through a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given: bytes = dict(scope["headers"]).get(HEADER.encode(), b"")
        name = given.decode("ascii") if _SANE.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = name

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        await self._app(scope, receive, named)
