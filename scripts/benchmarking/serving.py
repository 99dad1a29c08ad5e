"""The service over HTTP as its visitors use it: a real server process, real connections kept open, distinct questions."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarking.running import QUIET

HERE = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from chatbot.cli import main; main()"]  # as the installed command does
READY_WITHIN = 120  # seconds


@dataclass(frozen=True)
class Server:
    """A running server: its port, process number, and the seconds from its start until it said it was ready."""

    port: int
    pid: int
    ready_after: float

    def megabytes(self, kind: str = "VmRSS") -> float:
        """Resident memory now, or at its peak with ``VmHWM``. Linux only."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith(f"{kind}:"))
        return int(line.split()[1]) / 1024


@contextlib.contextmanager
def served(port: int, options: Sequence[str], settings: Mapping[str, str]) -> Iterator[Server]:
    """``ascl-chat serve`` in a process of its own, stopped at the end.

    Raises:
        RuntimeError: if it is not ready in time or stops by itself.
    """
    command = [*COMMAND, "serve", "--port", str(port), *options]
    environment = {**os.environ, **QUIET, "ASCL_CHAT_LOG_LEVEL": "warning", **settings}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=HERE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - started > READY_WITHIN:
                raise RuntimeError(f"The server was not ready within {READY_WITHIN} s: {' '.join(command)}")
            time.sleep(0.02)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ready(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False


@dataclass(frozen=True)
class Reply:
    """One request: when it was sent and how long its answer took (seconds), and the status (0 for no answer)."""

    sent: float
    took: float
    status: int
    retry_after: bool


class Client:
    """One visitor with one connection kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, question: str) -> Reply:
        """Put one question to the REST API. Never raises for a failing server: status 0 says so."""
        sent = time.perf_counter()
        for first in (True, False):
            reused = first and self._connection.sock is not None
            try:
                body = json.dumps({"question": question}).encode("utf-8")
                self._connection.request("POST", "/api/v1/answers", body, {"content-type": "application/json"})
                response = self._connection.getresponse()
                response.read()
                return Reply(sent, time.perf_counter() - sent, response.status, response.getheader("Retry-After") is not None)
            except (OSError, http.client.HTTPException):
                self._connection.close()
                if not reused:  # one that idled was closed, as HTTP allows: every browser opens another then
                    break
        return Reply(sent, time.perf_counter() - sent, 0, False)


def crowd(port: int, questions: Sequence[str], clients: int) -> tuple[list[Reply], float]:
    """All questions by so many clients at once; the replies and the seconds it took. Who is told to wait asks again."""
    waiting = iter(list(questions))
    lock = threading.Lock()
    replies: list[Reply] = []

    def visit() -> None:
        client = Client(port)
        while True:
            with lock:
                question = next(waiting, None)
            if question is None:
                return
            reply = client.ask(question)
            replies.append(reply)
            while reply.status == 503 and reply.retry_after:
                time.sleep(0.2)
                reply = client.ask(question)
                replies.append(reply)

    threads = [threading.Thread(target=visit) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies, time.perf_counter() - started
