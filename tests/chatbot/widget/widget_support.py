"""A school's website and the chat on another, in a real Chromium; and answers of every shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.answer import Answer, AnswerStatus, Citation, Nearest, Quote
from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.widget.demo_site import demo_app, host_policy
from tests.chatbot.browser_support import SCREENS
from tests.chatbot.web_support import SOURCE, FixedService, inspection_answer, served

OFSTED = "What does ASCL think about Ofsted?"
PHONES = "mobile phones"
STARTERS = (OFSTED, "Who should decide the curriculum?")
READY = "html.ready"
PAYLOADS = (
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<svg/onload=window.hit=1>",
    "</script><script>window.hit = 1</script>",
    "</textarea><form action=https://evil.example><button>Go</button></form>",
    "<style>*{display:none}</style><div style='position:fixed;inset:0'>over all</div>",
    "![p](https://evil.example/p.png) [a](javascript:window.hit=1) <a href=javascript:window.hit=1>x</a>",
    "${window.hit=1} {{window.hit=1}} #{window.hit=1} <%= 1 %> {topic} %s $name",
    "\u202egnp.exe\u202c \u2066x\u2069 a\u200bb c\u0301\u0327 \u2028",
    "\" onfocus='window.hit=1' autofocus x=\"",
)
# A private window lets a frame keep nothing, and says so by an error.
_STORED = """async () => {
    const all = { local: () => localStorage.length, session: () => sessionStorage.length, cookie: () => document.cookie,
      caches: async () => (await caches.keys()).length, indexed: async () => (await indexedDB.databases()).length,
      workers: async () => (await navigator.serviceWorker.getRegistrations()).length };
    const found = {};
    for (const name in all) {
      try { found[name] = await all[name](); } catch (error) { if (!(error instanceof DOMException)) throw error; }
    }
    return found; }"""


@dataclass
class Scripted(FixedService):
    """Gives the answer that was put under a question, and otherwise what a fixed service gives."""

    answers: dict[str, Answer] = field(default_factory=dict)

    def answer(self, question: str, history: Sequence[str] = (), *, explain: bool = False) -> Answer:
        usual = super().answer(question, history, explain=explain)
        return self.answers.get(question, usual)


@dataclass
class Light:
    """The light page, alone or in a frame: what a visitor does there and reads."""

    place: Page | Frame

    @property
    def box(self) -> Locator:
        return self.place.locator("#question")

    @property
    def answers(self) -> Locator:
        return self.place.locator(".exchange > .answer")

    def ask(self, question: str) -> Locator:
        """Type, press Enter, wait for the answer, and give it."""
        before = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.answers).to_have_count(before + 1)
        return self.answers.last

    def texts(self, selector: str) -> list[str]:
        """The text of every match, as it stands in the document."""
        found: list[str] = self.place.locator(selector).evaluate_all("all => all.map(one => one.textContent)")
        return found

    def kept(self) -> dict[str, Any]:
        """What this page was made to remember; empty where nothing was."""
        return {name: value for name, value in self.place.evaluate(_STORED).items() if value}


@dataclass
class Tab:
    """One visitor's page, what it asked for and what its console complained of."""

    context: BrowserContext
    page: Page
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def light(self) -> Light:
        """The page as the light page itself."""
        return Light(self.page)

    @property
    def framed(self) -> Light:
        """The light page in the frame of the widget, when it is ready."""
        frame = self.page.locator("iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_selector(READY, state="attached")
        return Light(frame)

    def focused(self) -> str:
        """What has the focus on the page: the id or class within a shadow root, or the tag's name."""
        held: str = self.page.evaluate(
            """() => { let held = document.activeElement;
            while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
            return held.id || held.className || held.localName; }"""
        )
        return held

    def hits(self) -> list[Any]:
        """What payloads have left behind in any frame."""
        return [hit for frame in self.page.frames if (hit := frame.evaluate("window.hit || 0"))]


@contextmanager
def opened(browser: Browser, address: str, screen: str = "desk", scheme: str = "light", **options: Any) -> Iterator[Tab]:
    """Open ``address`` as a new visitor; what other machines are asked for is noted and refused."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        **options,
    )
    with watched(context) as tab:
        tab.page.goto(address)
        yield tab
    context.close()


@contextmanager
def watched(context: BrowserContext) -> Iterator[Tab]:
    """A new page of ``context`` with everything noted."""
    context.set_default_timeout(15_000)
    context.route(lambda address: "//127.0.0.1:" not in address and "//localhost:" not in address, lambda route: route.abort())
    tab = Tab(context, context.new_page())
    context.on("request", lambda request: tab.asked_for.append(request.url))
    tab.page.on("console", lambda said: tab.complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab


@dataclass(frozen=True)
class Stage:
    """The chat at ``chat``, and a site at ``host`` that is another site to a browser; ``show`` changes what it shows."""

    chat: str
    host: str
    service: Scripted
    _site: dict[str, ASGIApp]

    def show(self, attributes: Mapping[str, str] | None = None, site: ASGIApp | None = None) -> str:
        """The address of the site, whose script element carries ``attributes`` (by default the demo's own)."""
        self._site["app"] = site or demo_app(self.chat, attributes)
        return f"{self.host}/"


@contextmanager
def stage(allowed: bool = True, with_chat: bool = False, **settings: Any) -> Iterator[Stage]:
    """Serve both. ``allowed`` says whether the chat lets the site show it."""
    site: dict[str, ASGIApp] = {}

    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        await site["app"](scope, receive, send)

    with ExitStack() as stack:
        host = stack.enter_context(served(late)).replace("127.0.0.1", "localhost")
        friends = (host,) if allowed else ("https://www.friend.example",)
        given = {"frame_ancestors": friends, "starter_questions": STARTERS, **settings}
        service = Scripted(load_settings(**given))
        base = stack.enter_context(served(create_app(service, with_chat)))
        yield Stage(base + service.settings.path_prefix, host, service, site)


def site(scene: Stage, body: str, head: str = "", policy: str = "") -> Starlette:
    """A page of the host with this body; its policy is as strict as the demo's where none is given."""
    page = (
        f'<!doctype html><html lang="en-GB"><head><title>Host</title>{head}</head><body><main><h1>Host</h1>{body}</main></body>'
    )
    headers = {"content-security-policy": policy or host_policy(origin_of(scene.chat)), "cache-control": "no-store"}

    def answer(request: Request) -> HTMLResponse:
        return HTMLResponse(page, headers=headers)

    return Starlette(routes=[Route("/", answer)])


def origin_of(address: str) -> str:
    return "/".join(address.split("/")[:3])


def line(scene: Stage, attributes: str = "") -> str:
    return f'<script src="{scene.chat}/widget.js" {attributes}></script>'


def answer_with(tab: Tab, status: int, body: str, **headers: str) -> None:
    """From now on the page's questions get this, whatever they are."""
    tab.page.unroute("**/api/v1/answers")
    tab.page.route("**/api/v1/answers", lambda route: route.fulfill(status=status, body=body, headers=headers))


def citation(number: int = 1, **fields: Any) -> Citation:
    """A citation of the first document; ``fields`` replace."""
    id = f"what-we-stand-for/inspection-reform/{number:08x}"
    usual = {
        "number": number, "statement": id, "title": "What we stand for", "section": "Inspection reform",
        "section_inferred": False, "published": None, "retrieved": None, "status": "current", "url": SOURCE,
        "permalink": f"/statements/{id}",
    }  # fmt: skip
    return Citation(**{**usual, **fields})


def answers_of_every_shape() -> dict[str, Answer]:
    """A name for each shape, and an answer that has it."""
    one = Quote("First part.", "s", 0, 11, 1)
    touching, apart, other = Quote("Second.", "s", 12, 19, 1), Quote("Far off.", "s", 90, 98, 1), Quote("Else.", "t", 5, 10, 2)
    both = (citation(1, published="2024-03-18", retrieved="2024-04"), citation(2, section="What we stand for"))
    endings = {
        status.value: Answer("q", "", status, f"The words of {status.value}.\n\nAnd a second paragraph.")
        for status in AnswerStatus
        if not status.answered and not status.value.startswith("error")
    }
    return {
        **endings,
        "answered": inspection_answer("q"),
        "partly": Answer(
            "q", "s", AnswerStatus.ANSWERED_PARTLY, "Some of it.", "mobile phones", (one, touching, apart, other), both
        ),
        "about last": Answer("q", "s", AnswerStatus.ANSWERED_ABOUT_LAST, "Again.", quotes=(one,), citations=both[:1]),
        "superseded": Answer(
            "q", "s", AnswerStatus.ANSWERED, "It was.", None, (one,), (citation(status="superseded", published="2019"),),
            notices=("Do not take it for the current position.", "A second notice."),
        ),
        "inferred": Answer("q", "s", AnswerStatus.ANSWERED, "So.", None, (one,), (citation(section_inferred=True),)),
        "no web address": Answer("q", "s", AnswerStatus.ANSWERED, "So.", None, (one,), (citation(url=None),)),
        "bad address": Answer("q", "s", AnswerStatus.ANSWERED, "So.", None, (one,), (citation(url="javascript:alert(1)"),)),
        "nearest": Answer(
            "q", "mobile phones", AnswerStatus.NO_POSITION, "Nothing.", see_also=("ASCL policy paper: Phones",),
            nearest=(Nearest("Inspection reform", "a"), Nearest("Teacher professionalism", "b")),
        ),
        **{
            f"payload {number}": Answer(
                payload, payload, AnswerStatus.ANSWERED_PARTLY, payload, payload,
                (Quote(payload, "s", 0, len(payload), 1),),
                (citation(title=payload, section=payload, url=f"https://example.org/{payload}"),),
                (payload,), (Nearest(payload, "a"),), (payload,),
            )
            for number, payload in enumerate(PAYLOADS)
        },
    }  # fmt: skip
