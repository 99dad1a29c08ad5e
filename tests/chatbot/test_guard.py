"""The guard: what is open, what is closed, and what nobody can make the chat page read."""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from chatbot.admission import Admission
from chatbot.chat_routes import join_fault
from chatbot.request_body import body_limit
from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.web import ChatPage
from tests.chatbot.web_support import FixedService, served

JOIN = "/chat/gradio_api/queue/join"
DATA = "/chat/gradio_api/queue/data"
SESSION = "abc123def45"

FILES: list[Any] = [
    {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
    {"path": "/etc/passwd"},
    {"url": "file:///etc/passwd", "path": "", "meta": {"_type": "gradio.FileData"}},
    {"file": {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}},
    [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}],
    [{"role": "user", "content": {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}}],
    {"__type__": "update", "value": {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}},
    ["/etc/passwd"],
    7,
    True,
]


# Gradio looks at its own statistics through an option of pandas that pandas has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated")

http = httpx.Client(timeout=20)  # one for all: each new one reads every certificate of the system


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    with http:
        yield


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(FixedService())) as address:
        yield address


@pytest.fixture(scope="module")
def unguarded() -> Iterator[str]:
    """The chat page without the guard in front: what Gradio itself would let through."""
    app = FastAPI(openapi_url=None)
    service = FixedService()
    ChatPage(service, Admission(service.settings)).mount(app)
    with served(app) as address:
        yield address


def events_of(base: str) -> list[dict[str, Any]]:
    """The page's events, as its own configuration lists them."""
    page = http.get(f"{base}/chat/").text
    [config] = re.findall(r"window\.gradio_config = (\{.*?\});?\s*</script>", page, re.DOTALL)
    dependencies: list[dict[str, Any]] = json.loads(config)["dependencies"]
    return dependencies


def joined(base: str, content: bytes | str) -> httpx.Response:
    return http.post(f"{base}{JOIN}", content=content, headers={"content-type": "application/json"})


def question(base: str, data: list[Any], fn_index: int = 0, session: str = SESSION) -> str:
    """What the page hears, with the punctuation that is written out in it read back."""
    return html.unescape(told(base, data, fn_index, session))


