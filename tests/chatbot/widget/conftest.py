"""One browser and one stage for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chatbot.browser_support import chromium
from tests.chatbot.widget.widget_support import Stage, stage


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def scene() -> Iterator[Stage]:
    with stage() as scene:
        yield scene
