"""What is served for other websites: headers, names, sizes, and settings that stay words."""

from __future__ import annotations

import gzip
import re

import httpx2
import pytest
from starlette.testclient import TestClient

from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.static_files import ink_on
from chatbot.widget.demo_site import ChatAddressRefused, demo_app
from chatbot.widget.light_page import FOLDER, PARTS
from tests.chatbot.web_support import FixedService
from tests.support import ROOT

FRIEND = "https://www.friend.example"


def client(prefix: str = "", **settings: object) -> TestClient:
    app = create_app(FixedService(load_settings(path_prefix=prefix, **settings)), with_chat=False)
    return TestClient(app, base_url="http://testserver", follow_redirects=False)


def policy(response: httpx2.Response) -> dict[str, str]:
    parts = (part.partition(" ") for part in response.headers["content-security-policy"].split("; "))
    return {name: value for name, _, value in parts}


def files(page: str) -> list[str]:
    """Addresses of the files that a page loads."""
    return [*re.findall(r'<link rel="stylesheet" href="([^"]+)"', page), *re.findall(r'<script src="([^"]+)"', page)]


def test_the_light_page_runs_its_own_files_only_and_is_framed_by_the_listed_sites_only() -> None:
    assert policy(client(frame_ancestors=(FRIEND,)).get("/embed")) == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "connect-src": "'self'",
        "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": f"'self' {FRIEND}",
    }  # fmt: skip
    assert policy(client().get("/embed"))["frame-ancestors"] == "'self'"


def test_the_light_page_has_no_inline_script_and_no_inline_style() -> None:
    page = client().get("/embed").text
    assert re.findall(r"<script(?! src=| type=\"application/json\")", page) == []
    assert " style=" not in page and "<style" not in page and not re.search(r"\son\w+=", page)


@pytest.mark.parametrize("name", [*PARTS, "widget.js"])
def test_the_scripts_make_no_markup_from_text_and_keep_nothing(name: str) -> None:
    script = (FOLDER / name).read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc", script) == []
    assert re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", script) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", script) == []  # the name of a namespace, never fetched


def test_files_are_kept_for_good_under_names_that_change_with_them() -> None:
    plain, coloured = client(), client(accent_colour="#aa0000")
    for page, server in ((plain.get("/embed").text, plain), (coloured.get("/embed").text, coloured)):
        for address in files(page):
            response = server.get(address)
            assert response.status_code == 200
            assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert files(plain.get("/embed").text)[0] != files(coloured.get("/embed").text)[0]
    assert f"--accent:#aa0000;--on-accent:{ink_on('#aa0000')}" in coloured.get(files(coloured.get("/embed").text)[0]).text
    assert plain.get("/embed/other.js").status_code == 404


@pytest.mark.parametrize(
    ("path", "kept"), [("/embed", "no-cache"), ("/widget.js", "public, max-age=3600, stale-while-revalidate=86400")]
)
def test_a_browser_that_has_it_is_told_so(path: str, kept: str) -> None:
    server = client()
    first = server.get(path)
    tag = first.headers["etag"]
    assert (first.status_code, first.headers["cache-control"]) == (200, kept)
    for named in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = server.get(path, headers={"if-none-match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == kept
    assert server.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert server.head(path).headers["etag"] == tag


def test_the_widget_is_a_script_that_any_site_may_load_in_at_most_four_kilobytes() -> None:
    response = client().get("/widget.js", headers={"accept-encoding": "gzip"})
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(response.content)) <= 4096
    assert int(response.headers["content-length"]) <= 4096


def test_the_light_page_is_at_most_twenty_kilobytes_in_all() -> None:
    server = client()
    page = server.get("/embed")
    parts = [page, *(server.get(address) for address in files(page.text))]
    assert len(parts) == 3
    assert sum(int(part.headers["content-length"]) for part in parts) <= 20_480


def test_every_address_carries_the_prefix() -> None:
    server = client("/assistant")
    page = server.get("/assistant/embed").text
    assert all(server.get(address).status_code == 200 for address in files(page))
    assert set(re.findall(r'(?:href|src|action)="(/[^"]*)"', page)) >= {"/assistant/ask", "/assistant/embed"}
    assert all(address.startswith("/assistant/") for address in re.findall(r'(?:href|src|action)="(/[^"]*)"', page))
    assert '"api": "/assistant/api/v1/answers"' in page


def test_settings_are_words_wherever_they_stand() -> None:
    rude = "</title></script><script>alert(1)</script>\"'><b>$name"
    server = client(service_name=rude, starter_questions=(rude,))
    page, script = server.get("/embed").text, server.get("/widget.js").text
    assert "<script>alert" not in page and "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert script.count("\n") == client().get("/widget.js").text.count("\n")  # the name has ended no line and no string


def test_without_starters_none_are_shown() -> None:
    page = client(starter_questions=()).get("/embed").text
    assert re.search(r'<form id="starters"[^>]* hidden>', page)


@pytest.mark.parametrize(
    ("with_chat", "address", "label"), [(False, "/embed", "Open in a new tab"), (True, "/chat/", "Open full chat")]
)
def test_the_full_chat_is_one_press_away_where_there_is_one(with_chat: bool, address: str, label: str) -> None:
    page = TestClient(create_app(FixedService(), with_chat)).get("/embed").text
    assert f'<a href="{address}" target="_blank" rel="noopener">{label}<' in page


class TestDemoSite:
    def test_its_policy_allows_the_chat_and_no_inline_code(self) -> None:
        response = TestClient(demo_app("https://chat.example.org/assistant/")).get("/")
        assert policy(response)["script-src"] == policy(response)["frame-src"] == "https://chat.example.org"
        assert "unsafe" not in response.headers["content-security-policy"]
        assert '<script src="https://chat.example.org/assistant/widget.js" data-label=' in response.text

    @pytest.mark.parametrize(
        "address", ["", "chat.example.org", "javascript:alert(1)", "https://", "https://a.example; script-src *", "http://a,b"]
    )
    def test_an_address_that_is_none_is_refused_by_name(self, address: str) -> None:
        with pytest.raises(ChatAddressRefused, match="Write it as http://127.0.0.1:7860."):
            demo_app(address)


def test_every_attribute_of_the_widget_is_documented() -> None:
    script = (FOLDER / "widget.js").read_text(encoding="utf-8")
    read = {*re.findall(r"given\.(\w+)", script), *re.findall(r"\bquestion, colour, colourDark\b", script)[0].split(", ")}
    names = {"data-" + re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name) for name in read}
    documented = set(
        re.findall(r"^\| `(data-[a-z-]+)` \|", (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert names == documented
