"""Which of Gradio's addresses are open: those that the chat page needs, by no other spelling, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot.chat_routes import is_open
from chatbot.server import create_app
from tests.chatbot.web_support import FixedService, served

CLOSED = [
    "upload",
    "upload_progress?upload_id=1",
    "file=/etc/passwd",
    "file/etc/passwd",
    "file",
    "proxy=https://evil.example/",
    "config",
    "config/",
    "info",
    "openapi.json",
    "docs",
    "monitoring",
    "monitoring/summary",
    "monitoring/x",
    "deep_link",
    "run/predict",
    "run/_ask",
    "api/_ask",
    "api/predict",
    "call/_ask",
    "call/_ask/1",
    "call/v2/_ask",
    "queue/status",
    "queue/joined",
    "stream/1/2/3/playlist.m3u8",
    "stream/1",
    "component_server",
    "dev/reload",
    "vibe-edit",
    "vibe-code",
    "vibe-edit-history",
    "custom_component/x/client/component/y.js",
    "process_recording",
    "token",
    "user",
    "login",
    "logout",
    "login_check",
    "app_id",
    "mcp",
    "mcp/sse",
    "gradio_api",
    "heartbeat/../upload",
    "assets",
    "robots.txt",
    "manifest.json",
    "pwa_icon",
    "wasm",
]  # every route of Gradio's that the page does not need, and a few that it never had


# Gradio looks at its own statistics through an option of pandas that pandas has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated")

http = httpx.Client(timeout=20)  # one for all: each new one reads every certificate of the system


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(FixedService())) as address, http:
        yield address


@pytest.mark.parametrize("path", CLOSED)
def test_what_the_page_does_not_need_is_not_there(base: str, path: str) -> None:
    for place in (f"{base}/chat/{path}", f"{base}/chat/gradio_api/{path}"):
        for method in ("GET", "POST", "PUT", "DELETE"):
            response = http.request(method, place)
            assert response.status_code == 404, f"{method} {place}"
            assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/chat//gradio_api/upload",
        "/chat/./gradio_api/upload",
        "/chat/assets/..%2fgradio_api%2fupload",
        "/chat/assets/../gradio_api/upload",
        "/chat/static/%2e%2e/%2e%2e/gradio_api/info",
        "/chat%2fgradio_api%2finfo",
        "/chat/gradio_api%2finfo",
        "/chat/gradio_api/info%00",
        "/chat/gradio_api/file%3D/etc/passwd",
        "/%63hat/gradio_api/config",
        "//chat/gradio_api/config",
        "/chat;/gradio_api/config",
        "/CHAT/gradio_api/config",
        "/chat/assets/..%5c..%5cweb.py",
        "/chat/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/gradio_api/info",
    ],
)
def test_no_spelling_of_a_closed_address_opens_it(base: str, path: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", base)
        request.url = request.url.copy_with(raw_path=path.encode())
        response = client.send(request)
    assert response.status_code == 404
    assert "root:" not in response.text


def test_what_the_page_needs_is_there(base: str) -> None:
    page = http.get(f"{base}/chat/").text
    for name in ["theme.css", re.findall(r"assets/[\w.-]+\.js", page)[0], "gradio_api/startup-events"]:
        assert http.get(f"{base}/chat/{name}").status_code == 200
    assert http.post(f"{base}/chat/gradio_api/reset", json={"event_id": "x"}).status_code == 200


@given(st.text(max_size=60))
@example("gradio_api/upload")
@example("gradio_api/queue/join")
def test_only_listed_addresses_are_open(path: str) -> None:
    listed = (
        r"/(assets/.+|static/.+|svelte/.+|theme\.css|favicon\.ico"
        r"|gradio_api/(queue/data|heartbeat/\w+|startup-events|theme\.css))?"
    )
    if is_open("GET", f"/{path}"):
        assert re.fullmatch(listed, f"/{path}")
    if is_open("POST", f"/{path}"):
        assert path in ("gradio_api/queue/join", "gradio_api/cancel", "gradio_api/reset")
    assert not is_open("PUT", f"/{path}")
