"""Measure in Chromium what the pages cost a visitor: requests, bytes, and the time until they can be used.

    python scripts/page_weight.py [--runs 5] [--chromium PATH]

Serves the published index on a free port, and a site that carries the widget on another. Exits with 1 where a page is
above its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.types import ASGIApp

SETTLED = 1500  # milliseconds after a page can be used, for what it fetches late
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# Told by the page itself, so that no message to us is part of the time.
WATCH = """(() => {
  const shadow = () => document.querySelector("ascl-chat")?.shadowRoot;
  const find = (selector) => document.querySelector(selector) || shadow()?.querySelector(selector);
  const look = () => {
    const found = find(%r);
    if (found && !found.disabled && found.getClientRects().length) window.usableAfter = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()"""


@dataclass(frozen=True)
class Limits:
    """Most requests, bytes over the wire with their headers, and milliseconds until the page can be used."""

    requests: int
    bytes: int
    milliseconds: int


@dataclass(frozen=True)
class Page:
    """A page by name and address; ``usable`` selects what must be there, seen and enabled."""

    name: str
    address: str
    usable: str
    limits: Limits


@dataclass(frozen=True)
class Weight:
    """What one visit cost."""

    requests: int
    bytes: int
    milliseconds: float


def main() -> int:
    """0 where every page is within its limits, 1 where one is above, 2 where nothing can be measured."""
    given = arguments()
    if given.chromium is None:
        print("No Chromium found. Name one with --chromium.")
        return 2
    from playwright.sync_api import sync_playwright

    with serving() as pages, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=ARGUMENTS)
        weights = [(page, measured(browser, page, given.runs)) for page in pages]
        browser.close()
    print(table(weights))
    return int(any(above(page, weight) for page, weight in weights))


@contextlib.contextmanager
def serving() -> Iterator[list[Page]]:
    """The chat and a site that carries it, both served; gives what to measure.

    The limits are those that were set when the design was measured; times there were noisy by about 30 per cent.
    """
    from chatbot.access_log import configure_logging
    from chatbot.assembly import assemble
    from chatbot.server import create_app
    from chatbot.settings import load_settings
    from chatbot.widget.demo_site import demo_app

    configure_logging("warning")
    service = assemble(load_settings())
    statement = next(iter(service.corpus.statements))
    with served(create_app(service)) as chat, served(demo_app(chat)) as site:
        yield [
            Page("chat page", f"{chat}/chat/", "#question textarea", Limits(53, 292_000, 1877)),
            Page("light page", f"{chat}/embed", "html.ready #question", Limits(4, 20_000, 350)),
            Page("site with widget, before the click", f"{site}/", ".bubble", Limits(3, 12_000, 350)),
            Page("permalink", f"{chat}/statements/{statement}", "main", Limits(3, 20_000, 350)),
        ]


@contextlib.contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The application on a free port; gives its address."""
    import uvicorn

    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def measured(browser: Browser, page: Page, runs: int) -> Weight:
    """The median of several first visits; one before them is not counted, for it warms the server."""
    visits = [visited(browser, page) for _ in range(runs + 1)][1:]
    return Weight(
        max(visit.requests for visit in visits),
        max(visit.bytes for visit in visits),
        statistics.median(visit.milliseconds for visit in visits),
    )


def visited(browser: Browser, page: Page) -> Weight:
    """One visit by somebody who has nothing in the cache."""
    context = browser.new_context()
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    requests: set[str] = set()
    finished: dict[str, int] = {}
    streamed: dict[str, int] = {}

    def data(event: dict[str, Any]) -> None:
        streamed[event["requestId"]] = streamed.get(event["requestId"], 0) + event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", lambda event: requests.add(event["requestId"]))
    wire.on("Network.loadingFinished", lambda event: finished.update({event["requestId"]: event["encodedDataLength"]}))
    wire.on("Network.dataReceived", data)
    wire.send("Network.enable")
    tab.add_init_script(WATCH % page.usable)
    tab.goto(page.address)
    # Asked again and again: a waiting function in the page would be an evaluation that the page's policy forbids.
    while (milliseconds := tab.evaluate("window.usableAfter")) is None:
        tab.wait_for_timeout(50)
    tab.wait_for_timeout(SETTLED)
    context.close()
    return Weight(len(requests), sum({**streamed, **finished}.values()), milliseconds)


def above(page: Page, weight: Weight) -> list[str]:
    """What of this page is above its limit."""
    names = ("requests", "bytes", "milliseconds")
    return [name for name in names if getattr(weight, name) > getattr(page.limits, name)]


def table(weights: list[tuple[Page, Weight]]) -> str:
    """One line for each page: measured, and at most."""
    lines = [f"{'page':36}{'requests':>14}{'kB':>18}{'usable after, ms':>20}"]
    for page, weight in weights:
        limits, faults = page.limits, above(page, weight)
        lines.append(
            f"{page.name:36}{f'{weight.requests} (<= {limits.requests})':>14}"
            f"{f'{weight.bytes / 1000:.1f} (<= {limits.bytes / 1000:.0f})':>18}"
            f"{f'{weight.milliseconds:.0f} (<= {limits.milliseconds})':>20}{'  ABOVE: ' + ', '.join(faults) if faults else ''}"
        )
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Measure in Chromium what the pages cost a visitor.")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="visits to each page (5)")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    parser.add_argument("--chromium", default=found, metavar="PATH", help="browser to measure in (the one on the path)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
