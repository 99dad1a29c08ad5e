"""What every page shares: the templates, the addresses in the header, and the headers of the response."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from chatbot import page_text
from chatbot.citing import plain_date, web_address
from chatbot.html_rendering import literal
from chatbot.settings import Settings
from chatbot.static_files import StaticFiles


class Site:
    """Fills templates. ``home`` is the path of the page where one asks: the chat page, or ``/ask`` where there is none."""

    def __init__(self, settings: Settings, files: StaticFiles, home: str) -> None:
        self.settings = settings
        self._files = files
        self._home = home

    @cached_property
    def _templates(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("chatbot.pages"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["literal"] = lambda text: Markup(literal(text))
        environment.filters["date"] = plain_date
        environment.filters["prose"] = _prose
        environment.filters["web"] = web_address
        environment.filters["one_line"] = _one_line
        environment.globals.update(
            words=page_text,
            settings=self.settings,
            whose=page_text.whose_service(self.settings),
            prefix=self.settings.path_prefix,
            style=self._files.address("pages.css"),
            icon=self._files.address("icon.svg"),
            home=f"{self.settings.path_prefix}{self._home}",
        )
        return environment

    def page(self, template: str, status: int = 200, *, unlisted: bool = False, **values: Any) -> HTMLResponse:
        """A page from a template; ``unlisted`` ones ask search engines to leave them out."""
        text = self._templates.get_template(template).render(unlisted=unlisted, **values)
        headers = (
            {"content-security-policy": self._policy, "x-robots-tag": "noindex"}
            if unlisted
            else {"content-security-policy": self._policy}
        )
        return HTMLResponse(text, status, headers)

    def absolute(self, request: Request, path: str) -> str:
        """A full address to hand out: from the setting or, without it, as this visitor came."""
        base = self.settings.public_address.rstrip("/") or str(request.url.replace(path="", query="", fragment="")).rstrip("/")
        prefix = "" if self.settings.public_address else self.settings.path_prefix
        return f"{base}{prefix}{path}"

    @property
    def _policy(self) -> str:
        """No script at all; a form may only come back here."""
        allowed = " ".join(["frame-ancestors 'self'", *self.settings.frame_ancestors])
        return f"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; {allowed}"


def _prose(text: str) -> Markup:
    """A docstring's words, with what stands in its double backquotes as code."""
    return Markup(re.sub(r"``(.+?)``", r"<code>\1</code>", str(escape(text))))


def _one_line(text: str) -> str:
    """Text for a page's title, which nothing isolates: without marks that turn the direction of what follows."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
