"""The benchmark's own parts: its corpora, its traffic, and its report. Nothing here is timed."""

from __future__ import annotations

import argparse
import ast
import random
from pathlib import Path
from typing import Any

import pytest

from chatbot.evaluation.seeing import INVENTED
from corpus.loading import load_corpus
from scripts.benchmark import peers
from scripts.benchmarking.environments import ALONE, packages, program
from scripts.benchmarking.generating import statements, write_corpus
from scripts.benchmarking.keeping import Kept
from scripts.benchmarking.loading import BURST, Traffic, judged
from scripts.benchmarking.measuring import OURS, ratios, spread
from scripts.benchmarking.plots import growth_plot, peers_plot
from scripts.benchmarking.reporting import page
from tests.support import SHIPPED


def test_the_same_seed_gives_the_same_statements_and_no_statement_twice() -> None:
    first, again, other = (statements(300, SHIPPED, INVENTED, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len(set(first)) == 300


def test_generated_statements_keep_the_words_of_the_field_and_load_as_a_corpus(tmp_path: Path) -> None:
    made = statements(600, SHIPPED, INVENTED)
    write_corpus(tmp_path / "corpus", made, SHIPPED)
    corpus = load_corpus(tmp_path / "corpus")
    held = [statement.text for statement in corpus.statements.values()]
    assert set(made) <= set(held)
    assert any("inspection" in text.lower() for text in made)


def test_traffic_comes_twenty_times_as_fast_in_the_burst() -> None:
    traffic = Traffic(600, 2.0)
    due = list(traffic.due(random.Random(7)))
    start, end = traffic.burst
    within = sum(start <= one < end for one in due) / (end - start)
    outside = sum(not start <= one < end for one in due) / (600 - (end - start))
    assert due == sorted(due)
    assert within / outside == pytest.approx(BURST, rel=0.2)


def test_a_load_test_names_what_is_not_as_it_must_be() -> None:
    good = {"failed": 0, "megabytes_before": 200.0, "megabytes_most": 204.0, "p50_before": 5.0, "p50_after": 5.5}
    assert judged(good) == []
    bad = {"failed": 2, "megabytes_before": 200.0, "megabytes_most": 240.0, "p50_before": 5.0, "p50_after": 50.0}
    assert len(judged(bad)) == 3


@pytest.mark.parametrize("peer", [OURS, *packages()])
def test_every_contestant_has_a_program_and_exact_versions(peer: str) -> None:
    path = program("ours" if peer == OURS else peer)
    functions = {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}
    assert {"build", "opened"} <= functions
    assert all("==" in one for one in packages().get(peer, []) if one != ALONE)


def test_peers_are_named_one_by_one_and_an_unknown_one_is_refused() -> None:
    assert peers("bare,txtai") == ("bare", "txtai")
    with pytest.raises(argparse.ArgumentTypeError, match="no peer is called nobody; there are bare, "):
        peers("bare,nobody")


SUBJECT = {"corpus": "a digest"}


def stopped() -> dict[str, Any]:
    raise KeyboardInterrupt


def test_a_run_that_was_stopped_is_taken_up_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    first = Kept.opened(path, SUBJECT, resume=True)
    assert first.figures("one", lambda: {"seconds": 1.0}) == {"seconds": 1.0}
    assert first.figures("peer", lambda: {"failed": "no room"}) == {"failed": "no room"}
    with pytest.raises(KeyboardInterrupt):
        first.figures("two", stopped)
    again = Kept.opened(path, SUBJECT, resume=True)
    assert again.figures("one", stopped) == {"seconds": 1.0}
    assert again.sittings == 1, "nothing was measured in this one yet"
    assert again.figures("two", lambda: {"seconds": 2.0}) == {"seconds": 2.0}
    assert again.figures("peer", lambda: {"seconds": 3.0}) == {"seconds": 3.0}, "what failed is tried again"
    assert again.sittings == 2


def test_a_new_run_takes_nothing_from_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    Kept.opened(path, SUBJECT, resume=False).figures("one", lambda: {"seconds": 1.0})
    with pytest.raises(KeyboardInterrupt):
        Kept.opened(path, SUBJECT, resume=False).figures("one", stopped)
    with pytest.raises(KeyboardInterrupt):
        Kept.opened(path, SUBJECT, resume=True).figures("one", stopped)


def test_a_run_of_something_else_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    Kept.opened(path, SUBJECT, resume=False).figures("one", lambda: {"seconds": 1.0})
    with pytest.raises(ValueError, match="another corpus"):
        Kept.opened(path, {"corpus": "another"}, resume=True)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="run without --resume"):
        Kept.opened(path, SUBJECT, resume=True)


def contestant(factor: float) -> dict[str, Any]:
    one = spread([factor, 1.1 * factor])
    rates: dict[str, dict[str, Any]] = {clients: {"rate": 100.0, "p95": 9.0, "failed": 0} for clients in ("1", "4", "16", "64")}
    rates["64"] = {"rate": 0.0, "p95": 0.0, "failed": "it ended"}
    return {
        "cold_seconds": one, "cold_megabytes": one, "p50": one, "p95": one, "megabytes": one, "rates": rates,
        "build_seconds": 1.0, "index_megabytes": 1.0, "install_megabytes": 1.0, "headline_right": True, "right_first": 0.5,
    }  # fmt: skip


def test_the_report_says_where_an_aim_is_missed_and_where_a_peer_could_not_be_run() -> None:
    crowd = {"rate": 200.0, "p50": 4.0, "p95": 9.0, "told_to_wait": 0, "failed": 0}
    ready = {"seconds": spread([1.0]), "megabytes": spread([200.0])}
    run: dict[str, Any] = {
        "machine": {"processor": "a processor", "cores": 2, "system": "Linux", "python": "3.11"},
        "statements": 29, "questions": 100,
        "contestants": {OURS: contestant(1.0), "bare": contestant(1.5), "other": {"failed": "not to be had"}},
        "command_line": {"seconds": spread([9.9]), "megabytes": spread([100.0])},
        "http": {"ready": {"with_chat": ready, "no_chat": ready}, "crowds": {"16": crowd, "64": crowd}},
        "sittings": 2, "options": {"peers": ["bare", "other"], "sizes": [10000]},
        "growth": [{
            "statements": 10000, "build_seconds": 13.0, "bare_encoding_seconds": 10.0, "index_megabytes": 5.0, "recall": 0.995,
            "p50": spread([2.0]), "p95": spread([3.0]), "megabytes": spread([200.0]),
        }],
    }  # fmt: skip
    assert ratios(run["contestants"])["bare"]["p50"] == pytest.approx(1.5)
    told = page(run)
    assert "| 9.9 | at most 1.2 | **no** |" in told
    assert "| questions/s over HTTP by 16 clients | 200 | at least 150 | yes |" in told
    assert "Not measured in this run: answer at 100,000 statements" in told
    assert "2 sittings" in told and "--peers bare,other --sizes 10000 --write docs" in told
    assert "bare, cold start: 1.5 instead of 4.0" in told
    assert "could not be run: not to be had" in told
    assert "| 1.30 |" in told
    for plot in (peers_plot(run), growth_plot(run)):
        assert plot.startswith("<svg") and "nan" not in plot
