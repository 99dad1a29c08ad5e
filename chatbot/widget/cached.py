"""A file that a browser keeps, and asks after again when its time is up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from chatbot.conditional import unless_known


@dataclass(frozen=True, slots=True)
class Cached:
    """Content that stays the same while the server runs. ``headers`` go with every answer, a 304 included."""

    content: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def answer(self, request: Request) -> Response:
        """The content, or 304 for a browser that has it."""
        response = unless_known(request, Response(self.content, media_type=self.media_type))
        response.headers.update(self.headers)
        return response
