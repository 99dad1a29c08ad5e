"""What a browser may ask of Gradio: the routes the chat page needs, and the one shape of a question sent to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

# Everything that is not here answers 404: upload (its files would be public), file, proxy, config, info, openapi,
# monitoring, deep_link, run, call, api, component_server, stream, login and whatever a later release brings.
_READ = re.compile(
    r"/(assets/[\w.-]+(/[\w.-]+)*|static/[\w.-]+(/[\w.-]+)*|svelte/[\w.-]+(/[\w.-]+)*|theme\.css|favicon\.ico"
    r"|gradio_api/(queue/data|heartbeat/[a-z0-9]{1,32}|startup-events|theme\.css))?"
)
_WRITE = re.compile(r"/gradio_api/(queue/join|cancel|reset)")
_SESSION = re.compile(r"[a-z0-9]{1,32}")
_JOIN_KEYS = {"data", "event_data", "fn_index", "trigger_id", "session_hash"}
JOIN = "/gradio_api/queue/join"


def is_open(method: str, path: str) -> bool:
    """Whether the chat page needs this; ``path`` is relative to the page's own."""
    if any(part in (".", "..") for part in path.split("/")):
        return False
    return bool((_READ if method in ("GET", "HEAD") else _WRITE).fullmatch(path)) and method in ("GET", "HEAD", "POST")


def join_fault(body: bytes, inputs: Mapping[int, int]) -> str | None:
    """Why a question sent to the queue is refused, as a sentence; None for one the page itself would send.

    Gradio turns any object with a ``path`` into a file read by the server, whatever component it is meant for. The
    page sends only texts (and null where the server keeps the state), so nothing else is let through. ``inputs`` holds
    how many values each event takes: Gradio answers another number, and an unknown event, with a trace in the log.
    """
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError):
        return "The request body is not JSON."
    if not isinstance(sent, dict) or not set(sent) <= _JOIN_KEYS:
        return "The request body is not one that the chat page sends."
    data, session = sent.get("data"), sent.get("session_hash")
    if not isinstance(data, list) or not all(item is None or isinstance(item, str) for item in data):
        return "Only texts may be sent to the chat page."
    if sent.get("event_data") is not None:
        return "The request body is not one that the chat page sends."
    if not isinstance(session, str) or not _SESSION.fullmatch(session):
        return "The session's name is not one that the chat page makes."
    event, trigger = sent.get("fn_index"), sent.get("trigger_id")
    if not _whole_number(event) or inputs.get(event) != len(data) or not (trigger is None or _whole_number(trigger)):
        return "The request body is not one that the chat page sends."
    return None


def _whole_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000
