"""Conditional requests: what has not changed since a caller's copy was made is not sent again (RFC 9110, 13)."""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

KEPT = "public, max-age=60"  # seconds; a changed corpus is served after a restart, and should show soon

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def unless_known(request: Request, response: Response) -> Response:
    """The response with its entity tag or, where the caller named that tag, 304 without a body."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:16]}"'
    named = request.headers.get("if-none-match", "")
    if named.strip() == "*" or tag in _TAG.findall(named):
        response = Response(status_code=304)
    # Weak: what is sent may be compressed on the way.
    response.headers["etag"] = f"W/{tag}"
    response.headers["cache-control"] = KEPT
    return response
