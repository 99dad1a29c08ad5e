"""The widget where a browser blocks what other sites may keep; in a file of its own, for it starts its own browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.chatbot.browser_support import ARGUMENTS, executable
from tests.chatbot.widget.widget_support import OFSTED, Stage, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def private(tmp_path: Path) -> Iterator[BrowserContext]:
    """A visitor whose browser blocks third-party cookies and storage."""
    path = executable(whole=True)
    if path is None:
        pytest.skip("no Chromium found")
    (tmp_path / "Default").mkdir()
    preferences = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(tmp_path, executable_path=path, args=ARGUMENTS)
        yield context
        context.close()


def test_the_chat_works_where_third_party_cookies_are_blocked(scene: Stage, private: BrowserContext) -> None:
    with watched(private) as tab:
        tab.page.goto(scene.show())
        tab.page.click(".bubble")
        expect(tab.framed.ask(OFSTED).locator("blockquote")).not_to_have_count(0)
        reading = "() => { try { return localStorage.length; } catch (error) { return error.name; } }"
        assert tab.framed.place.evaluate(reading) == "SecurityError"  # they are blocked indeed
        assert tab.page.evaluate(reading) == 0
        assert tab.complaints == []
        assert private.cookies() == []
