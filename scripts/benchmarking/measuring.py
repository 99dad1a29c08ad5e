"""One run: every contestant on the same corpus, questions and weights, on one machine."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from chatbot.evaluation.cases import FOLDER, HELD_OUT, Case, read_cases
from chatbot.evaluation.seeing import INVENTED
from chatbot.settings import load_settings
from corpus.loading import load_corpus
from corpus.models import Corpus
from index.embedding import packaged_folder
from index.opening import open_index
from index.rows import plan as planned
from scripts.benchmarking.environments import environment_of, megabytes_on_disk, packages, program
from scripts.benchmarking.generating import statements, write_corpus
from scripts.benchmarking.keeping import Figures, Kept
from scripts.benchmarking.running import Contestant, with_index, written
from scripts.benchmarking.serving import COMMAND, HERE, crowd, served

OURS = "ascl-chat"
HEADLINE = "What does ASCL think about Ofsted?"
HEADLINE_SECTION = "Inspection reform"
RUNS = 5  # of every cold start; the median counts
CROWDS = (1, 4, 16, 64)
LONGEST = 22  # words, about 30 tokens

Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is to be measured and where."""

    work: Path
    corpus: Path
    peers: tuple[str, ...]
    sizes: tuple[int, ...]
    report: Report


def measured(plan: Plan, resume: bool = False) -> Figures:
    """All figures of one run. What a run that was stopped has measured is in the work folder, and ``resume`` takes it up."""
    plan.work.mkdir(parents=True, exist_ok=True)
    corpus = load_corpus(plan.corpus)
    texts = [statement.text for statement in corpus.statements.values()]
    asked = questions()
    subject = {"corpus": corpus.digest, "questions": len(asked), "machine": machine(), "versions": packages()}
    kept = Kept.opened(plan.work / "run.json", subject, resume)
    contestants = [_ours(plan.corpus, plan.work / "index")]
    contestants += _peers(plan)
    held = {
        one.name: kept.figures(f"contestant {one.name}", partial(_contest, one, plan, corpus, texts, asked))
        for one in contestants
    }
    return {
        "machine": machine(),
        "versions": packages(),
        "statements": len(texts),
        "questions": len(asked),
        "contestants": held,
        "command_line": kept.figures("command line", partial(_command_line, plan)),
        "http": kept.figures("http", partial(_http, plan, asked)),
        "growth": [kept.figures(f"{size} statements", partial(_grown, plan, size, asked)) for size in plan.sizes],
        "sittings": kept.sittings,
        "options": {"peers": list(plan.peers), "sizes": list(plan.sizes)},
    }


def questions() -> list[str]:
    """Single questions of ordinary length from the development cases, each once."""
    cases = read_cases(FOLDER / "development.jsonl")
    short = [case.question for case in cases if not case.history and 0 < len(case.question.split()) <= LONGEST]
    return list(dict.fromkeys(short))


