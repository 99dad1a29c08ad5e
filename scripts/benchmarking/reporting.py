"""A run's figures as a page that can be read without knowing how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.benchmarking.measuring import OURS, ratios

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Aim:
    """What a figure is, and the most it may be, or with ``least`` the least."""

    what: str
    limit: float
    least: bool = False

    def met(self, value: float) -> bool:
        """Whether a measured value is within it."""
        return value >= self.limit if self.least else value <= self.limit


# From the project's own requirements.
AIMS = {
    "ask_seconds": Aim("`ascl-chat ask`, start of the process to its end, s", 1.2),
    "ask_megabytes": Aim("`ascl-chat ask`, peak memory, MB", 300),
    "ready_no_chat": Aim("`serve --no-chat`, start to ready, s", 2),
    "ready_with_chat": Aim("`serve`, start to ready, s", 8),
    "p50": Aim("answer in the process, median, ms", 4),
    "p95": Aim("answer in the process, 95th percentile, ms", 8),
    "http_rate": Aim("questions/s over HTTP by 16 clients", 150, least=True),
    "http_p95": Aim("answer over HTTP by 16 clients, 95th percentile, ms", 200),
    "http_turned_away": Aim("requests of 16 clients that failed or were told to wait", 0),
    "http_failed": Aim("requests of 64 clients that failed", 0),
    "p50_10000": Aim("answer at 10,000 statements, median, ms", 8),
    "p50_100000": Aim("answer at 100,000 statements, median, ms", 20),
    "recall_100000": Aim("recall@10 at 100,000 statements", 0.99, least=True),
    "build_10000": Aim("building an index of 10,000 statements, times bare batch encoding", 1.3),
}
_LEAST = {"cold_seconds": 4.0, "p50": 1.8, "megabytes": 1.9}
_NAMES = {"cold_seconds": "cold start", "p50": "latency", "megabytes": "memory"}

# Where another may be better, and why; only what a run shows is told.
_WHY = {
    "p50": ("p50", "what a message is, judging in two steps and quoting come before and after the search, and all count"),
    "p95": ("p95", "more than one text is encoded where words do not settle what a message is, or where it names two things"),
    "build_seconds": (
        "build",
        "the curated questions and those known to have no answer are encoded, too, a classifier is learnt from them, and the "
        "model is exported",
    ),
    "index_megabytes": ("index", "the index carries the embedding model, so that a server needs no other"),
    "install_megabytes": (
        "packages installed",
        "what builds, serves and shows the chat page is counted together; a server needs a part of it (serving.md)",
    ),
}


def page(run: Figures) -> str:
    """The report in Markdown."""
    parts = [_opening(run), _aims(run), _contest(run), _ratios(run), _http(run), _growth(run), _rightness(run)]
    return "\n\n".join(part for part in parts if part) + "\n"


def reached(run: Figures) -> dict[str, float]:
    """The measured value of every aim, but for those of sizes that were not measured."""
    ours, crowds = run["contestants"][OURS], run["http"]["crowds"]
    ready = run["http"]["ready"]
    found = {
        "ask_seconds": run["command_line"]["seconds"]["median"],
        "ask_megabytes": run["command_line"]["megabytes"]["median"],
        "ready_no_chat": ready["no_chat"]["seconds"]["median"],
        "ready_with_chat": ready["with_chat"]["seconds"]["median"],
        "p50": ours["p50"]["median"],
        "p95": ours["p95"]["median"],
        "http_rate": crowds["16"]["rate"],
        "http_p95": crowds["16"]["p95"],
        "http_turned_away": crowds["16"]["failed"] + crowds["16"]["told_to_wait"],
        "http_failed": crowds["64"]["failed"],
    }
    for grown in run["growth"]:
        size = grown["statements"]
        found[f"p50_{size}"] = grown["p50"]["median"]
        found[f"recall_{size}"] = grown["recall"]
        found[f"build_{size}"] = grown["build_seconds"] / grown["bare_encoding_seconds"]
    return {name: found[name] for name in AIMS if name in found}


def _opening(run: Figures) -> str:
    machine = run["machine"]
    return (
        "# How fast, how small\n\n"
        f"One run on {machine['cores']} cores of {machine['processor']} ({machine['system']}, Python {machine['python']}), the "
        f"same MiniLM weights, {run['statements']} statements and {run['questions']} questions for everyone. Medians of five "
        "cold starts and of three warm runs, with the least and the most. This product is measured over its full recipe, from "
        "question to cited quotes, with no cache; the others only find texts.\n\n"
        f"{_sittings(run['sittings'])}"
        f"Repeat it with: `{_command(run)}`"
    )


def _sittings(count: int) -> str:
    if count == 1:
        return ""
    return f"The run was stopped and taken up again: {count} sittings, between which the machine may have differed.\n\n"


def _command(run: Figures) -> str:
    named = run["options"]["peers"]
    peers = f" --peers {','.join(named)}" if named else ""
    sizes = ",".join(map(str, run["options"]["sizes"])) or "''"
    return f"python scripts/benchmark.py{peers} --sizes {sizes} --write docs"


def _aims(run: Figures) -> str:
    rows = []
    for name, value in reached(run).items():
        aim = AIMS[name]
        bound = f"{'at least' if aim.least else 'at most'} {aim.limit:g}"
        rows.append(f"| {aim.what} | {value:.5g} | {bound} | {'yes' if aim.met(value) else '**no**'} |")
    unseen = [aim.what for name, aim in AIMS.items() if name not in reached(run)]
    told = ["", f"Not measured in this run: {'; '.join(unseen)}."] if unseen else []
    return "\n".join(["## What was aimed at", "", "| figure | measured | aim | reached |", "|---|---|---|---|", *rows, *told])


def _contest(run: Figures) -> str:
    rows = []
    for name, held in run["contestants"].items():
        if "failed" in held:
            rows.append(f"| {name} | could not be run: {held['failed'][:120]} | | | | | | | |")
            continue
        rates = " / ".join(f"{one['rate']:.0f}" if not one["failed"] else "fails" for one in held["rates"].values())
        rows.append(
            f"| {name} | {_spread(held['cold_seconds'], 2)} | {_spread(held['p50'], 1)} | {_spread(held['p95'], 1)} | {rates} "
            f"| {_spread(held['megabytes'], 0)} | {held['build_seconds']:.1f} | {held['index_megabytes']:.1f} "
            f"| {held['install_megabytes']:.0f} |"
        )
    heading = (
        "| | cold start to first answer, s | p50, ms | p95, ms | questions/s by 1 / 4 / 16 / 64 threads | peak memory, MB "
        "| build, s | index, MB | packages installed, MB |"
    )
    return "\n".join(["## Beside others", "", heading, "|---|---|---|---|---|---|---|---|---|", *rows])


def _ratios(run: Figures) -> str:
    held = ratios(run["contestants"])
    if not held:
        return ""
    rows, lost = [], []
    for name, figures in held.items():
        rows.append(f"| {name} | " + " | ".join(f"{figures[what]:.1f}" for what in _LEAST) + " |")
        lost += [
            f"{name}, {_NAMES[what]}: {figures[what]:.1f} instead of {least}"
            for what, least in _LEAST.items()
            if figures[what] < least
        ]
    told = "Every ratio that was aimed at is reached." if not lost else "Short of what was aimed at: " + "; ".join(lost) + "."
    head = "| | " + " | ".join(f"{_NAMES[what]} (aim {least})" for what, least in _LEAST.items()) + " |"
    return "\n".join(["### How many times as much the others need", "", head, "|---|---|---|---|", *rows, "", told, *_wins(run)])


def _wins(run: Figures) -> list[str]:
    """A line for each figure in which another is better, with the reason."""
    held = {name: one for name, one in run["contestants"].items() if "failed" not in one}
    lines = []
    for figure, (what, why) in _WHY.items():
        values = {name: _median(one[figure]) for name, one in held.items()}
        better = [name for name, value in values.items() if value < values[OURS]]
        if better:
            lines.append(f"- {what}: {', '.join(better)} {'needs' if len(better) == 1 else 'need'} less; here {why}.")
    return ["", "Where others are better:", "", *lines] if lines else []


def _median(value: Any) -> float:
    return float(value["median"] if isinstance(value, Mapping) else value)


def _http(run: Figures) -> str:
    rows = [
        f"| {clients} | {held['rate']:.0f} | {held['p50']:.0f} | {held['p95']:.0f} | {held['told_to_wait']} | {held['failed']} |"
        for clients, held in run["http"]["crowds"].items()
    ]
    head = "| clients | questions/s | p50, ms | p95, ms | told to wait | failed |"
    return "\n".join(
        ["## Over HTTP", "", "`serve --no-chat`, the client on the same cores.", "", head, "|---|---|---|---|---|---|", *rows]
    )


def _growth(run: Figures) -> str:
    if not run["growth"]:
        return ""
    rows = [
        f"| {held['statements']} | {_spread(held['p50'], 1)} | {_spread(held['p95'], 1)} | {held['recall']:.4f} "
        f"| {_spread(held['megabytes'], 0)} | {held['index_megabytes']:.0f} | {held['build_seconds']:.0f} "
        f"| {held['build_seconds'] / held['bare_encoding_seconds']:.2f} |"
        for held in run["growth"]
    ]
    head = "| statements | p50, ms | p95, ms | recall@10 | peak memory, MB | index, MB | build, s | build / bare batch encoding |"
    return "\n".join(["## On larger corpora", "", head, "|---|---|---|---|---|---|---|---|", *rows])


def _rightness(run: Figures) -> str:
    rows = [
        f"| {name} | {'yes' if held['headline_right'] else 'no'} | {100 * held['right_first']:.0f} |"
        for name, held in run["contestants"].items()
        if "failed" not in held
    ]
    return "\n".join(
        [
            "## Who finds the right thing first",
            "",
            '"What does ASCL think about Ofsted?" must be answered from "Inspection reform". The other column is the share of '
            "the answerable held-out questions (those that lean on no earlier one) whose first hit is right; this product may "
            "also leave a question alone, which counts as not right.",
            "",
            "| | headline question | right first, % |",
            "|---|---|---|",
            *rows,
        ]
    )


def _spread(held: Figures, digits: int) -> str:
    return f"{held['median']:.{digits}f} ({held['least']:.{digits}f}–{held['most']:.{digits}f})"
