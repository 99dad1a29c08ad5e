"""Addresses that lead nowhere: a page for whoever reads, a problem document for a program."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from chatbot.pages.site import Site
from chatbot.problems import problem

_FOR_PROGRAMS = ("/api/", "/chat/", "/static/", "/embed/")


def add_lost(app: FastAPI, site: Site) -> None:
    """Answer what no route of ``app`` takes."""

    async def lost(request: Request, error: Exception) -> Response:
        path = request.scope["path"].removeprefix(site.settings.path_prefix)
        if path.endswith("/") and _is_taken(app, request, shorter := path.rstrip("/")):
            # A path, not a full address: we cannot know what a proxy is called, nor whether it speaks TLS.
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{site.settings.path_prefix}{shorter}{query}", 308)
        reads = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
        if reads and not path.startswith(_FOR_PROGRAMS):
            return site.page("missing.html", 404, unlisted=True)
        return problem(404, "There is no such page here.")

    app.add_exception_handler(404, lost)


def _is_taken(app: FastAPI, request: Request, path: str) -> bool:
    scope = {**request.scope, "path": f"{request.scope['root_path']}{path}"}
    return any(route.matches(scope)[0] is Match.FULL for route in app.router.routes)
