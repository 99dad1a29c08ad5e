"""An answer's diagnostics as tables for staff: what was searched for, what was taken, what was rejected and why.

Prints whatever the diagnostics hold, so a new key needs no change here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chatbot.console import harmless


def print_diagnostics(diagnostics: Mapping[str, Any], console: Console | None = None) -> None:
    """Single values first, in one table; then a table for each list of records or nested mapping."""
    console = console or Console(highlight=False, markup=False)
    single = {name: value for name, value in diagnostics.items() if not _is_table(value)}
    if single:
        console.print(_pairs("How this was answered", single))
    for name, value in diagnostics.items():
        if isinstance(value, Mapping) and value:
            console.print(_pairs(_words(name), value))
        elif _is_table(value):
            console.print(_records(_words(name), value))


def _is_table(value: Any) -> bool:
    return bool(value) and (isinstance(value, Mapping) or _is_records(value))


def _is_records(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(record, Mapping) for record in value)


def _pairs(title: str, pairs: Mapping[str, Any]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        table.add_row(Text(_words(name)), Text(_shown(value)))
    return table


def _records(title: str, records: Sequence[Mapping[str, Any]]) -> Table:
    names = list(dict.fromkeys(name for record in records for name in record))
    table = Table(title=f"{title} ({len(records)})", title_justify="left")
    for name in names:
        table.add_column(_words(name), overflow="fold")
    for record in records:
        table.add_row(*(Text(_shown(record.get(name))) for name in names))
    return table


def _words(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{_words(str(name))} {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(inner) for inner in value) or "-"
    return harmless(str(value))
