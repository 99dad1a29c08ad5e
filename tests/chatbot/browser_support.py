"""The chat page in a real Chromium: one visitor, what their browser asked for, and what it kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect, sync_playwright

# The same browser without a window or a profile; it takes a third of the time to open a page.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SCREENS = {"desk": (1280, 900), "phone": (390, 844), "small": (320, 640)}
# Either scheme and either width; what breaks a rule breaks it by one of them, hardly ever only by both.
LOOKS = pytest.mark.parametrize(("screen", "scheme"), [("desk", "light"), ("small", "dark")])
QUESTION = "#question textarea"
SEARCHED = "#searched-for textarea"


def executable(*, whole: bool = False) -> str | None:
    """A Chromium of this machine, ``whole`` with its preferences; ``CHROMIUM`` names one that is not on the path."""
    names = NAMES if whole else (SHELL, *NAMES)
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, or a skipped test with the reason."""
    path = executable()
    if path is None:
        pytest.skip(f"no Chromium found: none of {', '.join(NAMES)} is on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One visitor's page. ``asked_for`` are all addresses requested, ``complaints`` what the console reported."""

    context: BrowserContext
    page: Page
    base: str
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type the question, press Enter and wait for its answer."""
        answers = self.page.locator(".answer").count()
        self.page.click(QUESTION)
        self.page.keyboard.type(question)
        self.page.keyboard.press("Enter")
        self.answered(answers + 1)

    def answered(self, count: int) -> None:
        """Wait until the page shows so many answers."""
        expect(self.page.locator(".answer")).to_have_count(count)
        self.page.wait_for_function("() => !document.querySelector('.looking')")

    def texts(self, selector: str) -> list[str]:
        """The text of every match, as it stands in the document: no white space is collapsed."""
        found: list[str] = self.page.locator(selector).evaluate_all("all => all.map(one => one.textContent)")
        return found

    def last(self, selector: str) -> list[str]:
        """The same within the last answer."""
        inside = f"all => [...[...all].at(-1).querySelectorAll({selector!r})].map(one => one.textContent)"
        found: list[str] = self.page.locator(".answer").evaluate_all(inside)
        return found

    def foreign(self) -> list[str]:
        """Addresses of other hosts that were asked for."""
        return [address for address in self.asked_for if not address.startswith((f"{self.base}/", "data:", "blob:"))]

    def kept(self) -> dict[str, Any]:
        """Everything the browser was made to remember."""
        stored: dict[str, Any] = self.page.evaluate(
            """async () => ({local: {...localStorage}, session: {...sessionStorage}, caches: await caches.keys(),
            indexed: (await indexedDB.databases()).map(one => one.name), cookie: document.cookie})"""
        )
        return {**stored, "cookies": self.context.cookies()}

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wide


@contextmanager
def visit(browser: Browser, base: str, screen: str = "desk", scheme: str = "light", **options: Any) -> Iterator[Visit]:
    """Open the page at ``base`` as a new visitor. Other hosts are not reached: a stub answers for them."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(20_000)
    visitor = Visit(context, context.new_page(), base)

    def noted(request: Request) -> None:
        visitor.asked_for.append(request.url)

    def stub(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f"<title>{route.request.url}</title>")

    context.on("request", noted)
    context.route(lambda address: not address.startswith(f"{base}/"), stub)
    visitor.page.on("console", lambda said: visitor.complaints.append(said.text) if said.type in ("error", "warning") else None)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    visitor.page.goto(f"{base}/")
    if options.get("java_script_enabled", True):
        visitor.page.wait_for_selector(QUESTION)
        visitor.page.wait_for_function("() => document.readyState === 'complete' && !document.querySelector('.loading')")
    yield visitor
    context.close()