def told(base: str, data: list[Any], fn_index: int = 0, session: str = SESSION) -> str:
    """Everything the page hears after it has sent ``data`` to an event, as it is sent."""
    sent = {"data": data, "event_data": None, "fn_index": fn_index, "trigger_id": None, "session_hash": session}
    assert joined(base, json.dumps(sent)).status_code == 200
    heard = ""
    with http.stream("GET", f"{base}{DATA}", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            heard += f"{line}\n"
            if "process_completed" in line or "close_stream" in line:
                break
    return heard


def test_a_question_through_the_queue_is_answered(base: str) -> None:
    heard = question(base, ["What does ASCL think about Ofsted?", None])
    assert "slim, stable and smart" in heard
    assert '"success":true' in heard.replace(" ", "")


def test_no_event_takes_anything_but_texts_and_its_state(base: str) -> None:
    """Texts and buttons come from the sender; a Chatbot among the inputs would let its sender name files to read."""
    page = http.get(f"{base}/chat/").text
    [config] = re.findall(r"window\.gradio_config = (\{.*?\});?\s*</script>", page, re.DOTALL)
    kinds = {component["id"]: component["type"] for component in json.loads(config)["components"]}
    for event in events_of(base):
        assert {kinds[number] for number in event["inputs"]} <= {"textbox", "button", "state"}


@pytest.mark.parametrize("file", FILES, ids=repr)
def test_a_file_named_to_any_event_in_any_place_is_refused(base: str, file: Any) -> None:
    for event in events_of(base):
        width = max(2, len(event["inputs"]))
        for place in range(width):
            data: list[Any] = ["x"] * width
            data[place] = file
            sent = {"data": data, "fn_index": event["id"], "session_hash": SESSION}
            response = joined(base, json.dumps(sent))
            assert response.status_code == 422, (event["id"], place)
            assert response.json()["detail"] == "Only texts may be sent to the chat page."
            elsewhere = {"data": ["x", None], "event_data": file, "fn_index": event["id"], "session_hash": SESSION}
            assert joined(base, json.dumps(elsewhere)).status_code == 422


def test_an_unknown_event_or_another_number_of_values_never_reaches_gradio(base: str, capfd: pytest.CaptureFixture[str]) -> None:
    """It would answer with a failure, and write what was asked into the log."""
    for data, event in (([], 0), (["Jo's"], 0), (["Jo's"] * 50, 0), (["Jo's", None], 9999), (["Jo's", None], None)):
        assert joined(base, json.dumps({"data": data, "fn_index": event, "session_hash": SESSION})).status_code == 422
    assert "Jo's" not in "".join(capfd.readouterr())


def test_a_session_that_is_not_known_ends_without_a_trace(base: str, capfd: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(httpx.RemoteProtocolError):
        assert http.get(f"{base}{DATA}", params={"session_hash": "never"}).status_code == 200
    assert "Traceback" not in "".join(capfd.readouterr())


def test_even_without_the_guard_no_event_reads_a_file_outside(unguarded: str, tmp_path: Path) -> None:
    """The second line of defence: the page's own components and the path check that a mounted page would skip."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-OF-THE-HOUSE", encoding="utf-8")
    for event in events_of(unguarded):
        for path in ("/etc/passwd", str(secret), str(Path(__file__).resolve().parents[2] / "pyproject.toml")):
            file = {"path": path, "meta": {"_type": "gradio.FileData"}}
            session = f"s{event['id']}"
            heard = told(unguarded, [file, file][: len(event["inputs"])], event["id"], session)
            assert "SECRET-OF-THE-HOUSE" not in heard and "root:x:" not in heard and "[build-system]" not in heard
            for found in re.findall(r'"path":\s*"([^"]+)"', heard):
                response = http.get(f"{unguarded}/chat/gradio_api/file={found}")
                assert response.status_code in (403, 404), found


def test_a_text_that_names_a_file_is_only_a_text(base: str) -> None:
    for text in ("/etc/passwd", "file:///etc/passwd", json.dumps(FILES[0]), "../../etc/passwd"):
        heard = told(base, [text, text])
        assert "root:" not in heard
        assert '"path"' not in heard  # of the text itself the quotation marks are written out


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "null",
        "[]",
        "7",
        '"x"',
        "{}",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        "[" * 16_000,
        '{"data": null, "session_hash": "a"}',
        '{"data": {"0": "x"}, "session_hash": "a"}',
        '{"data": ["x"], "session_hash": 7}',
        '{"data": ["x"], "session_hash": ""}',
        '{"data": ["x"], "session_hash": "../../etc"}',
        '{"data": ["x"], "session_hash": "a", "fn_index": "0"}',
        '{"data": ["x"], "session_hash": "a", "fn_index": -1}',
        '{"data": ["x"], "session_hash": "a", "fn_index": true}',
        '{"data": ["x"], "session_hash": "a", "fn_index": 1e400}',
        '{"data": ["x"], "session_hash": "a", "fn_index": 0, "batched": true}',
        '{"data": ["x"], "session_hash": "a", "fn_index": 0, "simple_format": true}',
        '{"data": ["x"], "session_hash": "a", "fn_index": 0, "oauth_token": "x"}',
    ],
)
def test_garbage_is_refused_and_the_page_lives_on(base: str, content: bytes | str) -> None:
    response = joined(base, content)
    assert response.status_code == 422
    assert response.json()["detail"].endswith(".")
    assert "Teacher professionalism" in question(base, ["mobile phones", None])


@pytest.mark.parametrize(
    ("data", "fn_index"),
    [
        ([], 0),
        (["x"], 0),
        (["x"] * 50, 0),
        (["x", None], 9999),
        (["x", None], None),
        (["\ud800", None], 0),
        (["\0", "state"], 0),
        ([None, None], 0),
        (["break now", None], 0),
    ],
)
def test_a_well_formed_question_that_fits_nothing_does_no_harm(base: str, data: list[Any], fn_index: int | None) -> None:
    sent = {"data": data, "fn_index": fn_index, "session_hash": "harmless1"}
    response = joined(base, json.dumps(sent))
    assert "Traceback" not in response.text and "secret" not in response.text
    assert "Teacher professionalism" in question(base, ["mobile phones", None], session="afterwards1")


def test_half_a_character_and_a_failing_service_are_met_with_words(base: str) -> None:
    assert "Nearest topics" in question(base, ["phones \ud800", None])
    failed = question(base, ["break now", None])
    assert "Sorry, something went wrong" in failed
    assert "secret" not in failed


def test_a_question_over_the_cap_is_refused_before_gradio_sees_it(base: str) -> None:
    response = joined(base, json.dumps({"data": ["x" * 17_000, None], "fn_index": 0, "session_hash": SESSION}))
    assert response.status_code == 413
    assert "Please shorten it." in response.json()["detail"]


def test_a_body_that_never_ends_is_cut_off(base: str) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"data": ["'
        for _ in range(40):
            yield b"x" * 1000

    response = http.post(f"{base}{JOIN}", content=endless(), headers={"content-type": "application/json"})
    assert response.status_code == 413


def test_the_cap_grows_with_the_longest_question() -> None:
    assert body_limit(load_settings()) == 16_384
    assert body_limit(load_settings(question_limit=20_000)) == 80_384


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(data=st.lists(json_values, max_size=4))
def test_nothing_but_texts_and_null_passes_to_the_queue(data: list[Any]) -> None:
    body = json.dumps({"data": data, "session_hash": SESSION, "fn_index": 0}).encode()
    assert (join_fault(body, {0: len(data)}) is None) == all(item is None or isinstance(item, str) for item in data)


@given(st.binary(max_size=80))
def test_any_bytes_get_a_verdict(content: bytes) -> None:
    fault = join_fault(content, {0: 2})
    assert fault is None or fault.endswith(".")
