"""The light page as it is served: HTML filled in from the settings, style sheet and script under names with a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from chatbot import page_text
from chatbot.guard import CHAT
from chatbot.headers import DATA_POLICY, IMMUTABLE
from chatbot.request_body import body_limit
from chatbot.settings import Settings
from chatbot.static_files import StaticFiles, colours_by_scheme
from chatbot.widget import words
from chatbot.widget.cached import Cached

EMBED = "/embed"
FOLDER = Path(__file__).parent
PARTS = ("embed-drawing.js", "embed-asking.js", "embed-frame.js")  # in this order
REVALIDATE = "no-cache"  # kept, but asked after each time: a new version is seen at once


def embed_policy(settings: Settings) -> str:
    """Content security policy of the light page: its own files and the API, and who may show it in a frame."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            " ".join(["frame-ancestors 'self'", *settings.frame_ancestors]),
        ]
    )


def embed_files(settings: Settings) -> Mapping[str, Cached]:
    """Style sheet and script by the name they are served under, below ``/embed/``."""
    style = colours_by_scheme(settings).encode() + (FOLDER / "embed.css").read_bytes()
    script = _script().encode()
    headers = {"cache-control": IMMUTABLE, "content-security-policy": DATA_POLICY}
    return {
        _named("embed", style, "css"): Cached(style, "text/css; charset=utf-8", headers),
        _named("embed", script, "js"): Cached(script, "text/javascript; charset=utf-8", headers),
    }


def _script() -> str:
    """The parts as one script: one request, and no name of theirs outside."""
    parts = "".join((FOLDER / part).read_text(encoding="utf-8") for part in PARTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def embed_page(settings: Settings, files: Mapping[str, Cached], full: str) -> Cached:
    """The page itself; ``full`` is the path of the full chat page, or of this one where there is no other."""
    prefix = settings.path_prefix
    address = {name.rpartition(".")[2]: f"{prefix}{EMBED}/{name}" for name in files}
    texts = {
        "language": page_text.LANGUAGE,
        "name": settings.service_name,
        "introduction": words.INTRODUCTION,
        "icon": StaticFiles(settings).address("icon.svg"),
        "style": address["css"],
        "script": address["js"],
        "ask": f"{prefix}/ask",
        "conversation": page_text.CONVERSATION,
        "starters_label": page_text.STARTERS,
        "question_label": page_text.QUESTION_LABEL,
        "placeholder": page_text.QUESTION_PLACEHOLDER,
        "ask_label": page_text.ASK,
        "no_script": words.NO_SCRIPT,
        "full": f"{prefix}{full}",
        "full_label": words.NEW_TAB if full == EMBED else words.FULL_CHAT,
        "opens_new_tab": page_text.OPENS_NEW_TAB,
        "clear": page_text.CLEAR,
        "copyright": page_text.COPYRIGHT,
        "whose": page_text.whose_service(settings),
    }
    filled = {name: escape(text) for name, text in texts.items()}
    page = Template((FOLDER / "embed.html").read_text(encoding="utf-8")).substitute(
        filled,
        starters=_starters(settings.starter_questions),
        starters_hidden="" if settings.starter_questions else " hidden",
        words=_data(settings),
    )
    headers = {"cache-control": REVALIDATE, "content-security-policy": embed_policy(settings)}
    return Cached(page.encode(), "text/html; charset=utf-8", headers)


def full_chat(with_chat: bool) -> str:
    """Path of the page behind "Open full chat"."""
    return f"{CHAT}/" if with_chat else EMBED


def _starters(questions: tuple[str, ...]) -> str:
    return "".join(f'<li><button name="q" value="{escape(text)}">{escape(text)}</button></li>' for text in questions)


def _data(settings: Settings) -> str:
    """What the script needs to know, as JSON that cannot end the element it stands in."""
    data = {
        "words": words.FOR_SCRIPT,
        "api": f"{settings.path_prefix}/api/v1/answers",
        "limit": settings.question_limit,
        "bodyLimit": body_limit(settings),
        "historyLimit": settings.history_limit,
        "hosts": settings.frame_ancestors,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _named(stem: str, content: bytes, suffix: str) -> str:
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
