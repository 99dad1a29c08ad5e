"""The scoreboard page: a report as Markdown with plots. Generated, never edited by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from chatbot.evaluation.plots import bars, curves
from chatbot.evaluation.reporting import Report
from chatbot.evaluation.tables import shown
from chatbot.evaluation.wording import ABLATION_COLUMNS, FIGURES, KIND_COLUMNS, PUBLIC, kind_name

PAGE, PLOTS = "scoreboard.md", "scoreboard"
WIDEST_FALSE_ANSWERS = 30.0


def write_scoreboard(report: Report, folder: Path) -> None:
    """Write ``scoreboard.md`` and its plots into a folder."""
    (folder / PLOTS).mkdir(parents=True, exist_ok=True)
    for name, drawing in _plots(report).items():
        (folder / PLOTS / name).write_text(drawing, encoding="utf-8", newline="\n")
    (folder / PAGE).write_text("\n\n".join(_page(report)) + "\n", encoding="utf-8", newline="\n")


def _plots(report: Report) -> dict[str, str]:
    kinds = [(kind_name(kind), figures["right"]) for kind, figures in report["kinds"].items()]
    names = {"curated": "with curated questions", "plain": "without"}
    lines = {
        names[kind]: [(p["false_answers_per_100_unanswerable"], p["right_answers_per_100_answerable"]) for p in points]
        for kind, points in report["trade_off"].items()
        if kind in names
    }
    across, up = "false answers per 100 unanswerable", "right answers per 100 answerable"
    drawn = {
        "kinds.svg": bars("Ended as expected, by kind, per cent", kinds),
        "trade-off.svg": curves("What each operating point would give", across, up, lines, WIDEST_FALSE_ANSWERS),
    }
    if "ablations" in report:
        rows = {"the whole service": report, **report["ablations"]}
        led = [(name.replace("_", " "), held["overall"]["top_1"]) for name, held in rows.items()]
        drawn["ablations.svg"] = bars("Right leading quote, one part taken away, per cent", led)
    return drawn


def _page(report: Report) -> list[str]:
    corpus = report["corpus"]
    return [
        "# Scoreboard",
        f"Written by `python scripts/evaluate.py --scoreboard docs`; do not edit. Figures are per cent with 95 % confidence "
        f"intervals (Wilson's for shares, a bootstrap for precision, recall, F1 and areas), over the {report['cases']['count']} "
        f"cases of `{report['cases']['file']}` (SHA-256 `{report['cases']['sha256'][:16]}`). The held-out cases were written "
        "from the document alone, before and without sight of the curated questions; nothing is fitted on them.",
        f"Corpus: {corpus['statements']} statements, {corpus['curated_questions']} curated questions, "
        f"{corpus['unanswered_questions']} questions known to be unanswered, {corpus['glossary_entries']} glossary entries.",
        "## All cases",
        _list(report["overall"]),
        "Precision, recall and F1 are by statement, 0 for a refused question. A rate of 0 carries an interval, too: it says "
        "how high the true rate might still be.",
        "## By kind",
        _table("kind", KIND_COLUMNS, {kind_name(kind): figures for kind, figures in report["kinds"].items()}),
        "![Ended as expected, by kind](scoreboard/kinds.svg)",
        "## Trade-off",
        "Cross-validated on the calibration cases (`chatbot/judging_model.json`): each point is a setting of "
        "`ASCL_CHAT_ANSWER_THRESHOLD`.",
        "![Right answers against false answers](scoreboard/trade-off.svg)",
        "The plot is of questions that stand alone.",
        *_trade_off(report["trade_off"]),
        *_ablations(report),
        *_public(report),
    ]


def _trade_off(trade_off: Mapping[str, Sequence[Mapping[str, float]]]) -> list[str]:
    heading = (
        "| threshold | false answers per 100 unanswerable | refusals per 100 answerable | right answers per 100 answerable |"
    )
    shown = {"curated": "With curated questions:", "curated_leaning": "The same for follow-ups, which are judged by themselves:"}
    lines = []
    for kind, title in shown.items():
        points = [
            f"| {point['threshold']:.3f} | {point['false_answers_per_100_unanswerable']:.0f} "
            f"| {point['refusals_per_100_answerable']:.1f} | {point['right_answers_per_100_answerable']:.1f} |"
            for point in trade_off[kind]
        ]
        lines += [title, "\n".join([heading, "|---:|---:|---:|---:|", *points])]
    return lines


def _ablations(report: Report) -> list[str]:
    if "ablations" not in report:
        return []
    rows = {"nothing (the whole service)": report["overall"]}
    rows |= {name.replace("_", " "): held["overall"] for name, held in report["ablations"].items()}
    changes = [f"- **{name.replace('_', ' ')}**: {held['changes']}" for name, held in report["ablations"].items()]
    return [
        "## What each part is worth",
        _table("taken away", ABLATION_COLUMNS, rows),
        "![Right leading quote with one part taken away](scoreboard/ablations.svg)",
        "\n".join(changes),
        *_without_curated(report),
    ]


def _without_curated(report: Report) -> list[str]:
    held = report["ablations"].get("no_curated_questions")
    if held is None:
        return []
    return [
        "### Without curated questions, by kind",
        "What is found is not all quoted: nothing is, where the service is not sure enough that the first one answers.",
        _table("kind", KIND_COLUMNS, {kind_name(kind): figures for kind, figures in held["kinds"].items()}),
    ]


def _public(report: Report) -> list[str]:
    if "public" not in report:
        return []
    sets = [part for name, figures in report["public"].items() for part in (f"{PUBLIC[name]}.", _list(figures))]
    return [
        "## Public sets",
        "Texts that nothing here was made for, without curated questions or glossary, sampled with a fixed seed. SQuAD 2.0 is "
        "by Rajpurkar, Jia and Liang (CC BY-SA 4.0), ArgKP-2021 by Bar-Haim et al. (CDLA-Sharing-1.0); neither is part of this "
        "project.",
        *sets,
    ]


def _list(figures: Mapping[str, Mapping[str, float]]) -> str:
    rows = [f"| {FIGURES.get(name, name)} | {shown(figure)} | {figure['count']} |" for name, figure in figures.items()]
    return "\n".join(["| figure | per cent | over |", "|---|---:|---:|", *rows])


def _table(first: str, columns: Sequence[str], rows: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    heading = " | ".join([first, *(FIGURES[name] for name in columns)])
    lines = [" | ".join([name, *(shown(figures.get(column)) for column in columns)]) for name, figures in rows.items()]
    return "\n".join([f"| {heading} |", f"|---|{'---:|' * len(columns)}", *(f"| {line} |" for line in lines)])
