"""``/widget.js`` as it is served: the source with the service's name and colours, without its comments."""

from __future__ import annotations

import json

from chatbot.headers import DATA_POLICY
from chatbot.settings import Settings
from chatbot.widget.cached import Cached
from chatbot.widget.light_page import EMBED, FOLDER

PLACE = '"__SERVICE__"'
# Its address never changes, for it stands in other people's pages: an hour at most until they see a new version.
ONE_HOUR = "public, max-age=3600, stale-while-revalidate=86400"


def widget_script(settings: Settings, full: str) -> Cached:
    """The script; ``full`` is the path of the full chat page."""
    service = {
        "name": settings.service_name,
        "colours": [settings.accent_colour, settings.accent_colour_dark],
        "light": EMBED.removeprefix("/"),
        "full": full.removeprefix("/"),
    }
    source = _lean((FOLDER / "widget.js").read_text(encoding="utf-8")).replace(PLACE, json.dumps(service))
    headers = {
        "cache-control": ONE_HOUR,
        "content-security-policy": DATA_POLICY,
        "cross-origin-resource-policy": "cross-origin",  # for a site that is itself cross-origin isolated
    }
    return Cached(source.encode(), "text/javascript; charset=utf-8", headers)


def _lean(source: str) -> str:
    """Without comment lines and indentation: every visitor of every page that carries it loads this file."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
