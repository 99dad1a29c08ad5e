"""Errors of the HTTP interface as problem documents (RFC 9457), each with a sentence for whoever called."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response

from chatbot.headers import ALWAYS, DATA_POLICY, NO_STORE


def problem(status: int, detail: str) -> Response:
    """The error as ``application/problem+json``; ``detail`` is a sentence and holds nothing of the server's inside."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(
        json.dumps(body, ensure_ascii=False),
        status,
        # All of them here: the answer to a failure is sent from outside the guard.
        {**ALWAYS, "cache-control": NO_STORE, "content-security-policy": DATA_POLICY},
        "application/problem+json",
    )
