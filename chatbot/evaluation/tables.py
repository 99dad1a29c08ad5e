"""A report as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from chatbot.evaluation.reporting import Difference, Report
from chatbot.evaluation.wording import ABLATION_COLUMNS, FIGURES, KIND_COLUMNS, kind_name

Figures = Mapping[str, Mapping[str, float]]


def print_report(report: Report, console: Console) -> None:
    """Everything that the report holds, but for the endings of single cases."""
    console.print(f"{report['cases']['count']} cases of {report['cases']['file']}, 95 % confidence intervals in brackets")
    console.print(_list("All cases", report["overall"]))
    console.print(_kinds(report["kinds"]))
    if "ablations" in report:
        console.print(_ablations(report))
    for name, figures in report.get("public", {}).items():
        console.print(_list(f"Public set: {name}", figures))


def print_difference(difference: Difference, console: Console) -> None:
    """Which cases came out otherwise than before, by id."""
    console.print(f"Compared with the earlier report, over {difference.shared} cases that both hold:")
    for words, names in (
        ("right now, wrong before", difference.gained),
        ("wrong now, right before", difference.lost),
        ("as right or wrong as before, with another ending", difference.other_ending),
    ):
        console.print(f"  {len(names)} {words}{': ' if names else ''}{', '.join(names)}")


def shown(figure: Mapping[str, float] | None) -> str:
    """A figure in per cent with its interval; a dash where it was not measured."""
    if figure is None:
        return "-"
    return f"{100 * figure['value']:.1f} [{100 * figure['low']:.1f}-{100 * figure['high']:.1f}]"


def _list(title: str, figures: Figures) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("figure", "per cent", "over"):
        table.add_column(heading, justify="left" if heading == "figure" else "right")
    for name, figure in figures.items():
        table.add_row(FIGURES.get(name, name), shown(figure), str(int(figure["count"])))
    return table


def _kinds(kinds: Mapping[str, Figures]) -> Table:
    table = _table("By kind, per cent", KIND_COLUMNS)
    for kind, figures in kinds.items():
        table.add_row(kind_name(kind), str(int(figures["right"]["count"])), *_cells(figures, KIND_COLUMNS))
    return table


def _ablations(report: Report) -> Table:
    table = _table("One part taken away, per cent", ABLATION_COLUMNS, counted=False)
    rows = {"nothing (the whole service)": report, **report["ablations"]}
    for name, held in rows.items():
        table.add_row(name.replace("_", " "), *_cells(held["overall"], ABLATION_COLUMNS))
    return table


def _cells(figures: Figures, columns: Sequence[str]) -> list[str]:
    """The first with its interval; the others' stand in the report and on the scoreboard, a terminal is too narrow."""
    first, *others = columns
    return [
        shown(figures.get(first)),
        *(f"{100 * figures[name]['value']:.1f}" if name in figures else "-" for name in others),
    ]


def _table(title: str, columns: Sequence[str], *, counted: bool = True) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("kind" if counted else "taken away")
    if counted:
        table.add_column("cases", justify="right")
    for name in columns:
        table.add_column(FIGURES[name], justify="right")
    return table
