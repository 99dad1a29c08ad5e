"""The chat page's own HTML around Gradio's: header, footer, language, our files, and a nonce on every script."""

from __future__ import annotations

import re
from html import escape

from chatbot import page_text
from chatbot.settings import Settings
from chatbot.static_files import StaticFiles

# Gradio's page points at a manifest we do not serve and at pictures and accounts that are not ours.
_FOREIGN_HEAD = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
_HTML_TAG = re.compile(rb'<html\s+lang="[^"]*"')
_SCRIPT_TAG = re.compile(rb"<script(?=[\s>])")
_BODY_TAG = re.compile(rb"<body[^>]*>")


class ChatShell:
    """Rewrites the one HTML page that Gradio serves."""

    def __init__(self, settings: Settings, files: StaticFiles) -> None:
        self._head = _head(settings, files).encode()
        self._before = _before(settings).encode()
        self._after = _after(settings).encode()

    def around(self, page: bytes, nonce: str) -> bytes:
        """Gradio's page with ours around it; ``nonce`` is the one named in the page's policy."""
        page = _FOREIGN_HEAD.sub(b"", page)
        page = _HTML_TAG.sub(f'<html lang="{page_text.LANGUAGE}"'.encode(), page, count=1)
        page = page.replace(b"</head>", self._head + b"</head>", 1)
        page = _BODY_TAG.sub(lambda tag: tag[0] + self._before, page, count=1)
        start, end, rest = page.rpartition(b"</body>")
        # Last, so that the nonce is on our script too. The settings in the page are JSON with "<" written out.
        return _SCRIPT_TAG.sub(f'<script nonce="{nonce}"'.encode(), start + self._after + end + rest)


def _head(settings: Settings, files: StaticFiles) -> str:
    return (
        f"<title>{escape(settings.service_name)}</title>"
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="{files.address("icon.svg")}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{files.address("chat.css")}">'
        f'<script src="{files.address("chat.js")}" defer></script>'
    )


def _before(settings: Settings) -> str:
    return (
        f'<header class="page-header"><div><h1>{escape(settings.service_name)}</h1>'
        f"<p>{escape(page_text.INTRODUCTION)}</p>{_pages(settings)}</div></header>"
        f'<noscript><p class="no-script">{escape(page_text.NO_SCRIPT)} '
        f'<a href="{settings.path_prefix}/ask">{escape(page_text.NO_SCRIPT_LINK)}</a></p></noscript>'
    )


def _pages(settings: Settings) -> str:
    links = (("/statements", page_text.BROWSE), ("/verify", page_text.CHECK))
    items = "".join(f'<li><a href="{settings.path_prefix}{path}">{escape(label)}</a></li>' for path, label in links)
    return f'<nav aria-label="{page_text.PAGES}"><ul>{items}</ul></nav>'


def _keep() -> str:
    """What keeps the conversation; the script shows it once there is one. The visitor's own file is the only copy."""
    forms = (("text", page_text.KEEP_TEXT), ("markdown", page_text.KEEP_MARKDOWN))
    buttons = "".join(f'<button type="button" value="{form}">{escape(label)}</button>' for form, label in forms)
    return f'<section id="keep" aria-label="{page_text.KEEP}" hidden><div>{buttons}</div></section>'


def _after(settings: Settings) -> str:
    contact = ""
    if settings.contact_name and settings.contact_address:
        address, name = escape(settings.contact_address), escape(settings.contact_name)
        contact = f'<p>Contact: <a href="{address}" rel="noopener noreferrer">{name}</a></p>'
    return (
        f'{_keep()}<footer class="page-footer"><div><p>{escape(page_text.COPYRIGHT)}</p>'
        f"<p>{escape(page_text.whose_service(settings))}</p>{contact}</div></footer>"
    )
