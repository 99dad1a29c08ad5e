"""Our own style sheet, script and icon, served under names that carry their digest, so that they can be cached for good."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from chatbot.headers import DATA_POLICY, IMMUTABLE
from chatbot.problems import problem
from chatbot.settings import Settings

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
PATH = "/static"


class StaticFiles:
    """The files of ``chatbot/static``, read once; only names known here are ever answered."""

    def __init__(self, settings: Settings) -> None:
        contents = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
        contents["chat.css"] = _colours(settings).encode() + contents["chat.css"]
        contents["pages.css"] = colours_by_scheme(settings).encode() + contents["pages.css"]
        self._served = {_with_digest(name, content): content for name, content in contents.items()}
        self._addresses = {
            name: f"{settings.path_prefix}{PATH}/{_with_digest(name, content)}" for name, content in contents.items()
        }

    def address(self, name: str) -> str:
        """Where a page finds the file of this name."""
        return self._addresses[name]

    def answer(self, request: Request) -> Response:
        """The file named in the path, or a 404."""
        name: str = request.path_params["name"]
        if name not in self._served:
            return problem(404, "There is no such page here.")
        headers = {"cache-control": IMMUTABLE, "content-security-policy": DATA_POLICY}
        return Response(self._served[name], 200, headers, TYPES[Path(name).suffix])


def _with_digest(name: str, content: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _colours(settings: Settings) -> str:
    light, dark = settings.accent_colour, settings.accent_colour_dark
    return f":root{{--accent:{light};--on-accent:{ink_on(light)}}}\nbody.dark{{--accent:{dark};--on-accent:{ink_on(dark)}}}\n"


def colours_by_scheme(settings: Settings) -> str:
    """The accent colours as the browser's own choice of light or dark has them."""
    light, dark = settings.accent_colour, settings.accent_colour_dark
    return (
        f":root{{--accent:{light};--on-accent:{ink_on(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};--on-accent:{ink_on(dark)}}}}}\n"
    )


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on this colour (WCAG 2 relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"
