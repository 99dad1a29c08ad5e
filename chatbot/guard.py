"""The layer between the network and everything we serve: closed doors, a cap on bodies, security headers.

Measured against gradio 6.31.0; check again at every upgrade (the version is pinned in pyproject.toml for this).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import quote

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot import chat_routes
from chatbot.chat_shell import ChatShell
from chatbot.headers import ALWAYS, DATA_POLICY, IMMUTABLE, NO_STORE, ONE_DAY, chat_policy
from chatbot.page_text import INTERNAL_ERROR
from chatbot.problems import problem
from chatbot.request_body import limit_for, replayed, whole_body
from chatbot.settings import Settings

log = structlog.get_logger("chatbot")

CHAT = "/chat"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Gradio builds its own address from these, whoever sends them; the browser mends scheme and port by itself.
_UNTRUSTED = (b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-for", b"x-gradio-server")


class Guard:
    """ASGI middleware around the whole application. ``inputs`` holds how many values each event of the page sends."""

    def __init__(self, app: ASGIApp, settings: Settings, shell: ChatShell, inputs: Mapping[int, int]) -> None:
        self._app = app
        self._prefix = settings.path_prefix
        self._frame_ancestors = settings.frame_ancestors
        self._shell = shell
        self._inputs = inputs
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing of ours speaks it
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self._without_prefix(scope["path"])
        if _CONTROL.search(path):  # a line end in a path would pass for the end of the path
            return await problem(404, "There is no such page here.")(scope, receive, self._guarded(send, None, scope["method"]))
        headers = [(name, value) for name, value in scope["headers"] if name not in _UNTRUSTED]
        # Inside, the path always carries the prefix and "root_path" names it, whatever the proxy did.
        whole = self._prefix + path
        scope = {
            **scope,
            "path": whole,
            "raw_path": quote(whole, errors="replace").encode(),
            "root_path": self._prefix,
            "headers": headers,
        }
        chat_path = path.removeprefix(CHAT) if path.startswith(f"{CHAT}/") else None
        guarded = self._guarded(send, chat_path, method := scope["method"])
        if chat_path is not None and not chat_routes.is_open(method, chat_path):
            return await problem(404, "There is no such page here.")(scope, receive, guarded)
        limit = limit_for(path, self._settings)
        body = await whole_body(scope, receive, limit)
        if body is None:
            sentence = f"That is longer than can be taken here, at most {limit:,} bytes. Please shorten it."
            return await problem(413, sentence)(scope, receive, guarded)
        if chat_path == chat_routes.JOIN and (fault := chat_routes.join_fault(body, self._inputs)):
            return await problem(422, fault)(scope, receive, guarded)
        await (self._app if chat_path is None else self._chat)(scope, replayed(body, receive), guarded)

    async def _chat(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gradio lets what a stranger sends end in an exception; unmet, the server logs the trace, words and all."""
        last: Message = {}

        async def watched(message: Message) -> None:
            nonlocal last
            last = message
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            log.warning("chat_failed", error=type(error).__name__)
            if not last:
                await problem(500, INTERNAL_ERROR)(scope, receive, send)
            elif last["type"] == "http.response.start" or last.get("more_body"):
                await send({"type": "http.response.body", "body": b""})

    def _without_prefix(self, path: str) -> str:
        """The path as our routes know it. Proxies differ in whether they strip the prefix before they pass it on."""
        if path == self._prefix:
            return "/"
        return path.removeprefix(self._prefix) if path.startswith(f"{self._prefix}/") else path

    def _guarded(self, send: Send, chat_path: str | None, method: str) -> Send:
        if chat_path == "/" and method == "GET":
            return _PageSender(send, self._shell, self._frame_ancestors)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", DATA_POLICY)
                if message["status"] == 200 and (kept := _kept_for(chat_path or "")):
                    headers["cache-control"] = kept
                headers.setdefault("cache-control", NO_STORE)
            await send(message)

        return with_headers


class _PageSender:
    """Holds the chat page back until it is whole, then sends it with our shell, a fresh nonce and its policy."""

    def __init__(self, send: Send, shell: ChatShell, frame_ancestors: tuple[str, ...]) -> None:
        self._send, self._shell, self._frame_ancestors = send, shell, frame_ancestors
        self._start: Message = {}
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            return await self._send(message)
        self._page += message.get("body", b"")
        if message.get("more_body"):
            return
        nonce = secrets.token_urlsafe(16)
        page = self._shell.around(self._page, nonce) if self._start["status"] == 200 else self._page
        headers = MutableHeaders(scope=self._start)
        for name, value in ALWAYS.items():
            headers[name] = value
        headers["content-security-policy"] = chat_policy(nonce, self._frame_ancestors)
        headers["cache-control"] = NO_STORE
        headers["content-length"] = str(len(page))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": page})


def _kept_for(chat_path: str) -> str | None:
    """How long a browser may keep one of Gradio's files; None where Gradio's own answer stands."""
    if chat_path.startswith("/assets/"):  # their names carry a digest
        return IMMUTABLE
    return ONE_DAY if chat_path.startswith("/static/") else None
