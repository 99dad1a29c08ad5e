"""A made-up website that carries the widget: from its own address, under a content security policy as strict as they come."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from chatbot.ports import in_address

FOLDER = Path(__file__).parent
BUBBLE: Mapping[str, str] = {
    "data-label": "What does ASCL say?",
    "data-greeting": "Answers are quotations from ASCL, the Association of School and College Leaders.",
    "data-colour": "#1d5c43",
    "data-colour-dark": "#8fd0b0",
}
INLINE: Mapping[str, str] = {**BUBBLE, "data-mode": "inline", "data-question": "What does ASCL think about Ofsted?"}
PAGES = {"/": "Home", "/inline": "Policy desk"}


class ChatAddressRefused(ValueError):
    """Raised for an address of the chat that is none; its text is shown to whoever started the site."""


def demo_app(chat_address: str, attributes: Mapping[str, str] | None = None) -> Starlette:
    """The site. ``chat_address`` is where the chat is served, with its path prefix; ``attributes`` replace the script's.

    Raises:
        ChatAddressRefused: for an address without a host or with another scheme than http and https.
    """
    origin, script = _addresses(chat_address)
    headers = {"content-security-policy": host_policy(origin), "x-content-type-options": "nosniff", "cache-control": "no-store"}

    def page(path: str) -> Callable[[Request], Response]:
        html = _page(path, script, attributes)
        return lambda request: HTMLResponse(html, headers=headers)

    def style(request: Request) -> Response:
        return Response((FOLDER / "demo.css").read_bytes(), headers=headers, media_type="text/css; charset=utf-8")

    return Starlette(routes=[*(Route(path, page(path)) for path in PAGES), Route("/site.css", style)])


def host_policy(origin: str) -> str:
    """What a site needs to allow, and not a word more: the chat's script and its frame."""
    return (
        f"default-src 'none'; script-src {origin}; frame-src {origin}; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'"
    )


def run(chat_address: str, host: str, port: int, report: Callable[[str], None]) -> None:
    """Serve the site until stopped; with port 0 on a free one. ``report`` is told where, and what the chat must allow.

    Raises:
        ChatAddressRefused: from :func:`demo_app`.
        OSError: where the port cannot be listened on.
    """
    app = demo_app(chat_address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()  # from now on a visitor is served, if only in a moment
        origin = f"http://{in_address(host)}:{listener.getsockname()[1]}"
        report(f"Listening on {origin}/ (Ctrl+C stops)")
        report(f"The chat is shown there where it is served with ASCL_CHAT_FRAME_ANCESTORS='[\"{origin}\"]'.")
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)
        uvicorn.Server(config).run([listener])


def _addresses(chat_address: str) -> tuple[str, str]:
    """Origin of the chat, and the address of its script."""
    parts = urlsplit(chat_address)
    unusable = any(character in chat_address for character in " ;,'\"<>")  # would end a directive of the policy
    if parts.scheme not in ("http", "https") or not parts.hostname or unusable:
        raise ChatAddressRefused(f"{chat_address!r} is no address of a chat. Write it as http://127.0.0.1:7860.")
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin, f"{origin}{parts.path.rstrip('/')}/widget.js"


def _page(path: str, script: str, attributes: Mapping[str, str] | None) -> str:
    inline = path == "/inline"
    given = attributes if attributes is not None else INLINE if inline else BUBBLE
    # The whole of what a site pastes in.
    line = f'<script src="{escape(script)}"{"".join(f" {name}={_quoted(text)}" for name, text in given.items())} defer></script>'
    links = "".join(
        f'<li><a href="{address}"{" aria-current=page" * (address == path)}>{name}</a></li>' for address, name in PAGES.items()
    )
    content = Template((FOLDER / f"demo-{'inline' if inline else 'bubble'}.html").read_text(encoding="utf-8"))
    return Template((FOLDER / "demo.html").read_text(encoding="utf-8")).substitute(
        title=PAGES[path], links=links, content=content.substitute(inline=line), after="" if inline else line
    )


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
