"""The REST interface's other addresses: statements, topics, the quote checker, and what every response carries."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chatbot.answer import Answer
from chatbot.server import create_app
from chatbot.settings import load_settings
from tests.chatbot.web_support import FixedService, served, shipped_corpus

CORPUS = shipped_corpus()
OPENAPI = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
PRINTED = "Inspection should be part of a slim, stable and smart accountability framework."


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FixedService(), with_chat=False)) as client:
        yield client


def test_the_committed_description_is_the_one_that_is_served(client: TestClient) -> None:
    committed = json.loads(OPENAPI.read_text(encoding="utf-8"))
    assert client.get("/api/v1/openapi.json").json() == committed, "mend it with: python scripts/openapi.py"


def test_statements_come_in_pages_and_are_slices_of_their_document(client: TestClient) -> None:
    first = client.get("/api/v1/statements", params={"limit": 10}).json()
    rest = client.get("/api/v1/statements", params={"offset": 10, "limit": 200}).json()
    assert first["total"] == len(CORPUS.statements) == len(first["statements"]) + len(rest["statements"])
    for item in [*first["statements"], *rest["statements"]]:
        assert item["text"] == CORPUS.document(item["document"]).text[item["start"] : item["end"]]
        assert client.get(f"/api/v1/statements/{item['id']}").json() == item


def test_statements_are_found_by_words_document_and_topic(client: TestClient) -> None:
    def found(**given: str) -> int:
        total: int = client.get("/api/v1/statements", params=given).json()["total"]
        return total

    assert 0 < found(q="inspectors") < len(CORPUS.statements)
    assert found(q="zebra") == found(document="none") == 0
    topics = client.get("/api/v1/topics").json()["topics"]
    assert sum(topic["statements"] for topic in topics) == len(CORPUS.statements)
    for topic in topics:
        assert found(document=topic["document"], topic=topic["topic"]) == topic["statements"]


@pytest.mark.parametrize("given", [{"limit": "0"}, {"limit": "201"}, {"offset": "-1"}, {"limit": "many"}, {"q": "a" * 201}])
def test_a_wrong_parameter_is_named_in_a_sentence(client: TestClient, given: dict[str, str]) -> None:
    response = client.get("/api/v1/statements", params=given)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert f'"{next(iter(given))}"' in response.json()["detail"]


def test_a_wording_once_held_is_gone_and_one_never_held_is_unknown(client: TestClient) -> None:
    gone = client.get("/api/v1/statements/what-we-stand-for/inspection-reform/00000000")
    assert gone.status_code == 410
    assert "document=what-we-stand-for&topic=inspection-reform" in gone.json()["detail"]
    assert client.get("/api/v1/statements/nothing").status_code == 404


@pytest.mark.parametrize(
    ("text", "result"),
    [(PRINTED, "verified"), (PRINTED.replace("should", "should not"), "altered"), ("Nobody printed these words.", "not_found")],
)
def test_the_quote_checker_gives_its_result_in_one_field(client: TestClient, text: str, result: str) -> None:
    held = client.post("/api/v1/quotes/verify", json={"text": text}).json()
    assert held["result"] == result
    assert set(held) == {"result", "message", "matches", "differences"}
    assert "verified" not in json.dumps({**held, "result": ""})


@pytest.mark.parametrize("sent", [{}, {"text": 5}, {"text": "a", "more": 1}, {"text": "a" * 10_001}, []])
def test_what_cannot_be_checked_is_refused_in_a_sentence(client: TestClient, sent: object) -> None:
    response = client.post("/api/v1/quotes/verify", json=sent)
    assert response.status_code == 422
    assert response.json()["detail"].endswith(".")


@given(text=st.text(max_size=300))
@settings(deadline=None, max_examples=50)
def test_any_text_can_be_checked(client: TestClient, text: str) -> None:
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/quotes/verify", content=json.dumps({"text": text}), headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/statements", "/nothing", "/api/v1/statements?limit=0", "/chat/gradio_api/upload"])
def test_every_response_has_a_name(client: TestClient, path: str) -> None:
    names = {client.get(path).headers["x-request-id"] for _ in range(3)}
    assert len(names) == 3
    assert client.get(path, headers={"x-request-id": "proxy-12345678"}).headers["x-request-id"] == "proxy-12345678"
    for hostile in ("short", "a" * 65, "new line", "<script>"):
        assert client.get(path, headers={"x-request-id": hostile}).headers["x-request-id"] != hostile


def test_a_page_of_an_allowed_origin_may_read_names_and_tags() -> None:
    allowed = load_settings(allowed_origins=("https://www.example.org",))
    with TestClient(create_app(FixedService(settings=allowed), with_chat=False)) as client:
        response = client.get("/api/v1/topics", headers={"origin": "https://www.example.org"})
        assert response.headers["access-control-allow-origin"] == "https://www.example.org"
        assert "x-request-id" in response.headers["access-control-expose-headers"]
        assert (
            "access-control-allow-origin" not in client.get("/api/v1/topics", headers={"origin": "https://evil.example"}).headers
        )


class Slow(FixedService):
    """Answers when it is let go."""

    let_go = threading.Event()

    def answer(self, question: str, history: object = (), *, explain: bool = False) -> Answer:
        self.let_go.wait(20)
        return super().answer(question)


def test_when_too_many_wait_the_next_is_told_when_to_come_back() -> None:
    slow = Slow(settings=load_settings(concurrency=1, queue_limit=1))
    with served(create_app(slow, with_chat=False)) as base, ThreadPoolExecutor(2) as visitors:
        waiting = [
            visitors.submit(httpx2.post, f"{base}/api/v1/answers", json={"question": "ofsted"}, timeout=30) for _ in range(2)
        ]
        time.sleep(0.5)  # until both are inside
        refused = httpx2.post(f"{base}/api/v1/answers", json={"question": "ofsted"}, timeout=30)
        page = httpx2.get(f"{base}/ask", params={"q": "ofsted"}, timeout=30)
        assert httpx2.get(f"{base}/healthz").status_code == 200
        slow.let_go.set()
        assert refused.status_code == page.status_code == 503
        assert refused.headers["retry-after"] == page.headers["retry-after"] == "2"
        assert "try again in a few seconds" in refused.json()["detail"]
        assert [one.result().status_code for one in waiting] == [200, 200]
