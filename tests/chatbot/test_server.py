"""The layers around every address: headers, hosts, origins, prefix, compression and what is logged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import httpx
import httpx2
import pytest
from starlette.testclient import TestClient

from chatbot.access_log import logged_path
from chatbot.server import create_app
from chatbot.settings import load_settings
from chatbot.static_files import ink_on
from tests.chatbot.web_support import FixedService, served

EVIL = "https://evil.example"
FRIEND = "https://www.friend.example"
ANSWERS = "/api/v1/answers"
QUESTION = {"question": "What does ASCL think about Ofsted?"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FixedService()), follow_redirects=False) as client:
        yield client


def client_with(**settings: object) -> TestClient:
    """A client of an application with these settings, without the chat page."""
    return TestClient(create_app(FixedService(load_settings(**settings)), with_chat=False), follow_redirects=False)


def directives(response: httpx2.Response) -> dict[str, str]:
    parts = (part.partition(" ") for part in response.headers["content-security-policy"].split("; "))
    return {name: value for name, _, value in parts}


def test_the_root_leads_to_the_chat_page(client: TestClient) -> None:
    for path in ("/", "/chat"):
        response = client.get(path)
        assert (response.status_code, response.headers["location"]) == (307, "/chat/")


def test_the_chat_page_is_ours_in_british_english(client: TestClient) -> None:
    page = client.get("/chat/").text
    assert '<html lang="en-GB"' in page
    assert "<h1>What ASCL says</h1>" in page
    assert "© Association of School and College Leaders, quoted with its source." in page
    assert 'property="og:' not in page and "twitter:" not in page
    assert 'rel="manifest"' not in page


@pytest.mark.parametrize(("run_by", "said"), [("yes", "It is run by ASCL."), ("no", "It is not run by ASCL.")])
def test_the_footer_says_whose_service_it_is_only_where_that_is_stated(client: TestClient, run_by: str, said: str) -> None:
    page = TestClient(create_app(FixedService(load_settings(run_by_ascl=run_by)))).get("/chat/").text
    assert said in page
    assert "run by ASCL" not in client.get("/chat/").text


def test_a_contact_is_named_only_where_one_is_set(client: TestClient) -> None:
    settings = load_settings(contact_name="Policy <team>", contact_address="mailto:policy@friend.example")
    page = TestClient(create_app(FixedService(settings))).get("/chat/").text
    assert '<a href="mailto:policy@friend.example" rel="noopener noreferrer">Policy &lt;team&gt;</a>' in page
    assert "Contact" not in client.get("/chat/").text.split("page-footer")[1]


def test_a_service_name_is_text_wherever_it_stands() -> None:
    page = (
        TestClient(create_app(FixedService(load_settings(service_name="A</title><script>alert(1)</script>")))).get("/chat/").text
    )
    assert "<script>alert(1)" not in page
    assert "A&lt;/title&gt;" in page


@pytest.mark.parametrize("path", ["/", "/chat/", "/chat/theme.css", "/chat/upload", "/healthz", ANSWERS, "/nothing"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert "set-cookie" not in headers


def test_a_failure_outside_every_layer_carries_them_too() -> None:
    app = create_app(FixedService(), with_chat=False)

    async def broken(request: object) -> None:
        raise RuntimeError("secret")

    app.add_route("/broken", broken)  # type: ignore[arg-type]
    response = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in response.text


def test_the_chat_page_s_policy_lets_only_its_own_scripts_run(client: TestClient) -> None:
    first, second = client.get("/chat/"), client.get("/chat/")
    policy = directives(first)
    assert policy["default-src"] == policy["object-src"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == policy["font-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    nonce = policy["script-src"].split("'nonce-")[1].rstrip("'")
    assert first.text.count("<script") == first.text.count(f'<script nonce="{nonce}"') >= 2
    assert nonce not in second.text


def test_only_named_sites_may_embed_the_page() -> None:
    app = create_app(FixedService(load_settings(frame_ancestors=(FRIEND,))))
    assert directives(TestClient(app).get("/chat/"))["frame-ancestors"] == f"'self' {FRIEND}"


@pytest.mark.parametrize("path", ["/chat/", "/chat/theme.css", ANSWERS, "/healthz"])
def test_no_strange_origin_may_read_anything(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"origin": EVIL, "host": "ask.example.org"})
    assert "access-control-allow-origin" not in response.headers
    assert "access-control-allow-credentials" not in response.headers


def test_a_named_origin_may_call_the_api_without_credentials() -> None:
    client = client_with(allowed_origins=(FRIEND,))
    asked = client.post(ANSWERS, json=QUESTION, headers={"origin": FRIEND})
    assert asked.headers["access-control-allow-origin"] == FRIEND
    assert "access-control-allow-credentials" not in asked.headers
    wanted = {"origin": FRIEND, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert client.options(ANSWERS, headers=wanted).status_code == 200
    assert client.options(ANSWERS, headers={**wanted, "origin": EVIL}).status_code == 400
    assert "access-control-allow-origin" not in client.post(ANSWERS, json=QUESTION, headers={"origin": EVIL}).headers


def test_a_named_origin_can_read_why_it_was_refused() -> None:
    response = client_with(allowed_origins=(FRIEND,)).post(ANSWERS, content=b"x" * 17_000, headers={"origin": FRIEND})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (413, FRIEND)


def test_only_named_hosts_are_answered() -> None:
    client = client_with(allowed_hosts=("ask.example.org",))
    assert client.get("/healthz", headers={"host": "ask.example.org"}).status_code == 200
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


def test_forwarded_headers_do_not_move_the_page_elsewhere(client: TestClient) -> None:
    sent = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    assert "evil.example" not in client.get("/chat/", headers=sent).text
    assert "evil.example" not in str(client.get("/", headers=sent).headers)


@pytest.mark.parametrize("kept", [True, False], ids=["proxy keeps the prefix", "proxy strips it"])
def test_the_service_works_under_a_prefix(kept: bool) -> None:
    client = TestClient(create_app(FixedService(load_settings(path_prefix="/assistant"))), follow_redirects=False)
    prefix = "/assistant" if kept else ""
    assert client.get(f"{prefix}/").headers["location"] == "/assistant/chat/"
    page = client.get(f"{prefix}/chat/")
    assert page.status_code == 200
    addresses = [part.split('"')[0] for part in page.text.split('href="')[1:] if part.startswith("/")]
    assert addresses and all(address.startswith("/assistant/") for address in addresses)
    for address in addresses:
        assert client.get(address if kept else address.removeprefix("/assistant")).status_code == 200
    assert client.post(f"{prefix}{ANSWERS}", json=QUESTION).json()["status"] == "answered"
    assert client.get(f"{prefix}/healthz").status_code == 200
    assert client.get(f"{prefix}/chat/gradio_api/info").status_code == 404


def test_the_bare_prefix_leads_to_the_chat_page() -> None:
    client = TestClient(create_app(FixedService(load_settings(path_prefix="/assistant"))), follow_redirects=False)
    assert client.get("/assistant").headers["location"] == "/assistant/chat/"
    assert client.get("/assistants/chat/").status_code == 404


def test_files_with_a_digest_in_their_name_are_kept_and_answers_are_not(client: TestClient) -> None:
    page = client.get("/chat/").text
    ours = "/static/chat." + page.split('href="/static/chat.')[1].split('"')[0]
    theirs = "/chat/assets/" + page.split("assets/")[1].split('"')[0]
    for address in (ours, theirs):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    for response in (client.get("/chat/"), client.post(ANSWERS, json=QUESTION), client.get("/readyz"), client.get("/nothing")):
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["chat.js", "nothing.css", "..%2Fserver.py", "%2Fetc%2Fpasswd", "..%2F..%2Fpyproject.toml"])
def test_our_static_folder_gives_only_what_it_lists(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_the_page_is_sent_compressed(client: TestClient) -> None:
    assert client.get("/chat/", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_a_request_is_logged_without_its_query_string(capfd: pytest.CaptureFixture[str]) -> None:
    client_with().get("/healthz?q=my+name+is+Jo")
    logged = "".join(capfd.readouterr())
    assert "path=/healthz " in logged
    assert "Jo" not in logged


def test_a_logged_path_cannot_forge_a_line_or_name_a_session() -> None:
    assert logged_path({"path": "/x\n2026 forged", "raw_path": b"/x%0A2026%20forged?q=Jo"}) == "/x%0A2026%20forged"
    assert logged_path({"path": "/chat/gradio_api/heartbeat/abc123"}) == "/chat/gradio_api/heartbeat/-"
    assert len(logged_path({"path": "/" + "x" * 9000})) == 200


def test_over_a_real_socket_there_is_no_server_header_and_no_websocket() -> None:
    with served(create_app(FixedService(), with_chat=False)) as base:
        assert "server" not in httpx.get(f"{base}/healthz").headers
        upgrade = {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        assert httpx.get(f"{base}/chat/gradio_api/queue/join", headers=upgrade).status_code in (403, 404)


def test_without_the_chat_page_gradio_is_never_imported() -> None:
    code = (
        "import sys; from chatbot.server import create_app; from tests.chatbot.web_support import FixedService; "
        "create_app(FixedService(), with_chat=False); sys.exit('gradio' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize(("colour", "ink"), [("#1f4e79", "#ffffff"), ("#9cc4e8", "#000000"), ("#ffffff", "#000000")])
def test_words_on_a_coloured_button_can_be_read(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_without_the_chat_page_the_address_that_is_told_leads_to_the_light_one() -> None:
    with TestClient(create_app(FixedService(), with_chat=False), follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/ask"
