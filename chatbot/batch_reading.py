"""Reading the lines of a batch: JSON Lines or CSV, told apart by the file's suffix or else by its first line.

What is wrong with one line spoils that line only.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, Literal, TypeVar

Format = Literal["jsonl", "csv"]
Line = TypeVar("Line")
SUFFIXES: dict[str, Format] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv"}
DELIMITERS = ",;\t"  # spreadsheets write the second where the comma is the decimal sign


class BatchRefused(Exception):
    """Raised for a file of which no line can be read or that cannot be written; its text is shown to the user."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that could be read. ``carried`` are its other fields, given back untouched."""

    question: str
    history: tuple[str, ...] = ()
    carried: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that could not be read: its number, counted from 1 without a CSV's header, and why."""

    line: int
    message: str


class _BadLine(ValueError):
    """Raised within this module for one line; becomes an :class:`Unreadable`."""


def read_lines(lines: Iterable[bytes], suffix: str = "") -> Iterator[Asked | Unreadable]:
    """Read lines as the suffix says; where it says nothing, a first line that names a column "question" is CSV's.

    Raises:
        BatchRefused: for CSV without that column.
    """
    rest = iter(lines)
    first = next(rest, b"").removeprefix(codecs.BOM_UTF8)
    whole = chain([first] if first else [], rest)
    kind = SUFFIXES.get(suffix.lower()) or ("csv" if _delimiter(first) else "jsonl")
    return _read_csv(whole) if kind == "csv" else _read_json_lines(whole)


def _read_json_lines(lines: Iterable[bytes]) -> Iterator[Asked | Unreadable]:
    for number, line in enumerate(lines, start=1):
        yield _readable(number, _json_object, line)


def _read_csv(lines: Iterable[bytes]) -> Iterator[Asked | Unreadable]:
    rest = iter(lines)
    header = next(rest, b"")
    delimiter = _delimiter(header)
    if delimiter is None:
        raise BatchRefused('The first line of a CSV file must name its columns, and one of them must be "question".')
    columns = _columns(header, delimiter)
    csv.field_size_limit(2**31 - 1)  # its default, 131,072 characters, would refuse a long question
    # strict: otherwise a quotation mark that is never closed takes the rest of the file without a word
    records = csv.reader(map(_decoded, rest), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(number, f"This record is not CSV: {error}.")
            continue
        yield _readable(number, partial(_csv_object, columns), record)


def _readable(number: int, read: Callable[[Line], dict[str, Any]], line: Line) -> Asked | Unreadable:
    try:
        return _asked(read(line))
    except _BadLine as error:
        return Unreadable(number, str(error))


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _BadLine("This line is not UTF-8.") from error
    if not text.strip():
        raise _BadLine("This line is blank.")
    try:
        read = json.loads(text)
        json.dumps([[read]], allow_nan=False)  # what cannot be given back, such as 1e999, is refused here
    except (ValueError, RecursionError) as error:
        raise _BadLine(f"This line is not JSON: {error}.") from error
    if not isinstance(read, dict):
        raise _BadLine('This line is not a JSON object such as {"question": "..."}.')
    return read


def _csv_object(columns: list[str], record: list[str]) -> dict[str, Any]:
    if not record:
        raise _BadLine("This line is blank.")
    if len(record) > len(columns):
        raise _BadLine(
            f"This record has {len(record)} fields, but there are {len(columns)} columns. "
            "A field that holds the separator needs quotation marks around it."
        )
    if any("\udc80" <= character <= "\udcff" for value in record for character in value):
        raise _BadLine("This record is not UTF-8.")
    read: dict[str, Any] = dict(zip(columns, record, strict=False))
    if "history" in read:
        read["history"] = _history(read["history"])
    return read


def _history(written: str) -> Any:
    if not written.strip():
        return []
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise _BadLine(f'The field "history" is not a JSON array: {error}.') from error


def _asked(read: dict[str, Any]) -> Asked:
    if "question" not in read:
        raise _BadLine('This line has no field "question".')
    question, history = read.pop("question"), read.pop("history", [])
    if not isinstance(question, str):
        raise _BadLine('The field "question" must be a string.')
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise _BadLine('The field "history" must be a list of strings.')
    return Asked(question, tuple(history), read)


def _decoded(line: bytes) -> str:
    """Bytes that are not UTF-8 stay recognisable, so that only their own record is refused."""
    return line.decode("utf-8", errors="surrogateescape")


def _delimiter(header: bytes) -> str | None:
    """The separator with which the line names a column "question"."""
    return next((mark for mark in DELIMITERS if "question" in _columns(header, mark)), None)


def _columns(header: bytes, delimiter: str) -> list[str]:
    """Column names as they stand, but for the two that are ours, known in any case and with space around them."""
    try:
        names = next(csv.reader([_decoded(header)], delimiter=delimiter), [])
    except csv.Error:
        return []
    ours = {"question", "history"}
    return [name.strip().lower() if name.strip().lower() in ours else name for name in names]
