"""Traffic over time: questions come when they are due, not when the last was answered, as visitors do."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Queue
from typing import Any

from scripts.benchmarking.measuring import free_port, questions
from scripts.benchmarking.serving import Client, Reply, Server, served

BURST = 20  # times the quiet rate
CLIENTS = 64
QUIET_SHARE, BURST_SHARE = 0.3, 0.2  # of the whole time: quiet, burst, then quiet to the end
BACK_WITHIN = 5.0  # seconds after a burst in which the median must be as before
NORMAL = 1.5  # times the quiet median that still counts as normal
GROWTH = 1.03  # of memory after warm-up
WARMED = 6  # times that every question is asked before memory is looked at
SEED = 20261124

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Traffic:
    """How long in seconds, and how many questions a second in quiet times."""

    seconds: float
    quiet_rate: float

    @property
    def burst(self) -> tuple[float, float]:
        """Start and end of the burst."""
        start = QUIET_SHARE * self.seconds
        return start, start + BURST_SHARE * self.seconds

    def due(self, chance: random.Random) -> Iterator[float]:
        """The times at which questions come: a Poisson process whose rate jumps for the burst."""
        now = 0.0
        start, end = self.burst
        while True:
            rate = self.quiet_rate * (BURST if start <= now < end else 1)
            now += chance.expovariate(rate)
            if now >= self.seconds:
                return
            yield now


def run(traffic: Traffic, report: Callable[[str], object]) -> Figures:
    """Serve, send the traffic, and measure."""
    with served(free_port(), ("--no-chat",), {}) as server:
        _warmed(server)
        report(f"Sending {traffic.seconds:.0f} s of traffic")
        before = server.megabytes()
        replies, memory = _sent(traffic, server)
        return {**_figures(traffic, replies), "megabytes_before": before, "megabytes_most": max(memory), "by_second": memory}


def _warmed(server: Server) -> None:
    """Enough questions, from as many at once as the burst has, that every thread has answered some and caches have their size."""
    asked = questions()

    def visit(visitor: int) -> None:
        client = Client(server.port)
        for number, question in enumerate(asked[visitor::CLIENTS] * WARMED):
            client.ask(f"{question} ({visitor} {number})")

    with ThreadPoolExecutor(CLIENTS) as visitors:
        list(visitors.map(visit, range(CLIENTS)))  # raises what any of them raised


def _sent(traffic: Traffic, server: Server) -> tuple[list[tuple[float, Reply]], list[float]]:
    """Each reply with the time its question was due, and the server's memory second by second."""
    waiting: Queue[tuple[float, str] | None] = Queue()
    replies: list[tuple[float, Reply]] = []
    memory: list[float] = []
    started = time.perf_counter()

    def visit() -> None:
        client = Client(server.port)
        while (one := waiting.get()) is not None:
            replies.append((one[0], client.ask(one[1])))

    visitors = [threading.Thread(target=visit) for _ in range(CLIENTS)]
    for visitor in visitors:
        visitor.start()
    asked = questions()
    noted = 0
    for number, due in enumerate(traffic.due(random.Random(SEED))):
        while (left := started + due - time.perf_counter()) > 0:
            time.sleep(min(left, 0.2))
        waiting.put((due, f"{asked[number % len(asked)]} ({number})"))
        if time.perf_counter() - started > noted:
            memory.append(server.megabytes())
            noted += 1
    for _ in visitors:
        waiting.put(None)
    for visitor in visitors:
        visitor.join()
    memory.append(server.megabytes())
    return replies, memory


def _figures(traffic: Traffic, replies: list[tuple[float, Reply]]) -> Figures:
    start, end = traffic.burst
    parts = {
        "before": [one for due, one in replies if due < start],
        "burst": [one for due, one in replies if start <= due < end],
        "after": [one for due, one in replies if due >= end + BACK_WITHIN],
    }
    everyone = [one for _, one in replies]
    return {
        "questions": len(everyone),
        "told_to_wait": sum(one.status == 503 and one.retry_after for one in everyone),
        "failed": sum(one.status != 200 and not (one.status == 503 and one.retry_after) for one in everyone),
        **{f"p50_{name}": _median(held) for name, held in parts.items()},
    }


def _median(replies: list[Reply]) -> float:
    """Milliseconds."""
    return statistics.median(1000 * one.took for one in replies if one.status == 200) if replies else 0.0


def judged(figures: Figures) -> list[str]:
    """What is not as it must be, in sentences."""
    faults = []
    if figures["failed"]:
        faults.append(f"{figures['failed']} questions failed otherwise than by being told when to come back.")
    if figures["megabytes_most"] > GROWTH * figures["megabytes_before"]:
        faults.append(f"Memory grew from {figures['megabytes_before']:.0f} to {figures['megabytes_most']:.0f} MB.")
    if figures["p50_after"] > NORMAL * figures["p50_before"]:
        faults.append(f"The median was {figures['p50_after']:.1f} ms after the burst, {figures['p50_before']:.1f} ms before it.")
    return faults
