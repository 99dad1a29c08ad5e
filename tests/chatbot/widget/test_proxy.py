"""Behind a real nginx with TLS under /assistant/, by the configuration that the documents hand out."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from chatbot.widget.demo_site import demo_app
from tests.chatbot.widget.widget_support import OFSTED, Stage, opened, stage
from tests.support import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),  # Gradio's queue, of pandas
]
SECRET = "what-nobody-may-log"
AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr notice;
events {{ }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/ascl-chat.conf;
}}
"""


@dataclass(frozen=True)
class Proxied:
    """``base`` is the chat's address at the proxy; ``logs`` is where the proxy writes."""

    base: str
    plain: str
    logs: Path
    scene: Stage


def program(name: str) -> str:
    """A program of this machine; skips where there is none."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return str(found)


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def certificate(folder: Path) -> None:
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )


def configuration(folder: Path, upstream: str, secure: int, plain: int) -> str:
    """The documented file with this machine's ports, names and folders."""
    text = (ROOT / "docs" / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for documented, here in {
        "server 127.0.0.1:7860": f"server {upstream}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "server_name www.example.org": "server_name 127.0.0.1",
        "/etc/ssl/certs/www.example.org.pem": f"{folder}/certificate.pem",
        "/etc/ssl/private/www.example.org.key": f"{folder}/key.pem",
        "/var/log/nginx": f"{folder}",
        "https://$host$request_uri": f"https://$host:{secure}$request_uri",
    }.items():
        assert documented in text
        text = text.replace(documented, here)
    return text


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[tuple[int, int]]:
    """Run it; gives the ports of TLS and of plain HTTP."""
    certificate(folder)
    secure, plain = free_ports()
    (folder / "ascl-chat.conf").write_text(configuration(folder, upstream, secure, plain), encoding="utf-8")
    (folder / "main.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    command = [program("nginx"), "-p", str(folder), "-c", str(folder / "main.conf")]
    with (folder / "said").open("w", encoding="utf-8") as said, subprocess.Popen(command, stderr=said) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", secure)) == 0:
                        break
                assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
                time.sleep(0.05)
            yield secure, plain
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    program("nginx")
    folder = tmp_path_factory.mktemp("nginx")
    with stage(with_chat=True, path_prefix="/assistant") as scene:
        upstream = scene.chat.removeprefix("http://").removesuffix("/assistant")
        with nginx(folder, upstream) as (secure, plain):
            yield Proxied(f"https://127.0.0.1:{secure}/assistant", f"http://127.0.0.1:{plain}/assistant", folder, scene)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with httpx2.Client(verify=context) as client:
        yield client


def test_the_chat_page_answers(proxied: Proxied, browser: Browser) -> None:
    with opened(browser, f"{proxied.base}/chat/", ignore_https_errors=True) as tab:
        box = tab.page.locator("#question textarea")
        box.fill(OFSTED)
        box.press("Enter")
        expect(tab.page.locator(".answer blockquote")).to_have_count(len(proxied.scene.service.answer(OFSTED).quotes))
        assert [one for one in tab.asked_for if not one.startswith((f"{proxied.base}/", "data:"))] == []
        assert tab.complaints == []


def test_the_widget_answers_on_another_site(proxied: Proxied, browser: Browser) -> None:
    address = proxied.scene.show(site=demo_app(proxied.base))
    with opened(browser, address, ignore_https_errors=True) as tab:
        tab.page.click(".bubble")
        expect(tab.framed.ask(OFSTED).locator("blockquote")).to_have_count(len(proxied.scene.service.answer(OFSTED).quotes))
        assert [one for one in tab.asked_for if not one.startswith((f"{proxied.base}/", proxied.scene.host))] == []
        assert tab.complaints == []


def test_the_interface_the_statements_and_the_pages_without_javascript_are_there(proxied: Proxied, client: httpx2.Client) -> None:
    answer = client.post(f"{proxied.base}/api/v1/answers", json={"question": OFSTED})
    assert answer.json()["status"] == "answered"
    statements = client.get(f"{proxied.base}/statements")
    assert statements.status_code == 200
    addresses = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', statements.text))
    assert addresses and all(address.startswith("/assistant/") for address in addresses)
    permalinks = sorted(address for address in addresses if re.fullmatch(r"/assistant/statements/[^?]*/[0-9a-f]{8}", address))
    assert permalinks
    assert client.get(proxied.base.removesuffix("/assistant") + permalinks[0]).status_code == 200
    checked = client.post(f"{proxied.base}/api/v1/quotes/verify", json={"text": "Inspection should be part of a slim"})
    assert checked.json()["result"] in ("verified", "altered", "not_found")
    for page in (f"/ask?q={SECRET}", "/verify", "/embed", "/readyz"):
        response = client.get(f"{proxied.base}{page}")
        assert response.status_code == 200, page
        assert response.headers["strict-transport-security"] == "max-age=31536000"


def test_the_bare_path_and_plain_http_lead_to_the_chat(proxied: Proxied, client: httpx2.Client) -> None:
    assert client.get(proxied.base).headers["location"] == "/assistant/"
    assert client.get(f"{proxied.base}/").headers["location"] == "/assistant/chat/"
    assert client.get(f"{proxied.plain}/").headers["location"] == f"{proxied.base}/"


def test_too_many_questions_from_one_visitor_are_put_off(proxied: Proxied, client: httpx2.Client) -> None:
    statuses = [client.post(f"{proxied.base}/api/v1/answers", json={"question": "phones"}).status_code for _ in range(40)]
    assert set(statuses) == {200, 429}


def test_the_proxy_writes_no_question_and_no_visitor_down(proxied: Proxied, client: httpx2.Client) -> None:
    client.get(f"{proxied.base}/ask?q={SECRET}")
    client.get(f"{proxied.plain}/ask?q={SECRET}")
    written = {path.name: path.read_text(encoding="utf-8") for path in proxied.logs.glob("*.log")}
    assert sorted(written) == ["ascl-chat-error.log", "ascl-chat.log"]
    assert "GET /assistant/ask 200" in written["ascl-chat.log"]
    assert not any(SECRET in text or "127.0.0.1" in text for text in written.values()), json.dumps(written)[:500]
