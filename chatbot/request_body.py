"""The body of a request: taken whole up to a limit, looked at, and handed on."""

from __future__ import annotations

from starlette.types import Message, Receive, Scope

from chatbot.settings import Settings
from chatbot.verification import LONGEST

CHECKED = {"/verify": 12, "/api/v1/quotes/verify": 6}  # bytes a pasted character may take: percent-encoded, or as JSON


def limit_for(path: str, settings: Settings) -> int:
    """Largest request body in bytes that an address takes: checking a quote needs room for a pasted page."""
    return CHECKED[path] * LONGEST + 384 if path in CHECKED else body_limit(settings)


def body_limit(settings: Settings) -> int:
    """Largest body of a question in bytes: 16 kB, or room for the longest question where that is set higher."""
    return max(16_384, 4 * settings.question_limit + 384)  # four bytes are the most one code point takes in UTF-8


async def whole_body(scope: Scope, receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None where it is declared or turns out to be longer than ``limit`` bytes."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > limit:
        return None
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        body += bytes(message.get("body", b""))
        if len(body) > limit:
            return None
        if not message.get("more_body"):
            return body


def replayed(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body once, then whatever follows (the disconnect)."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
