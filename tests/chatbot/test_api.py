"""The REST interface: the answer as data, and a sentence for whoever sends what cannot be answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from chatbot.assembly import Service
from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.version import __version__
from tests.chatbot.web_support import FixedService, body, inspection_answer

ANSWERS, VERIFY, STATEMENTS = "/api/v1/answers", "/api/v1/quotes/verify", "/api/v1/statements"
KEYS = {
    "question", "searched_for", "status", "not_covered", "message", "quotes", "citations", "see_also", "nearest", "notices",
    "diagnostics",
}  # fmt: skip


@pytest.fixture(scope="module")
def fixed() -> FixedService:
    return FixedService()


@pytest.fixture(scope="module")
def client(fixed: FixedService) -> Iterator[TestClient]:
    with TestClient(create_app(fixed, with_chat=False)) as client:
        yield client


@pytest.fixture(scope="module")
def real(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service, with_chat=False)) as client:
        yield client


def problem_of(response: httpx2.Response, status: int) -> str:
    """The sentence of a problem document, checked to be one."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert set(document) == {"type", "title", "status", "detail"}
    assert document["status"] == status
    return str(document["detail"])


def send(client: TestClient, content: bytes | str, content_type: str = "application/json") -> httpx2.Response:
    return client.post(ANSWERS, content=content, headers={"content-type": content_type})


def test_an_answer_is_the_documented_json(client: TestClient) -> None:
    response = client.post(ANSWERS, json={"question": "What does ASCL think about Ofsted?"})
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(inspection_answer("What does ASCL think about Ofsted?").to_dict()))
    assert set(response.json()) == KEYS


def test_the_real_service_quotes_the_real_document(real: TestClient) -> None:
    answer = real.post(ANSWERS, json={"question": "what does ASCL think about Ofsted?"}).json()
    assert answer["status"] == "answered"
    assert answer["quotes"]
    for quote in answer["quotes"]:
        assert quote["text"] == body()[quote["start"] : quote["end"]]
    assert {citation["section"] for citation in answer["citations"]} == {"Inspection reform"}
    assert {citation["published"] for citation in answer["citations"]} == {None}
    assert answer["diagnostics"] is None


def test_what_was_weighed_is_told_when_asked_for(real: TestClient) -> None:
    answer = real.post(ANSWERS, json={"question": "inspection", "explain": True}).json()
    assert answer["diagnostics"]["index"]


def test_an_abstention_is_a_success(real: TestClient) -> None:
    response = real.post(ANSWERS, json={"question": "mobile phones"})
    assert response.status_code == 200
    assert response.json()["status"] == "no_position"
    assert response.json()["nearest"]
    assert response.json()["quotes"] == []