def machine() -> dict[str, Any]:
    """The hardware and the Python that everything ran on."""
    names = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in names if line.startswith("model name")), platform.processor())
    return {"processor": model, "cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def _ours(corpus: Path, index: Path) -> Contestant:
    settings = {"ASCL_CHAT_CORPUS_FOLDER": str(corpus), "ASCL_CHAT_INDEX_FOLDER": str(index), "ASCL_CHAT_ANSWER_CACHE": "0"}
    return Contestant(OURS, Path(sys.executable), program("ours"), settings)


def _peers(plan: Plan) -> list[Contestant]:
    made = []
    for name in plan.peers:
        try:
            made.append(Contestant(name, environment_of(name, plan.work / "environments", plan.report), program(name)))
        except RuntimeError as error:
            plan.report(str(error))
    return made


def _contest(one: Contestant, plan: Plan, corpus: Corpus, texts: Sequence[str], asked: Sequence[str]) -> Figures:
    plan.report(f"Measuring {one.name}")
    index, model = plan.work / ("index" if one.name == OURS else f"index-{one.name}"), packaged_folder()
    shutil.rmtree(index, ignore_errors=True)
    given = written(plan.work / "questions.json", asked)
    try:
        build = one.figures("build", written(plan.work / "texts.json", texts), model, index)
        cold = [one.figures("first", index, model, HEADLINE) for _ in range(RUNS)]
        warm = [one.figures("many", index, model, given) for _ in range(3)]
        crowds = {str(clients): _crowd(one, index, given, clients, plan.report) for clients in CROWDS}
        right = one.figures("many", index, model, written(plan.work / "cases.json", [case.question for case in _cases()]))
    except RuntimeError as error:
        plan.report(str(error))
        return {"failed": str(error)}
    return {
        "cold_seconds": spread([run["wall"] for run in cold]),
        "cold_megabytes": spread([run["megabytes"] for run in cold]),
        "p50": spread([run["p50"] for run in warm]),
        "p95": spread([run["p95"] for run in warm]),
        "megabytes": spread([run["megabytes"] for run in warm]),
        "rates": crowds,
        "build_seconds": build["seconds"],
        "index_megabytes": megabytes_on_disk(index),
        "install_megabytes": megabytes_on_disk(_site_packages(one.python)),
        "headline_right": _headline_right(corpus, cold[0]["found"]),
        "right_first": _right_first(corpus, right["found"]),
    }


def _crowd(one: Contestant, index: Path, given: Path, clients: int, report: Report) -> Figures:
    """Questions a second by so many threads; a contestant that cannot serve several threads has a rate of 0, and why."""
    try:
        run = one.figures("crowd", index, packaged_folder(), given, clients)
    except RuntimeError as error:
        report(str(error))
        return {"rate": 0.0, "p95": 0.0, "failed": str(error)}
    failed = run["failed"]
    return {"rate": 0.0 if failed else run["rate"], "p95": run["p95"], "failed": failed and f"{failed}: {run['error']}"}


def _site_packages(python: Path) -> Path:
    return next((python.parent.parent / "lib").glob("python3*/site-packages"))


def _cases() -> list[Case]:
    return [case for case in read_cases(HELD_OUT) if case.answerable and not case.history]


def _headline_right(corpus: Corpus, found: Sequence[int]) -> bool:
    held = list(corpus.statements.values())
    return bool(found) and held[found[0]].section.name == HEADLINE_SECTION


def _right_first(corpus: Corpus, found: Sequence[Sequence[int]]) -> float:
    """Share of the answerable held-out questions whose first hit is a right one. No question is looked at."""
    names = list(corpus.statements)
    hits = [bool(hit) and names[hit[0]] in case.expected_any for case, hit in zip(_cases(), found, strict=True)]
    return sum(hits) / len(hits)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, least and most."""
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


_ASKED = """
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def _command_line(plan: Plan) -> Figures:
    """``ascl-chat ask`` from the start of its process to its end, and its peak memory."""
    plan.report("Measuring the command line")
    settings = _ours(plan.corpus, plan.work / "index").settings
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", **settings}
    runs = []
    for _ in range(RUNS):
        command = [sys.executable, "-c", _ASKED, *COMMAND, "ask", HEADLINE]
        done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=True)
        runs.append([float(figure) for figure in done.stdout.split()])
    return {"seconds": spread([run[0] for run in runs]), "megabytes": spread([run[1] for run in runs])}


