"""The edges of the HTTP interface: other methods, other hosts and origins, slashes, and addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from chatbot.server import create_app
from chatbot.settings import load_settings
from tests.chatbot.web_support import FixedService, shipped_corpus

STATEMENT = next(iter(shipped_corpus().statements))
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
READ = [
    "/api/v1/statements", "/api/v1/topics", f"/api/v1/statements/{STATEMENT}", "/api/v1/openapi.json", "/api/v1/docs",
    "/statements", f"/statements/{STATEMENT}", "/ask", "/verify", "/embed", "/widget.js", "/robots.txt", "/healthz", "/readyz",
]  # fmt: skip


def client_of(**given: Any) -> TestClient:
    return TestClient(create_app(FixedService(settings=load_settings(**given)), with_chat=False), follow_redirects=False)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


def told(response: Any, status: int) -> str:
    """The sentence of a problem document, held to its form."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff" and response.headers["x-request-id"]
    held = response.json()
    assert set(held) == {"type", "title", "status", "detail"} and held["status"] == status
    sentence: str = held["detail"]
    return sentence


@pytest.mark.parametrize("path", READ)
def test_what_can_be_read_can_be_asked_after_without_its_body(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert head.status_code == whole.status_code == 200
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control", "content-security-policy"):
        assert head.headers.get(name) == whole.headers.get(name), name


@pytest.mark.parametrize("path", [path for path in READ if path.startswith(("/api/", "/statements", "/embed", "/widget"))])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    for named in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/api/v1/answers", "/api/v1/statements", "/api/v1/quotes/verify"])
def test_another_method_is_refused_with_those_that_are_taken(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert told(response, 405) == f"This address does not take {method}."
    assert response.headers["allow"]


def test_another_host_and_another_origin_are_refused_in_a_sentence() -> None:
    with client_of(allowed_hosts=("ask.example.org",), allowed_origins=("https://www.example.org",)) as client:
        assert "host name" in told(client.get("/api/v1/topics", headers={"host": "evil.example"}), 400)
        asked = {"host": "ask.example.org", "access-control-request-method": "POST"}
        refused = client.options("/api/v1/answers", headers={**asked, "origin": "https://evil.example"})
        assert "origin" in told(refused, 400)
        assert "access-control-allow-origin" not in refused.headers
        let = client.options("/api/v1/answers", headers={**asked, "origin": "https://www.example.org"})
        assert (let.status_code, let.headers["access-control-allow-origin"]) == (200, "https://www.example.org")
        put = client.options(
            "/api/v1/answers", headers={**asked, "origin": "https://www.example.org", "access-control-request-method": "PUT"}
        )
        told(put, 400)


@pytest.mark.parametrize("prefix", ["", "/assistant"])
@pytest.mark.parametrize("path", ["/ask", "/verify", "/statements", "/embed", "/api/v1/topics"])
def test_a_slash_too_many_leads_to_the_page_by_a_path_alone(prefix: str, path: str) -> None:
    """A full address would carry the name and the scheme that a proxy in front spoke to us with."""
    with client_of(path_prefix=prefix) as client:
        moved = client.get(f"{prefix}{path}/?q=a%26b", headers={"host": "evil.example"})
        assert moved.status_code == 308
        assert moved.headers["location"] in (f"{prefix}{path}?q=a%26b", f"{prefix}{path}")
        assert client.get(moved.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/ask/", "/\\evil.example/", "/nothing/", "//evil.example/%2e%2e"])
def test_no_slash_leads_to_another_site(client: TestClient, path: str) -> None:
    response = client.get(f"http://testserver{path}")
    assert response.status_code == 404 and "location" not in response.headers


def test_a_reader_is_told_on_a_page_and_a_program_in_a_problem_document(client: TestClient) -> None:
    page = client.get("/statments", headers=BROWSER)
    assert page.status_code == 404 and "There is no such page here" in page.text and "noindex" in page.headers["x-robots-tag"]
    for path in ("/statments", "/api/v1/nothing", "/api", "/api/"):
        told(client.get(path), 404)
    told(client.get("/api/v1/nothing", headers=BROWSER), 404)
    told(client.post("/statments", headers=BROWSER), 404)


@pytest.mark.parametrize(
    ("id", "status"),
    [
        (STATEMENT, 200),
        (STATEMENT.replace("/", "%2F"), 200),
        (f"{STATEMENT[:-8]}00000000", 410),
        (f"{STATEMENT[:-8]}00000000-2", 410),
        ("what-we-stand-for/a-heading-that-was/00000000", 410),
        ("a-paper-that-never-was/inspection-reform/00000000", 404),
        (STATEMENT.upper(), 404),
        (STATEMENT[:-1], 404),
        (f"{STATEMENT}/", 404),
        (f"{STATEMENT}%0a", 404),
        (f"{STATEMENT[:-8]}00000000%0d%0a", 404),
        (f"{STATEMENT}%00", 404),
        ("..%2f..%2fetc%2fpasswd", 404),
        ("%ff%fe", 404),
        ("<script>alert(1)</script>", 404),
    ],
)
def test_only_an_id_of_the_right_form_was_ever_held(client: TestClient, id: str, status: int) -> None:
    for place in ("/statements", "/api/v1/statements"):
        response = client.get(f"{place}/{id}")
        assert response.status_code == status, place
        assert "alert(1)" not in response.text


def test_a_wording_whose_section_has_gone_leads_to_its_document(client: TestClient) -> None:
    page = client.get("/statements/what-we-stand-for/a-heading-that-was/00000000").text
    assert 'href="/statements#d-what-we-stand-for"' in page
    assert 'id="d-what-we-stand-for"' in client.get("/statements").text
    detail = client.get("/api/v1/statements/what-we-stand-for/a-heading-that-was/00000000").json()["detail"]
    assert detail.endswith("?document=what-we-stand-for.")


def test_each_address_says_what_it_takes(client: TestClient) -> None:
    assert '{"text": "..."}' in told(client.post("/api/v1/quotes/verify", json=[]), 422)
    assert '{"question": "..."}' in told(client.post("/api/v1/answers", json=[]), 422)
    half = client.post("/api/v1/quotes/verify", content=rb'{"text": "\ud800 half a character"}', headers={"content-type": "application/json"})  # fmt: skip  # noqa: E501
    assert "whole characters" in told(half, 422)


def test_behind_a_prefix_the_description_says_where_it_is_served() -> None:
    with client_of(path_prefix="/assistant") as client:
        assert client.get("/assistant/api/v1/openapi.json").json()["servers"] == [{"url": "/assistant"}]