def test_history_is_handed_on_oldest_first(client: TestClient, fixed: FixedService) -> None:
    client.post(ANSWERS, json={"question": "and for sixth forms?", "history": ["school funding", "inspection"]})
    assert fixed.asked[-1] == ("and for sixth forms?", ("school funding", "inspection"))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "JSON object"),
        ("{", "not JSON"),
        ("{'question': 'x'}", "not JSON"),
        ("\ufeffnonsense", "not JSON"),
        ("[]", "JSON object"),
        ("null", "JSON object"),
        ('"question"', "JSON object"),
        ("{}", '"question" is missing'),
        ('{"question": null}', '"question" must be a string'),
        ('{"question": 7}', '"question" must be a string'),
        ('{"question": ["x"]}', '"question" must be a string'),
        ('{"question": "x", "history": "y"}', '"history" must be a list of strings'),
        ('{"question": "x", "history": [1]}', '"history.0" must be a string'),
        ('{"question": "x", "explain": "yes"}', '"explain" must be true or false'),
        ('{"question": "x", "user": "me"}', '"user" is not known'),
        ("[" * 8000, "not JSON"),
        ('{"question": ' * 1000, "not JSON"),
        (b'{"question": "\xff"}', "not JSON"),
        (b"\x00\x01\x02", "not JSON"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(client: TestClient, content: str | bytes, named: str) -> None:
    assert named in problem_of(send(client, content), 422)


def test_a_form_is_not_json(client: TestClient) -> None:
    assert "Content-Type: application/json" in problem_of(send(client, '{"question": "x"}', "text/plain"), 422)
    assert "Content-Type" in problem_of(client.post(ANSWERS, data={"question": "x"}), 422)


def test_a_refusal_never_repeats_what_was_sent(client: TestClient) -> None:
    detail = problem_of(client.post(ANSWERS, json={"question": ["my name is Jo"], "history": {"a": "Jo"}}), 422)
    assert "Jo" not in detail
    assert len(problem_of(client.post(ANSWERS, json={"question": "x", "y" * 9000: 1}), 422)) < 200


def test_half_a_character_is_replaced(client: TestClient, real: TestClient) -> None:
    for asked in (client, real):
        answer = send(asked, r'{"question": "inspection \ud800 \ud83d\ude00", "history": ["\udc00"]}')
        assert answer.json()["question"] == "inspection \N{REPLACEMENT CHARACTER} \U0001f600"


def test_null_bytes_and_control_characters_are_text_like_any_other(real: TestClient) -> None:
    response = real.post(ANSWERS, json={"question": "\0 inspection\u0007\u202e\u200b \U0001f600"})
    assert response.status_code == 200
    assert response.json()["status"] in ("answered", "answered_partly")


def test_a_body_over_sixteen_kilobytes_is_refused(client: TestClient) -> None:
    assert "16,384 bytes" in problem_of(client.post(ANSWERS, json={"question": "x" * 17_000}), 413)
    assert "16,384 bytes" in problem_of(client.post(ANSWERS, json={"question": "x", "history": ["y" * 100] * 1000}), 413)


def test_a_body_that_hides_its_length_is_refused_too(client: TestClient) -> None:
    pieces = iter([b'{"question": "', *[b"x" * 1000] * 20, b'"}'])
    assert "16,384 bytes" in problem_of(client.post(ANSWERS, content=pieces, headers={"content-type": "application/json"}), 413)


def test_a_history_of_many_turns_is_refused_and_a_long_one_is_not(client: TestClient) -> None:
    assert "at most 1,000" in problem_of(client.post(ANSWERS, json={"question": "x", "history": [""] * 1001}), 422)
    assert client.post(ANSWERS, json={"question": "x", "history": ["y"] * 1000}).status_code == 200


def test_the_longest_question_allowed_fits_the_body_whatever_its_script(client: TestClient) -> None:
    content = json.dumps({"question": "\U0001f600" * 4000}, ensure_ascii=False).encode()
    assert send(client, content).status_code == 200


def test_a_longer_limit_makes_room_for_itself() -> None:
    roomy = FixedService(load_settings(question_limit=20_000))
    client = TestClient(create_app(roomy, with_chat=False))
    assert client.post(ANSWERS, json={"question": "x" * 20_000}).status_code == 200
    assert client.post(ANSWERS, json={"question": "x" * 90_000}).status_code == 413


def test_a_failure_is_an_apology_without_the_server_s_inside(client: TestClient) -> None:
    response = client.post(ANSWERS, json={"question": "break now, says Jo"})
    detail = problem_of(response, 500)
    assert detail.startswith("Sorry, something went wrong")
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_a_failure_is_logged_without_the_question(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    client.post(ANSWERS, json={"question": "break now, says Jo"})
    logged = "".join(capfd.readouterr())
    assert "answer_failed" in logged
    assert "RuntimeError" in logged
    assert "Jo" not in logged


def test_other_methods_and_addresses_are_refused_in_a_sentence(client: TestClient) -> None:
    assert problem_of(client.get(ANSWERS), 405) == "This address does not take GET."
    assert client.get(ANSWERS).headers["allow"] == "POST"
    assert problem_of(client.get("/api/v1/nothing"), 404) == "There is no such page here."


def test_the_schema_names_the_question_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) == {ANSWERS, VERIFY, STATEMENTS, f"{STATEMENTS}/{{statement_id}}", "/api/v1/topics"}
    assert set(schema["components"]["schemas"]["Asked"]["properties"]) == {"question", "history", "explain"}
    assert set(schema["components"]["schemas"]["Answer"]["properties"]) == KEYS
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


def test_a_supervisor_can_ask_whether_we_live_and_are_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "index": "fixed", "version": __version__}
    assert client.head("/healthz").status_code == client.head("/readyz").status_code == 200


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=anything | st.fixed_dictionaries({"question": anything}, optional={"history": anything, "explain": anything}))
@example(sent={"question": "\ud800"})
def test_any_json_gets_an_answer_or_a_problem(client: TestClient, sent: Any) -> None:
    response = send(client, json.dumps(sent))
    if response.status_code == 200:
        assert set(response.json()) == KEYS
    else:
        problem_of(response, 422)


@given(content=st.binary(max_size=200))
def test_any_bytes_get_an_answer_or_a_problem(client: TestClient, content: bytes) -> None:
    response = send(client, content)
    assert response.status_code in (200, 422)