def _http(plan: Plan, asked: Sequence[str]) -> Figures:
    plan.report("Measuring the service over HTTP")
    settings = dict(_ours(plan.corpus, plan.work / "index").settings)
    ready: dict[str, Any] = {}
    for name, options in (("with_chat", ()), ("no_chat", ("--no-chat",))):
        times, memory = [], []
        for _ in range(RUNS):
            with served(free_port(), options, settings) as server:
                times.append(server.ready_after)
                memory.append(server.megabytes("VmHWM"))
        ready[name] = {"seconds": spread(times), "megabytes": spread(memory)}
    crowds = {}
    with served(free_port(), ("--no-chat",), settings) as server:
        crowd(server.port, asked[:40], 4)
        for clients in CROWDS:
            # As different to the server as questions of different people, though no answer is kept in a measurement.
            distinct = [f"{question} ({clients})" for question in asked]
            replies, seconds = crowd(server.port, distinct, clients)
            took = sorted(1000 * reply.took for reply in replies if reply.status == 200)
            crowds[str(clients)] = {
                "rate": len(took) / seconds,
                "p50": took[len(took) // 2],
                "p95": took[int(0.95 * len(took))],
                "told_to_wait": sum(reply.status == 503 for reply in replies),
                "failed": sum(reply.status not in (200, 503) for reply in replies),
            }
    return {"ready": ready, "crowds": crowds}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _grown(plan: Plan, size: int, asked: Sequence[str]) -> Figures:
    """The product on a generated corpus of ``size`` statements, and bare batch encoding of the same texts beside it."""
    plan.report(f"Measuring {size} statements")
    folder, index = plan.work / f"corpus-{size}", plan.work / f"built-{size}"
    if not folder.is_dir():
        unfinished = plan.work / f"corpus-{size}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        write_corpus(unfinished, statements(size, plan.corpus, INVENTED.parent), plan.corpus)
        unfinished.rename(folder)
    shutil.rmtree(index, ignore_errors=True)
    one = with_index(_ours(folder, index), {})
    given = written(plan.work / "questions.json", asked)
    build = one.figures("build", given, packaged_folder(), index)
    warm = [one.figures("many", index, packaged_folder(), given) for _ in range(3)]
    return {
        "statements": size,
        "build_seconds": build["seconds"],
        "bare_encoding_seconds": _bare_encoding(folder, plan),
        "index_megabytes": megabytes_on_disk(index),
        "recall": _recall(folder, index, asked),
        "p50": spread([run["p50"] for run in warm]),
        "p95": spread([run["p95"] for run in warm]),
        "megabytes": spread([run["megabytes"] for run in warm]),
    }


def _recall(folder: Path, index: Path, asked: Sequence[str]) -> float:
    """The share of the ten nearest rows that the index finds, of the kind where it is lowest; 1 where every row is looked at."""
    opened = open_index(index, load_corpus(folder), load_settings().model, os.cpu_count() or 1)
    vectors = opened.encoder.encode(asked)
    shares = []
    for kind, store in opened.stores.items():
        if not opened.rows[kind].owners:
            continue
        rows = store.vectors(np.arange(len(opened.rows[kind].owners)))
        found = [set(store.scored(vector).nearest(10).tolist()) for vector in vectors]
        nearest = [set(np.argsort(-(rows @ vector))[:10].tolist()) for vector in vectors]
        shares.append(float(np.mean([len(one & best) / len(best) for one, best in zip(found, nearest, strict=True)])))
    return min(shares)


def _bare_encoding(folder: Path, plan: Plan) -> float:
    """Seconds that bare sentence-transformers takes to encode all texts of an index, put into a flat store."""
    texts = [text for held in planned(load_corpus(folder)).texts.values() for text in held]
    target = plan.work / "bare-encoding"
    shutil.rmtree(target, ignore_errors=True)
    bare = Contestant("bare", Path(sys.executable), program("bare"))
    seconds: float = bare.figures("build", written(plan.work / "all.json", texts), packaged_folder(), target)["seconds"]
    return seconds


def ratios(held: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """How many times as much each peer needs as this product: cold start, latency, memory."""
    ours = held[OURS]
    return {
        name: {what: figures[what]["median"] / ours[what]["median"] for what in ("cold_seconds", "p50", "megabytes")}
        for name, figures in held.items()
        if name != OURS and "failed" not in figures
    }
