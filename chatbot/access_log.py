"""What is logged, and how: never a question, never a query string."""

from __future__ import annotations

import logging
import re
import sys
import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import Processor

_SESSION = re.compile(r"(/heartbeat/)[^/]*")
log = structlog.get_logger("access")


_PROCESSORS: list[Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
]


def log_of(name: str) -> Any:
    """The log of that name: as it was configured, or to standard error where nobody did, as in a single command."""
    if structlog.is_configured():
        return structlog.get_logger(name)
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=_PROCESSORS)


def configure_logging(level: str) -> None:
    """One line of key=value pairs for each event, to standard error."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(threshold, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(message)s")
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class AccessLog:
    """ASGI middleware: method, path, status and milliseconds. The query string may hold a question and is left out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000)
            name = scope.get("state", {}).get("request_id")
            log.info("request", method=scope["method"], path=logged_path(scope), status=status, ms=milliseconds, id=name)


def logged_path(scope: Scope) -> str:
    """The path as it was sent, percent-encoded so that it cannot start a line of its own; no session's name."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("ascii", "backslashreplace")
    return _SESSION.sub(r"\1-", path)[:200]
