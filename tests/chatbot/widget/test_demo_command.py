"""``ascl-chat demo-site`` as its users run it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from chatbot.exit_codes import ExitCode

PROGRAM = Path(sys.executable).with_name("ascl-chat.exe" if sys.platform == "win32" else "ascl-chat")


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [PROGRAM, "demo-site", *arguments], stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_it_says_where_it_is_and_what_the_chat_must_allow() -> None:
    with running("--port", "0", "--chat-address", "http://127.0.0.1:7860/assistant") as process:
        assert process.stderr
        said = process.stderr.readline() + process.stderr.readline()
        found = re.search(r"Listening on (http://127\.0\.0\.1:\d+)/ ", said)
        assert found
        assert f"ASCL_CHAT_FRAME_ANCESTORS='[\"{found[1]}\"]'" in said
        assert 'src="http://127.0.0.1:7860/assistant/widget.js"' in httpx2.get(f"{found[1]}/").text
        assert 'data-mode="inline"' in httpx2.get(f"{found[1]}/inline").text


def test_a_taken_port_and_an_address_that_is_none_are_refused_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with running("--port", str(taken.getsockname()[1])) as process:
            assert process.wait(30) == ExitCode.PORT_TAKEN
            assert process.stderr and "is taken" in process.stderr.read()
    with running("--port", "0", "--chat-address", "ftp://somewhere") as process:
        assert process.wait(30) == ExitCode.USAGE
        assert process.stderr and "'ftp://somewhere' is no address of a chat." in process.stderr.read()
