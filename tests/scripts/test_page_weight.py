"""What a page costs is counted as the browser counts it, and a page above its limit is named."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from scripts.page_weight import Limits, Page, Weight, above, served, table, visited
from tests.chatbot.browser_support import chromium

SMALL = Limits(3, 4_000, 60_000)


def answer(request: Request) -> Response:
    if request.url.path == "/script.js":
        return Response(
            f"document.body.append(document.createElement('textarea')); // {'x' * 3000}", media_type="text/javascript"
        )
    policy = {"content-security-policy": "default-src 'none'; script-src 'self'"}
    return HTMLResponse(
        "<!doctype html><title>A</title><link rel=icon href=data:,><body><script src=script.js></script>", 200, policy
    )


@pytest.mark.browser
def test_requests_and_bytes_are_the_browser_s() -> None:
    with served(Starlette(routes=[Route("/{path:path}", answer)])) as base, chromium() as browser:
        weight = visited(browser, Page("small", f"{base}/", "textarea", SMALL))
    assert weight.requests == 2
    assert 3_200 < weight.bytes < 4_000  # headers counted
    assert weight.milliseconds > 0


def test_what_is_above_its_limit_is_named() -> None:
    page = Page("small", "", "", SMALL)
    assert above(page, Weight(3, 4_000, 60_000)) == []
    assert above(page, Weight(4, 3_000, 60_001)) == ["requests", "milliseconds"]
    assert "ABOVE: bytes" in table([(page, Weight(1, 4_001, 1))])
    assert "ABOVE" not in table([(page, Weight(1, 1, 1))])
